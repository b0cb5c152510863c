"""The search of the board, the inbox and one's own list: every state, the same rows, pages."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import people
from accounts.models import User
from core import clock
from issues.actions import drafts, enterprise, resolving
from issues.actor import Actor
from issues.models import Ticket
from issues.queries import found_tickets as searching
from issues.queries import ticket_search
from issues.queries.found_tickets import found_tickets, page_number
from issues.queries.ticket_search import TicketQuery
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import text_of

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("half_past_nine")


def closed(force: TaskForce, **fields: str) -> Ticket:
    ticket = force.accepted(**fields)
    ticket = resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Được.", kind="solved")
    return enterprise.confirm(ticket=ticket, actor=Actor.of(force.filer))


@pytest.mark.parametrize("address", ["/en/board/", "/en/inbox/"])
def test_open_and_closed_proposals_are_found(force: TaskForce, as_user: SignIn, address: str) -> None:
    over, running = closed(force, title="Mái nhà xưởng"), force.accepted(title="Mái hiên")
    force.accepted(title="Hàng rào")
    response = as_user(force.officer).get(address, {"q": "MAI"})
    rows = response.context["search"].rows
    assert {one.row.ticket.pk for one in rows} == {over.pk, running.pk}
    page = text_of(response)
    assert str(over.code) in page
    assert f"/en/tickets/{over.code}/" in page
    assert "2 proposals for “MAI”" in page
    fragment = text_of(as_user(force.officer).get(address, {"q": "MAI", "fragment": "rows"}))
    assert str(over.code) in fragment
    assert "<html" not in fragment


@pytest.mark.parametrize("address", ["/en/board/", "/en/inbox/"])
def test_a_number_finds_its_ticket(force: TaskForce, as_user: SignIn, address: str) -> None:
    over = closed(force)
    number = str(over.code).rpartition("-")[2].lstrip("0")
    assert as_user(force.officer).get(address, {"q": number}).context["search"].rows[0].row.ticket == over


@pytest.mark.parametrize("address", ["/en/board/", "/en/inbox/"])
def test_nothing_that_is_somebody_elses(force: TaskForce, as_user: SignIn, address: str) -> None:
    over = closed(force, title="Bimatrieng")
    for text in ("bimatrieng", str(over.code)):
        response = as_user(force.finance_officer).get(address, {"q": text})
        assert response.context["search"].found.count == 0
        assert f"/tickets/{over.code}/" not in text_of(response)
        assert over.title not in text_of(response)


def test_the_board_lists_what_is_over(force: TaskForce, as_user: SignIn) -> None:
    over = closed(force)
    running = force.accepted()
    response = as_user(force.officer).get("/en/board/?status=closed")
    assert [one.row.ticket.pk for one in response.context["search"].rows] == [over.pk]
    assert as_user(force.officer).get("/en/board/?status=closed&people=me").context["search"].found.count == 1
    assert as_user(force.officer).get("/en/board/?status=closed&agency=STC").context["search"].found.count == 0
    assert as_user(force.officer).get("/en/board/?status=in_progress").context["search"] is None
    assert running.title in text_of(as_user(force.officer).get("/en/board/?status=in_progress"))


def test_a_search_keeps_the_filters_and_the_numbers_of_the_board(force: TaskForce, as_user: SignIn) -> None:
    closed(force, title="Mái")
    force.accepted(title="Hàng rào")
    response = as_user(force.officer).get("/en/board/?q=mái&category=tax&section=late")
    assert response.context["search"].found.count == 0
    assert as_user(force.officer).get("/en/board/?q=mái&category=construction").context["search"].found.count == 1
    assert as_user(force.officer).get("/en/board/?q=mái").context["board"].counts["open"] == 1


@pytest.mark.parametrize("address", ["/en/board/", "/en/inbox/", "/en/tickets/"])
def test_without_an_engine_the_page_says_so(
    force: TaskForce, as_user: SignIn, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(ticket_search, "_finder", None)
    ticket = force.accepted(title="Mái nhà")
    page = text_of(as_user(force.filer if "tickets" in address else force.officer).get(address, {"q": "mai"}))
    assert ticket.title in page
    assert "Search is limited now" in page


def test_pages_go_on(force: TaskForce, as_user: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "PAGE_SIZE", 2)
    filed = {force.accepted(title="Mái").pk for _ in range(3)}
    client = as_user(force.officer)
    pages = [client.get("/en/board/", {"q": "mái", "page": page}).context["search"] for page in (1, 2, "x", 99)]
    assert [len(page.rows) for page in pages] == [2, 1, 2, 1]
    assert {one.row.ticket.pk for page in pages[:2] for one in page.rows} == filed
    links = text_of(client.get("/en/inbox/", {"q": "mái", "fragment": "lists"}))
    assert "page=2" in links
    assert "fragment=lists&amp;page" not in links


def test_hostile_texts_are_only_texts(force: TaskForce, as_user: SignIn) -> None:
    client = as_user(force.officer)
    for text in ("'\"><script>", "x" * 5_000, "%", "(((", "   "):
        response = client.get("/en/board/", {"q": text})
        assert response.status_code == 200
        assert "<script>'" not in text_of(response)


def test_queries_do_not_grow_with_the_rows(force: TaskForce) -> None:
    counts = []
    for _ in range(3):
        force.accepted(title="Mái")
        with CaptureQueriesContext(connection) as seen:
            found_tickets(TicketQuery(people.of(force.leader), "mái"), page=1, now=clock.now())
        counts.append(len(seen))
    assert counts[1] == counts[2]  # the first one fills caches


def test_drafts_are_found_on_their_own_tab_alone(force: TaskForce, as_user: SignIn) -> None:
    drafts.save_draft(actor=Actor.of(force.filer), title="Mái nháp")
    client = as_user(force.filer)
    assert [one["row"].ticket.title for one in client.get("/en/tickets/?q=mai&show=drafts").context["rows"]] == [
        "Mái nháp"
    ]
    assert client.get("/en/tickets/?q=mai").context["rows"] == []


def test_ones_own_list_finds_by_number_too(force: TaskForce, as_user: SignIn) -> None:
    over = closed(force)
    force.file()
    rows = as_user(force.filer).get("/en/tickets/", {"q": str(over.code).replace("-", "").lower()}).context["rows"]
    assert [one["row"].ticket for one in rows] == [over]


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("", 1), ("x", 1), ("0", 1), ("-1", 1), ("9" * 30, 1)])
def test_the_number_of_a_page(text: str, number: int) -> None:
    assert page_number(text) == number
