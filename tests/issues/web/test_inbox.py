"""The inbox: each role finds what waits for it, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from issues.actions import consultations, extensions, resolving, timers
from issues.actor import Actor
from issues.models import Ticket
from issues.queries.rows import NextStep
from tests.issues.conftest import HANOI, MORNING, TaskForce, at
from tests.issues.web.conftest import text_of

SignIn = Callable[[User], Client]
INBOX = "/en/inbox/"
pytestmark = pytest.mark.usefixtures("half_past_nine")


def lists(client: Client) -> dict[str, list[str]]:
    return {one.code: [row.ticket.code for row in one.rows] for one in client.get(INBOX).context["lists"]}


def test_an_officer_finds_work_by_what_is_to_be_done(force: TaskForce, as_user: SignIn) -> None:
    new, mine, waiting = force.file(), force.accepted(), force.accepted()
    resolving.request_info(ticket=waiting, actor=Actor.of(force.officer), question="?")
    assert lists(as_user(force.officer)) == {
        "accept": [new.code],
        "mine": [mine.code],
        "consulted": [],
        "waiting": [waiting.code],
        "agency": [],
    }
    assert lists(as_user(force.colleague))["agency"] == [mine.code]
    assert not any(lists(as_user(force.finance_officer)).values())


def test_an_agency_that_is_asked_finds_the_question_until_it_has_answered(force: TaskForce, as_user: SignIn) -> None:
    ticket = force.accepted()
    asked = consultations.request_consultation(ticket=ticket, actor=Actor.of(force.officer), agency="STC", question="?")
    client = as_user(force.finance_officer)
    assert lists(client)["consulted"] == [ticket.code]
    consultations.answer_consultation(consultation=asked, actor=Actor.of(force.finance_officer), answer="Được")
    assert lists(client)["consulted"] == []


def _step(client: Client, ticket: Ticket) -> NextStep:
    """What a row of the inbox says comes next."""
    rows = [row for one in client.get(INBOX).context["lists"] for row in one.rows]
    return next(row.step for row in rows if row.ticket.pk == ticket.pk and row.step)


def test_questions_stand_in_the_order_of_their_own_clocks(force: TaskForce, as_user: SignIn) -> None:
    later, sooner = force.accepted(), force.accepted()  # both are due at the end of the day
    officer = Actor.of(force.officer)
    with clock.at(MORNING):
        consultations.request_consultation(ticket=sooner, actor=officer, agency="STC", question="?")
    consultations.request_consultation(ticket=later, actor=officer, agency="STC", question="?")
    consultations.request_consultation(ticket=later, actor=officer, agency="STP", question="?")
    client = as_user(force.finance_officer)
    assert lists(client)["consulted"] == [sooner.code, later.code]
    due = sooner.clocks.get(consultation__isnull=False).due_at
    before = _step(client, sooner)
    assert f"{due.astimezone(HANOI):%H:%M}" in before.text
    with clock.at(at("2026-11-18 17:00")):
        after = _step(client, sooner)
    assert f"{due.astimezone(HANOI):%H:%M}" in after.text
    assert after.text != before.text


def test_a_coordinator_finds_what_nobody_leads(force: TaskForce, as_user: SignIn) -> None:
    ticket = force.file(title="Việc lạ", body="Không rõ.", category="")
    client = as_user(force.coordinator)
    assert lists(client) == {"route": [ticket.code]}
    assert f"/en/tickets/{ticket.code}/?tab=route" in text_of(client.get(INBOX))


def test_a_leader_finds_extensions_and_what_was_escalated(force: TaskForce, as_user: SignIn) -> None:
    asked, late = force.accepted(), force.accepted()
    extensions.request_extension(ticket=asked, actor=Actor.of(force.officer), working_days=2, reason="?")
    client = as_user(force.leader)
    assert lists(client) == {"extensions": [asked.code], "escalated": []}
    with clock.at(at("2026-11-19 08:30")):
        timers.sweep()
        assert late.code in lists(client)["escalated"]


def test_an_empty_list_says_so(force: TaskForce, as_user: SignIn) -> None:
    response = as_user(force.officer).get(INBOX)
    page = text_of(response)
    assert all(str(one.empty) in page for one in response.context["lists"])
    assert "<tbody" not in page


def test_the_fragment_is_the_part_of_the_page(force: TaskForce, as_user: SignIn) -> None:
    page = text_of(as_user(force.officer).get(INBOX + "?fragment=lists"))
    assert page.startswith('<div id="inbox-lists"')


@pytest.mark.parametrize("number", [1, 3])
def test_queries(
    force: TaskForce,
    as_user: SignIn,
    django_assert_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    for _ in range(number):
        force.file()
        force.accepted()
    client = as_user(force.officer)
    client.get(INBOX)
    with django_assert_num_queries(16):
        client.get(INBOX)


def test_a_long_list_is_cut_and_says_so(force: TaskForce, as_user: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("issues.queries.inbox.MOST_ROWS", 2)
    for _ in range(3):
        force.file()
    response = as_user(force.officer).get(INBOX)
    first = response.context["lists"][0]
    assert (len(first.rows), first.count) == (2, "2+")
    assert "More tickets: open the board" in text_of(response)
