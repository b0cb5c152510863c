"""From a search that finds nothing to a synonym: what a reader types becomes a word that an editor explains."""

import re

from playwright.sync_api import expect

from tests.e2e.browser import scrolls_sideways, violations
from tests.e2e.people import NARROW, People

TYPED = "zzyzx kqwjy"  # nothing like it is written anywhere
REPORT = "/admin/searched-words/"


def test_a_word_without_result_becomes_a_synonym(people: People) -> None:
    reader = people.open(f"/vi/search/?q={TYPED}")
    expect(reader.locator("[data-position]")).to_have_count(0)

    editor = people.open(REPORT, "editor")
    row = editor.locator("tbody tr", has_text=TYPED)
    expect(row).to_have_count(1)
    with editor.expect_navigation():
        row.locator("a[href*='typed=']").click()
    expect(editor.locator("[name=also_typed]")).to_have_value(TYPED)
    editor.fill("[name=forms]", "khu công nghiệp")
    with editor.expect_navigation():
        editor.locator("[name=action-try]").click()
    expect(editor.locator("#finds")).to_be_focused()
    expect(editor.locator("[name=also_typed]")).to_have_value(TYPED)
    editor.locator("button.action-save").first.click()
    expect(editor).to_have_url(re.compile(f"{REPORT}$"))
    expect(editor.locator("tbody tr", has_text=TYPED).locator("a[href*='/edit/']")).to_have_count(1)


def test_opening_a_result_is_counted_with_its_position(people: People) -> None:
    reader = people.open("/vi/search/?q=đất")
    second = reader.locator("[data-position='2']")
    with reader.expect_request("**/search/clicked/") as sent:
        second.click()
    answer = sent.value.response()
    assert answer is None or answer.status == 204  # the page may be gone before the answer comes

    editor = people.open(f"{REPORT}?show=far", "editor")
    row = editor.locator("tbody tr", has=editor.locator("th", has_text="đất")).first
    expect(row.locator("td").nth(4)).to_contain_text("2")


def test_opening_a_project_of_the_list_is_counted_after_htmx_has_brought_it(people: People) -> None:
    reader = people.open("/vi/projects/")
    reader.fill("#q", "cầu")
    reader.press("#q", "Enter")
    expect(reader.locator("#finder input[form=clicked][name=q]")).to_have_value("cầu")
    with reader.expect_request("**/search/clicked/") as sent:
        reader.locator("[data-position='1']").click()
    answer = sent.value.response()
    assert answer is None or answer.status == 204
    assert "c%E1%BA%A7u" in (sent.value.post_data or "") or "cầu" in (sent.value.post_data or "")


def test_an_editor_asks_why_a_result_is_there(people: People) -> None:
    editor = people.open("/vi/search/?q=đất xyzzyq", "editor")
    link = editor.locator("a[href*='about=']").first
    expect(link).to_be_visible()
    with editor.expect_navigation():
        link.click()
    expect(editor.locator("#f-q")).to_have_value("đất xyzzyq")
    expect(editor.locator("section[aria-labelledby='h-about'] mark").first).to_have_text(
        re.compile("đất", re.IGNORECASE)
    )
    expect(editor.locator("section[aria-labelledby='h-understood']")).to_contain_text("xyzzyq")
    expect(editor.locator("li[id^='hit-']").first).to_be_visible()
    assert violations(editor, only=("label", "color-contrast", "link-name", "heading-order")) == []
    editor.set_viewport_size(NARROW)
    assert not scrolls_sideways(editor)
