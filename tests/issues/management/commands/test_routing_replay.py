"""The command that makes decisions again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from issues.queries.replay import replay_last
from tests.issues.conftest import TaskForce


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("routing_replay", *arguments, stdout=out)
    return out.getvalue()


def test_a_difference_is_told_and_fails_the_command(force: TaskForce) -> None:
    row = force.file().routing_decisions.get()
    row.inputs["rules"][0]["lead_agency"] = "STP"
    row.save()
    (found,) = replay_last(10)
    assert (found.outcome, found.was, found.becomes) == ("differs", "SXD", "STP")
    out = StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("routing_replay", stdout=out)
    assert exit_.value.code == 1
    assert "SXD → STP" in out.getvalue()


@pytest.mark.parametrize("last", ["0", "-1", "1000000"])
def test_a_number_that_makes_no_sense_is_refused(db: None, last: str) -> None:
    with pytest.raises(CommandError):
        run("--last", last)
