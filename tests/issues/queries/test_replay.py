"""Stored decisions can be made again, whatever version stored them, or say why not."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.management import call_command

from issues.models import RoutingDecision, RoutingRule
from issues.queries.replay import decide_today, replay_last
from issues.routing import replay
from tests.issues.conftest import TaskForce

OLD = Path(__file__).parents[1] / "routing" / "decisions_of_version_1.json"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("routing_replay", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("stored", json.loads(OLD.read_text(encoding="utf-8")), ids=lambda row: row["name"])
def test_decisions_of_the_first_version_still_replay(stored: dict) -> None:
    again = replay(stored["stored"])
    assert [step.to_dict() for step in again.trace] == stored["trace"]
    assert again.lead_agency == stored["lead_agency"]


def test_everything_that_was_decided_replays(force: TaskForce) -> None:
    force.file()
    many = "Hoàn Thuế gtgt, VAT, hoan thue, nộp thuế, " * 9
    force.file(category="", title="Hoàn thuế GTGT, hoàn thuế, thuế GTGT", body=many)
    force.file(category="", title="Xin chào", body="…")
    RoutingRule.objects.update(lead="STP", coordinating=[])  # what the rules say since does not matter
    assert {found.outcome for found in replay_last(10)} == {"same"}
    assert run() == "3 decisions: 3 the same, 0 different, 0 cannot be made again\n"


def test_decisions_by_hand_are_not_replayed(force: TaskForce) -> None:
    RoutingDecision.objects.create(ticket=force.file(), method="hand", lead_agency=force.justice)
    assert len(list(replay_last(10))) == 1


def test_what_cannot_be_made_again_says_why(force: TaskForce) -> None:
    row = force.file().routing_decisions.get()
    row.inputs, row.software_version = {}, "routing 0, model 0"
    row.save()
    (found,) = replay_last(10)
    assert found.outcome == "cannot"
    assert found.reason.startswith("stored by routing 0, model 0: KeyError")


def test_today_compares_with_the_rules_of_now(force: TaskForce) -> None:
    ticket = force.file()
    rule = RoutingRule.objects.get(number=24)
    rule.lead = "STP"
    rule.save()
    caches["process"].clear()  # an edit is seen within seconds
    (found,) = decide_today(10)
    assert (found.ticket, found.outcome, found.was, found.becomes) == (ticket.code, "differs", "SXD", "STP")
    line = json.loads(run("--today", "--json"))
    assert line["becomes"] == "STP"
    assert "Rule 24 applies" in line["reason"]
