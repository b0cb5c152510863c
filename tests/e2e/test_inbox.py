"""The inbox by keyboard, and many tickets at once."""

from playwright.sync_api import Page, expect

from tests.e2e.browser import scrolls_sideways, violations
from tests.e2e.people import NARROW, People
from tests.e2e.steps import file_proposal, follows
from tests.e2e.wording import english_left

OFFICER = "officer-sxd"


def inbox_with(people: People, number: int = 2) -> Page:
    """The officer's inbox with freshly filed proposals in it."""
    enterprise = people.page("enterprise")
    codes = [file_proposal(enterprise) for _ in range(number)]
    page = people.open("/vi/inbox/", OFFICER)
    for code in codes:
        expect(page.locator(f"a[href$='/tickets/{code}/']").first).to_be_visible()
    return page


def test_by_keyboard_from_the_first_row_to_the_list_of_keys(people: People) -> None:
    page = inbox_with(people)
    chosen = page.locator("[data-chosen]")
    expect(chosen).to_have_text("Chưa chọn kiến nghị nào")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(chosen).to_have_text("Đã chọn 1 kiến nghị")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    expect(chosen).to_have_text("Đã chọn 2 kiến nghị")
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(chosen).to_have_text("Đã chọn 1 kiến nghị")
    page.keyboard.press("?")
    dialog = page.locator("#keys")
    expect(dialog).to_be_visible()
    assert violations(page) == []
    dialog.locator("[data-keys-switch]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("?")
    expect(chosen).to_have_text("Đã chọn 1 kiến nghị")  # letters are letters again, on other pages too
    expect(dialog).to_be_hidden()
    page.reload()
    page.locator("[data-dialog=keys]").click()
    dialog.locator("[data-keys-switch]").check()
    dialog.locator("[data-close]").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/KN-**")


def test_what_is_ticked_stays_ticked_while_the_page_follows(people: People) -> None:
    page = inbox_with(people, 1)
    follows(page)
    page.locator("input[form=bulk]").first.check()
    code = file_proposal(people.page("enterprise"))
    expect(page.locator(f"a[href$='/tickets/{code}/']").first).to_be_visible()
    expect(page.locator("[data-chosen]")).to_have_text("Đã chọn 1 kiến nghị")
    assert page.locator("input[form=bulk]:checked").count() == 1


def test_many_at_once_with_a_preview(people: People) -> None:
    page = inbox_with(people)
    page.locator("section:has(#list-accept) [data-select-all]").click()
    number = page.locator("section:has(#list-accept) input[form=bulk]:checked").count()
    assert number >= 2
    page.select_option("#bulk-do", "reassign")
    page.locator("#bulk button[type=submit]").click()
    assert violations(page) == []
    assert english_left(page) == []
    page.set_viewport_size(NARROW)
    assert not scrolls_sideways(page)
    assert violations(page) == []
    page.go_back()
    page.select_option("#bulk-do", "accept")
    page.locator("#bulk button[type=submit]").click()
    page.locator("button[name=go]").click()
    expect(page.locator("main [role=status]").first).to_contain_text("Đã thực hiện với")
