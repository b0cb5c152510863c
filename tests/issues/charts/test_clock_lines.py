"""The clocks beside the answer clock: who sees which, in which words, on which days."""

from typing import Any

from django.utils import translation

from core import clock
from issues.actions import consultations, conversation, enterprise, resolving, routing
from issues.actor import Actor
from issues.charts import daybar
from issues.charts.clock_lines import LineWords, clock_lines
from issues.models import Ticket
from tests.issues.clockviews import a_view, paused_and_resumed
from tests.issues.clockviews import at as on_wednesday
from tests.issues.conftest import TaskForce, at


def do(time: str, action: Any, user: Any, **fields: Any) -> Any:
    with clock.at(at(time if " " in time else f"2026-11-18 {time}")):
        return action(actor=Actor.of(user), **fields)


def lines(ticket: Ticket, time: str = "2026-11-18 09:30", *, is_enterprise: bool = False) -> dict[str, str]:
    found = Ticket.objects.get(pk=ticket.pk)
    with translation.override("en"):
        shown = clock_lines(found, at(time), is_enterprise=is_enterprise)
        return {line.label: LineWords(line).state for line in shown}


def test_running_clocks_say_what_is_left_and_when_it_is_due(force: TaskForce) -> None:
    assert lines(force.file()) == {
        "First response": "30 min left, due 10:00 today",
        "Acceptance": "0 min left, due 09:30 today",
    }


def test_met_and_missed(force: TaskForce) -> None:
    ticket = force.file()
    do("09:20", resolving.accept, force.officer, ticket=ticket)
    do("10:30", conversation.post_message, force.officer, ticket=ticket, body="Chào")
    assert lines(ticket, "2026-11-18 11:00") == {
        "First response": "given after 1 h 30 min, 30 min late",
        "Acceptance": "accepted after 20 min",
    }


def test_overdue(force: TaskForce) -> None:
    assert lines(force.file(), "2026-11-18 10:30")["Acceptance"] == "1 h overdue, was due 09:30 today"


def test_an_enterprise_sees_what_it_waits_for(force: TaskForce) -> None:
    ticket = force.accepted()
    do("09:10", consultations.request_consultation, force.officer, ticket=ticket, agency="STC", question="?")
    assert list(lines(ticket, is_enterprise=True)) == ["First response", "Opinion of Department of Finance"]
    assert list(lines(ticket)) == ["First response", "Acceptance", "Opinion of Department of Finance"]


def test_a_cancelled_opinion_and_a_withdrawn_ticket_are_no_longer_awaited(force: TaskForce) -> None:
    ticket = force.accepted()
    asked = do("09:10", consultations.request_consultation, force.officer, ticket=ticket, agency="STC", question="?")
    do("09:20", consultations.cancel_consultation, force.officer, consultation=asked, reason="x")
    do("09:25", enterprise.withdraw, force.filer, ticket=ticket)
    shown = lines(ticket)
    assert shown["Opinion of Department of Finance"] == shown["First response"] == "not needed any more"
    assert shown["Acceptance"] == "accepted after 0 min"


def test_each_agency_that_was_to_accept_is_named(force: TaskForce) -> None:
    ticket = force.file()
    do("09:10", resolving.return_ticket, force.officer, ticket=ticket, agency="STC", legal_basis="x")
    do("09:20", routing.route, force.coordinator, ticket=ticket, lead_agency="STC", reason="x")
    assert lines(ticket) == {
        "First response": "30 min left, due 10:00 today",
        "Acceptance by Department of Construction": "not needed any more",
        "Acceptance by Department of Finance": "20 min left, due 09:50 today",
    }


def test_a_new_cycle_shows_its_own_clocks_alone(force: TaskForce) -> None:
    ticket = force.accepted()
    do("09:20", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="solved")
    do("09:25", enterprise.reopen, force.filer, ticket=ticket, reason="x")
    assert lines(ticket) == {"First response": "55 min left, due 10:25 today"}


def test_other_clocks_lie_on_the_days_and_hours_of_the_answer() -> None:
    main, other = paused_and_resumed(), a_view(started_at=on_wednesday("14:00"), due_at=on_wednesday("08:30", 19))
    days = daybar.days(main, [other])
    wednesday, thursday = daybar.beside(other, main, days)
    assert [day.date for day in days] == [wednesday.date, thursday.date]
    assert [day.gap for day in days] == [wednesday.gap, thursday.gap]
    assert {mark.kind: round(mark.position, 2) for mark in wednesday.marks} == {"received": 63.16, "now": 77.19}
    assert {mark.kind: round(mark.position, 2) for mark in thursday.marks} == {"due": 5.26}
    assert not wednesday.is_idle


def test_the_days_reach_as_far_as_the_latest_clock() -> None:
    main = a_view()
    later = a_view(started_at=on_wednesday("17:00"), due_at=on_wednesday("09:00", 20))
    assert len(daybar.days(main)) == 1
    days = daybar.days(main, [later])
    assert [day.date.day for day in days] == [18, 19, 20]
    early = a_view(started_at=on_wednesday("08:00"), stopped_at=on_wednesday("08:20"), met=True)
    assert [day.is_idle for day in daybar.beside(early, main, days)] == [False, True, True]


def test_the_page_draws_them_under_the_answer(force: TaskForce, client: Any) -> None:
    ticket = force.accepted()
    do("09:10", consultations.request_consultation, force.officer, ticket=ticket, agency="STC", question="?")
    for user, number in ((force.officer, 3), (force.filer, 2)):
        client.force_login(user)
        with clock.at(at("2026-11-18 09:30")):
            for query in ("", "?fragment=clock"):
                page = client.get(f"/en/tickets/{ticket.code}/{query}").content.decode()
                assert page.count('<div class="daybar" data-clock=') == number
                assert "Opinion of Department of Finance:" in page
