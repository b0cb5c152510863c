"""The commands that explain and verify."""

import io
import json
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core import clock
from issues.actions import conversation, resolving
from issues.actor import Actor
from issues.commands.table import TRANSITIONS
from issues.events import verify as verification
from issues.events.verify import verify
from issues.models import Ticket, TicketEvent
from tests.issues.conftest import MORNING, TaskForce


def run(*command: str) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


class TestSlaExplain:
    @pytest.mark.parametrize(
        ("received", "kind", "due"),
        [
            ("2026-11-18T09:00:00+07:00", "difficulty", "2026-11-18T17:30:00+07:00"),
            ("2026-11-18T15:40:00+07:00", "question", "2026-11-19T17:30:00+07:00"),
            ("2026-11-18T02:00:00Z", "proposal", "2026-11-18T17:30:00+07:00"),
            ("2026-11-18T09:00:00+07:00", "complex", "2026-11-26T17:30:00+07:00"),  # 24 November is closed
        ],
    )
    def test_when_and_why(self, force: TaskForce, received: str, kind: str, due: str) -> None:
        found = json.loads(run("sla_explain", received, "--kind", kind))
        assert (found["due_at"], found["kind"]) == (due, kind)
        assert found["steps"][0]["code"] == "received"
        assert found["explanation"]
        assert set(found) >= {"received_at", "due_at", "target", "explanation", "steps", "calendar"}

    @pytest.mark.parametrize(
        "wrong", ["soon", "2026-11-18T09:00", "9999-12-31T23:59+07:00", "0001-01-01T00:00+14:00", ""]
    )
    def test_a_time_without_due_time_is_said(self, force: TaskForce, wrong: str) -> None:
        with pytest.raises(CommandError):
            run("sla_explain", wrong)

    def test_words_in_both_languages(self, force: TaskForce) -> None:
        words = [
            json.loads(run("sla_explain", "2026-11-18T09:00+07:00", "--language", code))["explanation"]
            for code in ("vi", "en")
        ]
        assert words[1][0].startswith("Received")


class TestRouteExplain:
    def feed(self, monkeypatch: pytest.MonkeyPatch, content: bytes) -> list[dict[str, Any]]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        return [json.loads(line) for line in run("route_explain", "--json-lines").splitlines()]

    def test_a_text(self, force: TaskForce) -> None:
        found = json.loads(run("route_explain", "Xin hỏi về giấy phép xây dựng nhà xưởng và nghiệm thu công trình"))
        assert found["categories"][0]["code"] == "construction"
        assert set(found) >= {"categories", "lead_agency", "due_at", "promise", "explanation", "similar"}

    def test_one_answer_a_line_and_a_wrong_line_does_not_stop_it(
        self, force: TaskForce, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        good = json.dumps({"title": "Giấy phép", "body": "Xây dựng", "category": "construction", "ward": None}).encode()
        wrong = [b"nonsense", b"", b"[1]", b"\xff\xfe", b'{"title": 5, "body": "x"}', b"[" * 100_000, b'{"body": "x"}']
        wrong.append(b'{"title": "a", "body": "b", "category": "astrology"}')
        found = self.feed(monkeypatch, b"\n".join([*wrong, good]) + b"\n")
        assert [list(answer) for answer in found[:-1]] == [["error"]] * len(wrong)
        assert all(answer["error"] for answer in found[:-1])
        assert found[-1]["lead_agency"]["code"] == "SXD"

    @pytest.mark.parametrize("arguments", [(), ("text", "--json-lines")])
    def test_either_a_text_or_lines(self, arguments: tuple[str, ...]) -> None:
        with pytest.raises(CommandError):
            run("route_explain", *arguments)


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

    def test_what_is_written_meanwhile_is_no_fault(
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


class TestDiagram:
    def test_the_page_is_fresh(self) -> None:
        run("tickets_diagram", "--check")

    def test_a_stale_page_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("issues.management.commands.tickets_diagram.document", lambda: "other")
        with pytest.raises(CommandError):
            run("tickets_diagram", "--check")

    def test_every_condition_is_in_words(self) -> None:
        assert [one.name for one in TRANSITIONS.values() if bool(one.when) != bool(one.when_words)] == []
