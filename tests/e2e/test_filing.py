"""Filing: the promise while one types, and nothing that was typed is ever lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.people import PASSWORD, People, sign_in
from tests.e2e.steps import BODY, TITLE, code_of, done

SUBMIT = "#filing button[type=submit]:not([formaction])"
LONG = "Nội dung rất dài. " * 1_200  # a little more than is allowed


def test_the_promise_follows_the_text_and_a_reload_keeps_it(people: People) -> None:
    page = people.open("/vi/tickets/new/", "enterprise", narrow=True)
    page.locator("[name=title]").press_sequentially(TITLE, delay=5)
    page.fill("[name=body]", BODY)
    promise = page.locator("#promise")
    expect(promise.locator(".h-lg b")).to_have_text("Sở Xây dựng")
    expect(promise.locator("mark").first).to_be_visible()  # because of these words
    promise.locator("#why-promise summary").click()
    expect(promise.locator("#why-promise li").first).to_be_visible()
    expect(page.locator("#promise-line")).to_have_text(re.compile(r"\d"))

    page.locator("[name=body]").blur()
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Đã lưu nháp \d\d:\d\d"))
    page.wait_for_url("**?draft=*")
    page.reload()
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    expect(page.locator("[name=body]")).to_have_value(BODY)
    page.goto("/vi/tickets/?show=drafts")
    expect(page.locator(".mine")).to_contain_text(TITLE)
    page.locator(".mine form button").first.click()
    done(page, "nháp")


def test_a_reload_before_anything_is_stored_keeps_it(people: People) -> None:
    """A reload is quicker than the request that saves: here that gets no answer."""
    page = people.open("/vi/tickets/new/", "enterprise2")
    page.route("**/tickets/new/draft/", lambda _route: None)
    title = f"{TITLE} ở khu phía tây"
    page.fill("[name=title]", title)
    page.fill("[name=body]", BODY)
    page.reload()
    expect(page.locator("[name=title]")).to_have_value(title)
    expect(page.locator("[name=body]")).to_have_value(BODY)

    page.unroute_all()
    page.reload()
    page.wait_for_url("**?draft=*")
    expect(page.locator("[name=title]")).to_have_value(title)
    expect(page.locator("[name=body]")).to_have_value(BODY)
    page.goto("/vi/tickets/new/")
    expect(page.locator("[name=title]")).to_have_value("")  # only going back to a form puts it back
    page.goto("/vi/tickets/?show=drafts")
    expect(page.locator(".mine li", has_text=title)).to_have_count(1)


def test_signing_in_on_the_way_keeps_the_text(people: People) -> None:
    page = people.open("/vi/tickets/new/")
    page.fill("[name=title]", TITLE)
    page.fill("[name=body]", BODY)
    page.click(SUBMIT)
    page.wait_for_url("**/account/login/**")
    sign_in(page, "enterprise2", "wrong password")
    expect(page.locator("[data-error-summary]")).to_contain_text("chưa đúng")
    expect(page.locator("#id_login")).to_have_value("enterprise2@demo.example")
    page.fill("#id_password", PASSWORD)
    page.click("form:has(#id_password) button[type=submit]")
    page.wait_for_url("**/tickets/new/**")
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    expect(page.locator("[name=body]")).to_have_value(BODY)


def test_a_session_that_ended_while_somebody_typed_loses_nothing(people: People) -> None:
    page = people.open("/vi/tickets/new/", "enterprise2")
    page.fill("[name=title]", TITLE)
    page.fill("[name=body]", BODY)
    page.context.clear_cookies(name="sessionid")
    page.click(SUBMIT)
    page.wait_for_url("**/account/login/**")
    sign_in(page, "enterprise2")
    page.wait_for_url("**/tickets/new/**")
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    expect(page.locator("[name=body]")).to_have_value(BODY)


def test_too_long_and_a_wrong_file_are_named_and_the_text_stays(people: People) -> None:
    page = people.open("/vi/tickets/new/", "enterprise2")
    page.fill("[name=title]", TITLE)
    page.fill("[name=body]", LONG)
    files = [
        {"name": "chay.exe", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00 not a document"},
        {"name": "ghi-chu.txt", "mimeType": "text/plain", "buffer": "Ghi chú của công ty".encode()},
    ]
    page.set_input_files("[name=uploads]", files)
    page.click(SUBMIT)
    summary = page.locator("[data-error-summary]")
    expect(summary).to_contain_text("chay.exe")
    expect(summary).to_contain_text(re.compile("20[. ]?000"))
    expect(summary).to_be_focused()
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    assert len(page.input_value("[name=body]")) >= len(LONG.strip())
    expect(page.locator("#filing li", has_text="ghi-chu.txt")).to_be_visible()  # the good file is kept

    page.fill("[name=body]", BODY)
    page.click(SUBMIT)
    code_of(page)
    expect(page.locator("main")).to_contain_text("ghi-chu.txt")


@pytest.mark.parametrize("hidden", ["\x00", "\ud800"], ids=["NUL", "half a character"])
def test_what_cannot_be_stored_is_left_out_and_the_rest_is_filed(people: People, hidden: str) -> None:
    """No keyboard makes these; a broken program may."""
    page = people.open("/vi/tickets/new/", "enterprise2")
    page.fill("[name=title]", TITLE)
    page.fill("[name=body]", BODY)
    page.evaluate(
        "([selector, code]) => document.querySelector(selector).value += String.fromCharCode(code)",
        ["[name=title]", ord(hidden)],
    )
    page.click(SUBMIT)
    code_of(page)
    expect(page.locator("h1")).to_contain_text(TITLE)
