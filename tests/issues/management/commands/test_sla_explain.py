"""The command that explains a due time."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.issues.conftest import TaskForce


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
