"""Whatever is changed in the log is found."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core import clock
from issues.actions import conversation, resolving
from issues.actor import Actor
from issues.events import verify as verification
from issues.events.verify import verify
from issues.models import Ticket, TicketEvent
from tests.issues.conftest import MORNING, TaskForce


def run(*command: str) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


class TestVerifyEvents:
    @pytest.fixture
    def tickets(self, force: TaskForce) -> list[Ticket]:
        found = [force.accepted(), force.file()]
        conversation.post_message(ticket=found[0], actor=Actor.of(force.filer), body="Thêm một ý")
        return found

    def tamper(self, statement: str, *values: Any) -> None:
        """Past the triggers, as somebody with the file in their hands would."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the table cannot be altered now
                cursor.execute("ALTER TABLE issues_ticketevent DISABLE TRIGGER USER")
            else:
                cursor.execute("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='issues_ticketevent'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f'DROP TRIGGER "{name}"')
            cursor.execute(statement, values)

    def faults(self) -> list[str]:
        with pytest.raises(CommandError):
            run("verify_events")
        out = io.StringIO()
        with pytest.raises(CommandError):
            call_command("verify_events", "--json", stdout=out)
        answer = json.loads(out.getvalue())
        assert answer["ok"] is False
        found: list[str] = answer["first"]
        return found

    def test_a_whole_log(self, tickets: list[Ticket], monkeypatch: pytest.MonkeyPatch) -> None:
        number = TicketEvent.objects.count()
        assert str(number) in run("verify_events")
        monkeypatch.setattr(verification, "BATCH", 2)
        assert json.loads(run("verify_events", "--json")) == {"ok": True, "events": number, "faults": 0, "first": []}

    def test_a_changed_event(self, tickets: list[Ticket]) -> None:
        event = TicketEvent.objects.all()[1]
        self.tamper("UPDATE issues_ticketevent SET actor_name = 'Ai đó' WHERE id = %s", event.pk)
        assert self.faults() == [f"event {event.pk} was changed: its hash does not fit"]

    def test_a_removed_event(self, tickets: list[Ticket]) -> None:
        events = list(TicketEvent.objects.all())
        self.tamper("DELETE FROM issues_ticketevent WHERE id = %s", events[1].pk)
        found = self.faults()
        assert found[0].startswith(f"event {events[2].pk} does not follow")
        assert "expected" in found[1]

    def test_the_last_event_removed(self, tickets: list[Ticket]) -> None:
        last = TicketEvent.objects.latest("id")
        self.tamper("DELETE FROM issues_ticketevent WHERE id = %s", last.pk)
        [sentence] = self.faults()
        assert tickets[0].code in sentence

    def test_a_ticket_that_says_otherwise(self, tickets: list[Ticket]) -> None:
        Ticket.objects.filter(pk=tickets[1].pk).update(last_seq=1)
        [sentence] = self.faults()
        assert tickets[1].code in sentence

    def test_what_is_written_in_the_meantime_is_no_fault(
        self, force: TaskForce, tickets: list[Ticket], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        original = verification._differing
        with clock.at(MORNING):
            waiting = [
                lambda: resolving.request_info(ticket=tickets[0], actor=Actor.of(force.officer), question="?"),
                lambda: resolving.accept(ticket=tickets[1], actor=Actor.of(force.officer)),
            ]

            def differing(found: verification.Verification) -> Any:
                if waiting:
                    waiting.pop()()
                return original(found)

            monkeypatch.setattr(verification, "_differing", differing)
            assert verify().ok

    def test_many_faults_are_counted_and_the_first_named(self, tickets: list[Ticket]) -> None:
        self.tamper("UPDATE issues_ticketevent SET actor_name = 'Ai đó'")
        found = verify(most_faults=2)
        assert (found.fault_count, len(found.faults)) == (TicketEvent.objects.count(), 2)
