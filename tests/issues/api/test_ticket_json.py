"""A ticket as the HTTP interface shows it."""

from datetime import timedelta

from accounts.models import User
from core import clock
from issues.access import visible_events
from issues.actions import conversation, resolving
from issues.actor import Actor
from issues.models import TicketEvent
from tests.issues.api.conftest import call, ok, refused
from tests.issues.conftest import MORNING, TaskForce, at


class TestReading:
    def test_what_may_not_be_seen_does_not_exist(self, force: TaskForce) -> None:
        code = force.file().code
        refused(call(None, "get", f"/tickets/{code}"), 401)
        refused(call(force.other_filer, "get", f"/tickets/{code}"), 404)
        refused(call(force.finance_officer, "get", f"/tickets/{code}"), 404)
        refused(call(force.filer, "get", "/tickets/KN-1999-0001"), 404)
        for user in (force.filer, force.officer, force.head, force.coordinator, force.leader):
            assert ok(call(user, "get", f"/tickets/{code}"))["code"] == code

    def test_the_minutes_left(self, force: TaskForce) -> None:
        ticket = force.accepted()

        def left(moment: str) -> int | None:
            with clock.at(at(f"2026-11-18 {moment}")):
                minutes: int | None = ok(call(force.filer, "get", f"/tickets/{ticket.code}"))["working_minutes_left"]
            return minutes

        assert left("12:30") == 240
        assert left("17:30") == 0
        assert left("17:30:00.000001") == 0  # no working time passes in the evening
        with clock.at(at("2026-11-19 08:00:01")):
            assert ok(call(force.filer, "get", f"/tickets/{ticket.code}"))["working_minutes_left"] == -1
        with clock.at(at("2026-11-18 10:00:30")):
            resolving.request_info(ticket=ticket, actor=Actor.of(force.officer), question="?")
        with clock.at(at("2026-11-20 10:00")):
            found = ok(call(force.filer, "get", f"/tickets/{ticket.code}"))
        assert (found["paused"], found["due_at"], found["working_minutes_left"]) == (True, None, 359)

    def test_an_answered_ticket_has_no_minutes_left(self, force: TaskForce) -> None:
        ticket = force.accepted()
        with clock.at(MORNING + timedelta(hours=1)):
            resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Được.", kind="solved")
        found = ok(call(force.filer, "get", f"/tickets/{ticket.code}"))
        assert (found["answer"], found["resolution_kind"], found["working_minutes_left"]) == ("Được.", "solved", None)

    def test_what_is_internal_stays_with_the_agencies(self, force: TaskForce) -> None:
        ticket = force.accepted()
        conversation.post_message(ticket=ticket, actor=Actor.of(force.officer), body="Nội bộ", visibility="internal")
        outside = ok(call(force.filer, "get", f"/tickets/{ticket.code}"))
        inside = ok(call(force.officer, "get", f"/tickets/{ticket.code}"))
        assert {row["kind"] for row in outside["clocks"]} == {"resolution", "response"}
        assert {row["kind"] for row in inside["clocks"]} == {"resolution", "response", "acceptance"}
        assert inside["last_event_id"] == TicketEvent.objects.latest("id").pk
        seen = visible_events(Actor.of(force.filer).person, ticket)
        assert outside["last_event_id"] == seen.last().pk < inside["last_event_id"]

    def test_words_come_in_the_language_of_the_request_or_of_the_person(self, force: TaskForce) -> None:
        code = force.file().code
        User.objects.filter(pk=force.filer.pk).update(language="en")
        mine = ok(call(force.filer, "get", f"/tickets/{code}"))
        asked = ok(call(force.filer, "get", f"/tickets/{code}", **{"Accept-Language": "vi"}))
        assert mine["lead_agency"]["name"] == "Department of Construction"
        assert (asked["lead_agency"]["name"], asked["url"][:4]) == ("Sở Xây dựng", "/vi/")
