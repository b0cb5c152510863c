"""Searching with a keyboard, a mouse and a phone: suggestions, filters, tabs, the other language."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import scrolls_sideways, violations
from tests.e2e.people import People

TYPED = "khu cong"


def count_of(page: Page) -> int:
    return int(page.locator("#results [data-count] b").inner_text().split()[0])


def typed(page: Page, field: str = "#q", text: str = TYPED) -> None:
    page.locator(field).click()
    page.keyboard.type(text, delay=20)
    expect(page.locator(f"{field}-list")).to_be_visible()


@pytest.mark.parametrize("narrow", [False, True])
def test_suggestions_by_keyboard(people: People, narrow: bool) -> None:
    page = people.open("/vi/projects/", narrow=narrow)
    field, options = page.locator("#q"), page.locator("#q-list [role=option]")
    expect(field).to_have_attribute("aria-expanded", "false")
    typed(page)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#q-list + .combo-said")).to_contain_text(str(options.count()))
    expect(options.first.locator("mark").first).to_be_visible()
    assert violations(page) == []
    assert not scrolls_sideways(page)

    def active() -> int:
        chosen = field.get_attribute("aria-activedescendant")
        ids = [option.get_attribute("id") for option in options.all()]
        assert page.locator("#q-list [aria-selected=true]").count() == (1 if chosen else 0)
        return ids.index(chosen) if chosen else -1

    last = options.count() - 1
    for key, place in [
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("End", last),
        ("ArrowDown", -1),
        ("ArrowUp", last),
        ("Home", 0),
        ("ArrowUp", -1),
    ]:
        page.keyboard.press(key)
        assert active() == place, key
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#q-list")).to_be_hidden()
    expect(field).to_have_value(TYPED)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#q-list")).to_be_visible()
    target = options.first.get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith(str(target)))


def test_enter_without_a_choice_searches(people: People) -> None:
    page = people.open("/vi/projects/")
    typed(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/vi/projects/?q=khu+cong")
    expect(page.locator("#q-list")).to_be_hidden()


def test_a_suggestion_is_taken_with_the_mouse(people: People) -> None:
    page = people.open("/vi/transparency/")
    typed(page, "#site-q")
    option = page.locator("#site-q-list [role=option]").last
    target = str(option.get_attribute("data-url"))
    option.click()
    page.wait_for_url(lambda url: url.endswith(target))


@pytest.mark.parametrize(("path", "name"), [("/vi/", ""), ("/vi/board/", "coordinator"), ("/vi/answers/", "")])
def test_the_masthead_searches_on_a_phone(people: People, path: str, name: str) -> None:
    page = people.open(path, name, narrow=True)
    button = page.locator(".sitesearch-button")
    expect(page.locator("#site-q")).to_be_hidden()
    button.click()
    expect(page.locator("#site-q")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#site-q")).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    page.keyboard.type("giay phep")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vi/search/?q=giay+phep")
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_ranges_and_chips(people: People) -> None:
    page = people.open("/vi/projects/?tab=all")
    everything = count_of(page)
    page.fill("#f-area_min", "1.400")  # as Vietnamese writes it
    page.press("#f-area_min", "Tab")
    expect(page.locator("#results .chip")).to_have_count(1)
    page.wait_for_url("**/projects/?area_min=1400&tab=all")
    large = count_of(page)
    assert large < everything
    unknown = int(page.locator("label[for=f-area-unknown] .num").inner_text())
    page.locator("#f-area-unknown").check()
    expect(page.locator("#results [data-count] b")).to_have_text(re.compile(rf"^{large + unknown} "))
    expect(page.locator("#finder-said")).to_contain_text(str(large + unknown))
    expect(page.locator("#f-area-unknown")).to_be_focused()
    page.fill("#f-capital_min", "nhiều")
    page.press("#f-capital_min", "Tab")
    expect(page.locator("#wrong-capital")).to_be_visible()
    expect(page.locator("#f-capital_min")).to_have_value("nhiều")
    assert violations(page) == []
    page.locator("#results .chip").click()
    expect(page.locator("#results [data-count] b")).to_have_text(re.compile(rf"^{everything} "))
    page.go_back()
    expect(page.locator("#results [data-count] b")).to_have_text(re.compile(rf"^{large + unknown} "))


def test_tabs_and_the_other_language(people: People) -> None:
    page = people.open("/vi/projects/")
    tabs = page.locator("#finder .tabs a")
    own, elsewhere, everything = (int(tab.locator(".num").inner_text()) for tab in tabs.all())
    assert own + elsewhere == everything
    assert count_of(page) == own
    tabs.nth(1).click()
    page.wait_for_url("**/projects/?tab=elsewhere")
    page.locator("#finder input[name=sector]").first.check()
    page.wait_for_url("**/projects/?sector=*&tab=elsewhere")
    found = count_of(page)
    page.locator(".masthead a[hreflang=en]").click()
    page.wait_for_url("**/en/projects/?sector=*&tab=elsewhere")
    assert count_of(page) == found
    assert page.evaluate("document.documentElement.lang") == "en"
    assert violations(page) == []


def test_other_words_are_looked_for_in_every_tab(people: People) -> None:
    page = people.open("/vi/projects/?tab=elsewhere")
    page.fill("#q", "HN-007")
    page.press("#q", "Enter")
    page.wait_for_url("**/projects/?q=HN-007")
    expect(page.locator("#finder .tabs a").first).to_have_attribute("aria-current", "page")


def test_filters_on_a_phone(people: People) -> None:
    page = people.open("/vi/projects/", narrow=True)
    filters = page.locator("#filters")
    assert filters.get_attribute("open") is None
    filters.locator("summary").first.click()
    page.locator("#finder input[name=sector]").first.check()
    expect(page.locator("#results .chip")).to_have_count(1)
    expect(filters).to_have_attribute("open", "")  # more may be chosen
    found = count_of(page)
    expect(page.locator("[data-shows-results]")).to_contain_text(str(found))
    assert violations(page) == []
    page.locator("[data-shows-results]").click()
    expect(filters).not_to_have_attribute("open", "")
    expect(page.locator("#results")).to_be_focused()


def test_a_long_facet_is_searched_within(people: People) -> None:
    page = people.open("/vi/projects/?tab=elsewhere")
    more = page.locator("#more-province")
    more.locator("summary").click()
    name = more.locator(".form-check label span:first-child").last.inner_text()
    more.locator("[data-within]").fill(name)
    expect(more.locator(".form-check:visible")).to_have_count(1)
    more.locator("[data-within]").press("Enter")
    expect(more.locator(".form-check:visible")).to_have_count(1)


@pytest.mark.parametrize("path", ["/vi/projects/?q=xyzzy", "/vi/projects/?sector=health&area_min=9999", "/vi/search/"])
def test_empty_states_are_accessible(people: People, path: str) -> None:
    page = people.visit(path)
    assert violations(page) == []
    assert not scrolls_sideways(page)
