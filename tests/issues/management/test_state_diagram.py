"""The state machine as a document."""

import io

import pytest
from django.core.management import CommandError, call_command

from issues.commands.table import TRANSITIONS


def run(*command: str) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


class TestDiagram:
    def test_the_page_is_fresh(self) -> None:
        run("tickets_diagram", "--check")

    def test_a_stale_page_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("issues.management.commands.tickets_diagram.document", lambda: "other")
        with pytest.raises(CommandError):
            run("tickets_diagram", "--check")

    def test_every_condition_is_in_words(self) -> None:
        assert [one.name for one in TRANSITIONS.values() if bool(one.when) != bool(one.when_words)] == []
