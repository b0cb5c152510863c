"""The frame and the account pages in a real browser: accessible, no sideways scrolling, usable without script."""

from collections.abc import Iterator

import pytest

from accounts.models import User
from tests.e2e.browser import chromium, scrolls_sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPEN_PAGES = ["/vi/account/login/", "/en/account/signup/", "/vi/khong-co/"]
PAGES = [*OPEN_PAGES, "/vi/account/"]


@pytest.fixture
def address(live_server) -> str:
    User.objects.create_user("an@example.com", "a-long-password-7", name="An")
    return live_server.url


@pytest.fixture(scope="module")
def browser() -> Iterator:
    with chromium() as running:
        yield running


def _sign_in(page, address: str) -> None:
    page.goto(f"{address}/vi/account/login/")
    page.fill("#id_login", "an@example.com")
    page.fill("#id_password", "a-long-password-7")
    page.click("main form button[type=submit]")


@pytest.fixture(autouse=True)
def _without_confirmation(settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "light"), (390, "dark")])
def test_pages_are_accessible_and_fit(browser, address, width, scheme):
    options = {"locale": "vi-VN", "viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    visitor, member = (browser.new_context(**options).new_page() for _ in range(2))
    _sign_in(member, address)
    for path in PAGES:
        page = visitor if path in OPEN_PAGES else member
        page.goto(address + path)
        assert violations(page) == [], path
        assert not scrolls_sideways(page), path


def test_without_script_people_sign_in_save_and_sign_out(browser, address):
    page = browser.new_context(locale="vi-VN", java_script_enabled=False).new_page()
    _sign_in(page, address)
    page.goto(f"{address}/vi/account/")
    page.check("input[name=time_format][value='12']")
    page.click("form[action$='settings/'] button")
    assert page.locator("input[name=time_format][value='12']").is_checked()
    page.click("details.menu summary")
    page.click("details.menu button")
    page.goto(f"{address}/vi/account/")
    assert "/login/" in page.url


def test_dialog_asks_before_a_token_is_revoked(browser, address):
    problems: list[str] = []
    page = browser.new_context(locale="vi-VN").new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if "Security Policy" in message.text else None)
    _sign_in(page, address)
    page.goto(f"{address}/en/account/")
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
    assert problems == []


def test_after_signing_out_the_button_back_shows_nothing(browser, address):
    page = browser.new_context(locale="vi-VN").new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    _sign_in(page, address)
    page.goto(f"{address}/vi/account/")
    assert "an@example.com" in page.content()
    page.goto(f"{address}/vi/account/logout/")
    page.click("main form button[type=submit]")
    page.wait_for_url(f"{address}/vi/")
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert "an@example.com" not in page.content(), page.url
    assert complaints == []
