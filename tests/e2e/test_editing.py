"""Words are written by one person and published by another."""

from playwright.sync_api import Page, expect

from tests.e2e.people import People

WORDS = "Cập nhật lời giới thiệu để thử việc đăng hai người."


def test_the_public_sees_an_edit_only_when_it_is_published(people: People) -> None:
    reader = people.open("/vi/gioi-thieu/")
    expect(reader.locator("main")).not_to_contain_text(WORDS)

    editor = people.open("/admin/pages/", "editor")
    edit = _edit_address(editor)
    editor.goto(edit)
    expect(editor.locator("[name=action-publish]")).to_have_count(0)
    editor.fill("[name=summary]", WORDS)
    with editor.expect_navigation():
        editor.locator("button.action-save").first.click()
    reader.reload()
    expect(reader.locator("main")).not_to_contain_text(WORDS)

    publisher = people.open(edit, "publisher")
    expect(publisher.locator("[name=summary]")).to_have_value(WORDS)
    expect(publisher.locator("[name=go_live_at]")).to_have_count(1)  # publication at a set time
    publisher.locator("footer .w-dropdown__toggle").click()
    with publisher.expect_navigation():
        publisher.locator("[name=action-publish]").click()
    reader.reload()
    expect(reader.locator("main")).to_contain_text(WORDS)


def _edit_address(page: Page) -> str:
    """The editing page of the introduction, found as an editor finds it."""
    page.goto("/admin/pages/search/?q=gi%E1%BB%9Bi+thi%E1%BB%87u")
    return str(page.locator("a[href*='/edit/']").first.get_attribute("href"))
