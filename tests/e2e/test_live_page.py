"""The page's side: a real browser, a real server."""

from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from issues.models import Ticket
from tests.factories.issues import make_event, make_ticket
from tests.issues.live import page as live_page
from tests.issues.live.server import running_server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture(autouse=True)
def _with_page(settings: Any) -> None:
    settings.ROOT_URLCONF = live_page.__name__


@pytest.fixture
def ticket() -> Ticket:
    return make_ticket()


def _open(browser: Browser, address: str, *, without_sockets: bool = False) -> Page:
    page = browser.new_context(locale="vi-VN").new_page()
    if without_sockets:
        page.route_web_socket("**/ws/**", lambda socket: socket.close())
    page.goto(f"http://{address}/page/")
    return page


def test_a_page_follows_and_keeps_what_its_reader_does(browser: Browser, ticket: Ticket) -> None:
    with running_server() as address:
        page = _open(browser, address)
        expect(page.locator(".live")).to_have_attribute("data-live", "on")
        expect(page.locator(".live")).to_have_text("Live")
        page.locator("summary").click()
        page.locator("input").fill("đang gõ")
        make_event(ticket)
        expect(page.locator(f"#t{ticket.pk}")).to_have_text(f"{ticket.code}: 1")
        expect(page.locator(f"#t{ticket.pk}")).to_have_class("changed")
        expect(page.locator("[data-live-announce]")).to_have_text(f"{ticket.code} came in")
        expect(page.locator("input")).to_have_value("đang gõ")
        expect(page.locator("input")).to_be_focused()
        expect(page.locator("details")).to_have_attribute("open", "")
        page.context.close()


def test_a_page_comes_back_after_the_server_and_shows_what_it_missed(browser: Browser, ticket: Ticket) -> None:
    with running_server() as address:
        page = _open(browser, address)
        expect(page.locator(".live")).to_have_attribute("data-live", "on")
    expect(page.locator(".live")).to_have_attribute("data-live", "retry")
    make_event(ticket)
    with running_server(int(address.rpartition(":")[2])):
        expect(page.locator(f"#t{ticket.pk}")).to_have_text(f"{ticket.code}: 1", timeout=15_000)
        expect(page.locator(".live")).to_have_attribute("data-live", "on")
        page.context.close()


def test_where_sockets_are_blocked_the_page_polls(browser: Browser, ticket: Ticket) -> None:
    with running_server() as address:
        page = _open(browser, address, without_sockets=True)
        expect(page.locator(".live")).to_have_attribute("data-live", "on", timeout=15_000)
        make_event(ticket)
        expect(page.locator(f"#t{ticket.pk}")).to_have_text(f"{ticket.code}: 1", timeout=15_000)
        page.context.close()
    connection.close()
