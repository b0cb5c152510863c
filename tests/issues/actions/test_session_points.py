"""Points of a listening session: tickets like any other, and what was answered on the spot."""

from typing import Any

import pytest

from core import clock
from core.errors import Invalid, NotPossible
from issues.actions import enterprise, session_points, sessions
from issues.actor import Actor
from issues.events.verify import verify
from issues.models import ListeningSession, SessionPoint, Ticket
from tests.issues.conftest import MORNING, TaskForce, at

BEHALF = {"tax_code": "0109990027", "name": "Công ty Mới"}


def values(**changes: Any) -> dict[str, Any]:
    return {
        "title_vi": "Lắng nghe doanh nghiệp xây dựng",
        "place": "Trụ sở UBND",
        "host": "Phó Chủ tịch",
        "starts_at": at("2026-11-18 18:00"),
        "ends_at": at("2026-11-18 20:00"),
        "agencies": ["SXD", "STC"],
        **changes,
    }


@pytest.fixture
def running(force: TaskForce) -> ListeningSession:
    planned = sessions.save_session(actor=Actor.of(force.coordinator), **values())
    return sessions.move_session(actor=Actor.of(force.coordinator), session=planned, step="start")


def capture(force: TaskForce, session: ListeningSession, **changes: Any) -> SessionPoint:
    given = {"on_behalf_of": BEHALF, "title": "Xin giấy phép xây dựng", "category": "construction", **changes}
    return session_points.capture_point(session=session, actor=Actor.of(force.finance_officer), **given)


def test_a_point_is_a_ticket_of_the_enterprise(force: TaskForce, running: ListeningSession) -> None:
    with clock.at(at("2026-11-18 19:00")):
        point = capture(force, running)
    ticket = point.ticket
    assert (point.number, ticket.channel, ticket.status) == (1, "meeting", "routed")
    assert (ticket.enterprise.tax_code, ticket.body) == ("0109990027", "Xin giấy phép xây dựng")
    assert ticket.due_at == at("2026-11-19 17:30")
    assert ticket.assistance.officer == force.finance_officer
    assert list(running.participants.all()) == [ticket.enterprise]
    assert capture(force, running, title="Khác").number == 2


def test_what_is_answered_on_the_spot_has_its_whole_trail(force: TaskForce, running: ListeningSession) -> None:
    with clock.at(MORNING):
        point = capture(force, running, agency="STC", answered_by="Giám đốc Sở", answer="Được miễn.", kind="solved")
    ticket = Ticket.objects.get(pk=point.ticket_id)
    assert (ticket.status, ticket.answer, ticket.resolution_kind) == ("resolved", "Được miễn.", "solved")
    assert ticket.lead_agency == force.finance  # routed to construction at first; finance spoke
    events = list(ticket.events.order_by("id"))
    assert [event.type for event in events] == [
        "ticket.submitted", "ticket.routed", "ticket.routed", "ticket.accepted", "ticket.resolved",
    ]  # fmt: skip
    assert {event.actor for event in events} == {force.finance_officer}
    assert (events[-1].data["said_by"], events[-1].data["in_time"]) == ("Giám đốc Sở", True)
    assert ticket.clocks.filter(stopped_at__isnull=True).count() == 0
    assert (point.answered_by, verify().ok) == ("Giám đốc Sở", True)


def test_the_enterprise_can_say_that_the_spot_answer_did_not_help(force: TaskForce, running: ListeningSession) -> None:
    known = force.filer.memberships.get().enterprise.tax_code
    point = capture(
        force, running, on_behalf_of={"tax_code": known}, agency="SXD", answered_by="Giám đốc", answer="Được."
    )
    ticket = enterprise.reopen(ticket=point.ticket, actor=Actor.of(force.filer), reason="Chưa được.")
    assert (ticket.status, ticket.cycle) == ("in_progress", 2)


def test_the_same_key_gives_the_same_point(force: TaskForce, running: ListeningSession) -> None:
    spot = {"agency": "SXD", "answered_by": "Giám đốc", "answer": "Được.", "idempotency_key": "k"}
    assert capture(force, running, **spot) == capture(force, running, **spot)
    assert (Ticket.objects.count(), SessionPoint.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"title": ""}, {"title", "body"}),
        ({"on_behalf_of": {"tax_code": "12"}}, {"on_behalf_of.tax_code"}),
        ({"on_behalf_of": None}, {"on_behalf_of.tax_code"}),
        ({"agency": "STP", "answered_by": "x", "answer": "x"}, {"agency"}),
        ({"answer": "Được."}, {"answered_by", "agency"}),
        ({"agency": "SXD"}, {"answered_by", "answer"}),
        ({"agency": "SXD", "answered_by": "x", "answer": "x", "kind": "no"}, {"kind"}),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    force: TaskForce, running: ListeningSession, changes: dict[str, Any], fields: set[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        capture(force, running, **changes)
    assert fields <= set(refused.value.fields)
    assert not Ticket.objects.exists()


def test_points_only_while_it_goes_on(force: TaskForce, running: ListeningSession) -> None:
    lead = Actor.of(force.coordinator)
    sessions.move_session(actor=lead, session=running, step="close")
    with pytest.raises(NotPossible):
        capture(force, running)
    with pytest.raises(NotPossible):
        sessions.move_session(actor=lead, session=running, step="close")
    sessions.move_session(actor=lead, session=running, step="reopen")
    capture(force, running)
    kept = ListeningSession.objects.get()
    assert (kept.state, kept.closed_at) == ("running", None)
