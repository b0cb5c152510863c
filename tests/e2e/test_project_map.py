"""The map of projects, in step with its list, by keyboard alone; and on a phone."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import scrolls_sideways, violations
from tests.e2e.people import People
from tests.e2e.wording import english_left

LIST = "/vi/projects/?q=dong+anh"
PINS = ".map-canvas [data-codes]"


def open_list(people: People, path: str = LIST, **options: Any) -> Page:
    page = people.open(path, **options)
    expect(page.locator(PINS).first).to_be_visible()
    return page


def codes(page: Page) -> list[str]:
    """The projects on the map, those in groups as well."""
    return sorted(code for pin in page.locator(PINS).all() for code in (pin.get_attribute("data-codes") or "").split())


def listed(page: Page) -> list[str]:
    return sorted(str(row.get_attribute("data-project")) for row in page.locator("#results [data-project]").all())


def focused(page: Page, name: str) -> str | None:
    return page.evaluate("name => document.activeElement.getAttribute(name)", name)  # type: ignore[no-any-return]


def left_of(pin: Locator) -> float:
    """Where the pin stands, in pixels from the left."""
    box = pin.bounding_box()
    assert box
    return box["x"]


def test_list_and_map_are_in_step_by_keyboard(people: People) -> None:
    page = open_list(people)
    assert len(listed(page)) == 10
    assert codes(page) == listed(page)
    assert violations(page) == []
    assert english_left(page) == []

    # A row with the focus lets its pin stand out, or the group that its pin is in.
    row = page.locator("#results [data-project]").nth(1)
    row.locator("h3 a").focus()
    code = row.get_attribute("data-project")
    expect(row).to_have_attribute("data-current", "")
    expect(page.locator(f"{PINS}.pin-on")).to_have_count(1)
    assert code in str(page.locator(".pin-on").get_attribute("data-codes")).split()

    # Past the map in one step; into it: the map, then its pins.
    page.locator(".skip-near").focus()
    page.keyboard.press("Enter")
    assert focused(page, "id") == "after-map"
    page.locator(".skip-near").focus()
    page.keyboard.press("Tab")
    assert focused(page, "class").startswith("map-canvas")
    page.keyboard.press("Tab")
    assert focused(page, "data-codes")

    # A pin lets its row stand out, opens, and Escape leads back to it.
    pin = page.locator(f"{PINS}:not([data-codes*=' '])").first
    pin.focus()
    code = str(pin.get_attribute("data-codes"))
    expect(page.locator(f"[data-project='{code}']")).to_have_attribute("data-current", "")
    page.keyboard.press("Enter")
    link = page.get_by_role("dialog").get_by_role("link")
    expect(link).to_be_focused()
    assert link.get_attribute("href") == page.locator(f"[data-project='{code}'] h3 a").get_attribute("href")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(pin).to_be_focused()

    # A group opens into its pins, and the focus stays with them.
    group = page.locator(f"{PINS}[data-codes*=' ']").first
    assert group.get_attribute("aria-label")
    inside = str(group.get_attribute("data-codes")).split()
    group.focus()
    page.keyboard.press("Space")
    page.wait_for_function("all => document.activeElement.dataset.codes !== all", arg=" ".join(inside))
    assert set((focused(page, "data-codes") or "").split()) < set(inside)

    # Arrows move the map, also from a pin, plus and minus zoom.
    page.locator(".map-canvas").focus()
    page.keyboard.press("-")
    page.keyboard.press("-")
    expect(page.locator(PINS)).not_to_have_count(10)
    pin = page.locator(PINS).first
    pin.focus()
    before = left_of(pin)
    page.keyboard.press("ArrowLeft")
    assert left_of(pin) > before


def test_filters_change_the_pins_of_the_same_map(people: People) -> None:
    page = open_list(people)
    page.locator(".map-canvas").evaluate("node => { node.dataset.same = 'yes' }")
    facet = page.locator("#finder input[name=sector]").nth(1)
    facet.check()
    expect(page.locator("#results .chips .chip")).to_have_count(2)
    expect(page.locator(PINS)).to_have_count(1)
    assert codes(page) == listed(page)
    assert page.locator(".map-canvas").get_attribute("data-same") == "yes"
    expect(page.locator("[data-map-places] li")).to_have_count(1)

    page.go_back()
    expect(page.locator("#results .chips .chip")).to_have_count(1)
    expect(page.locator(PINS)).not_to_have_count(1)
    assert codes(page) == listed(page)


def test_all_pages_of_the_list_are_on_the_map_and_its_places_in_words(people: People) -> None:
    page = open_list(people, "/en/projects/?tab=all")
    assert len(codes(page)) > len(set(codes(page)) & set(listed(page)))
    place = page.locator("[data-map-places] button", has_text="Đông Anh")
    number = int(place.locator(".num").inner_text())
    place.click()  # frames its pins
    expect(page.locator(".map-canvas")).to_be_focused()
    assert len(codes(page)) >= number
    elsewhere = page.locator("[data-map-places] a").first
    number = int(elsewhere.locator(".num").inner_text())
    elsewhere.click()
    expect(page.locator("#results .resultbar b")).to_contain_text(f"{number} ")


def test_on_a_phone_the_map_is_loaded_when_it_is_asked_for(people: People) -> None:
    page = people.page(narrow=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(LIST)
    summary = page.locator("[data-map-fold] summary")
    summary.scroll_into_view_if_needed()
    expect(page.locator(".map")).to_be_hidden()
    assert not [url for url in asked if "leaflet-map" in url or ".geojson" in url]
    summary.click()
    expect(page.locator(PINS).first).to_be_visible()
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_without_the_script_the_simple_map_stays(people: People) -> None:
    page = people.open(LIST, java_script_enabled=False)
    expect(page.locator(".map > svg")).to_be_visible()
    page = people.page()
    page.route("**/map/projects.geojson*", lambda route: route.fulfill(status=429))
    page.goto(LIST)
    again = page.locator("[data-map-again]")
    expect(again).to_be_visible()
    expect(page.locator(".map > svg")).to_be_visible()
    page.unroute("**/map/projects.geojson*")
    again.click()
    expect(page.locator(PINS).first).to_be_visible()
    expect(again).to_be_hidden()
