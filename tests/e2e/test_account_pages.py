"""The account pages in a real browser: usable without script, and nothing is revoked without a question."""

from tests.e2e.people import People, sign_in


def test_without_script_people_sign_in_save_and_sign_out(people: People) -> None:
    page = people.page(java_script_enabled=False)
    sign_in(page, "investor")
    page.goto("/vi/account/")
    page.check("input[name=time_format][value='12']")
    page.click("form[action$='settings/'] button")
    assert page.locator("input[name=time_format][value='12']").is_checked()
    page.click("details.menu summary")
    page.click("details.menu button")
    page.goto("/vi/account/")
    assert "/login/" in page.url


def test_dialog_asks_before_a_token_is_revoked(people: People) -> None:
    page = people.open("/en/account/", "investor")
    page.fill("#token_name", "Export")
    page.click("form[action*='tokens/#'] button")
    opener = page.locator("[data-dialog^=token]")
    opener.click()
    page.click("dialog[open] [data-close]")
    assert opener.count() == 1
    opener.click()
    page.click("dialog[open] [type=submit]")
    page.wait_for_url("**/en/account/")
    assert page.locator("[data-dialog^=token]").count() == 0


def test_after_signing_out_the_button_back_shows_nothing(people: People) -> None:
    page = people.open("/vi/account/", "investor")
    assert page.locator("dd", has_text="investor@demo.example").count() == 1
    page.goto("/vi/account/logout/")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/vi/")
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert page.locator("dd", has_text="investor@demo.example").count() == 0, page.url
