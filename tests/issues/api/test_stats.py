"""The public indices over HTTP."""

from datetime import timedelta

from core import clock
from issues.actions import resolving
from issues.actor import Actor
from tests.issues.api.conftest import call, ok, refused
from tests.issues.conftest import MORNING, TaskForce


def test_everybody_reads_the_indices_with_their_definitions(force: TaskForce) -> None:
    for _ in range(2):
        ticket = force.accepted()
        with clock.at(MORNING + timedelta(hours=2)):
            resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Được.", kind="solved")
    with clock.at(MORNING + timedelta(hours=3)):
        found = ok(call(None, "get", "/stats"))
    assert (found["received"], found["answered"], found["median_minutes"]) == (2, 2, 120)
    assert found["same_day"] == {"part": 2, "whole": 2, "share": None}  # too few for a share
    assert found["satisfaction"]["satisfied"] == 0
    assert [row["code"] for row in found["agencies"]] == ["SXD"]
    assert found["period"]["last"] == "2026-11-18"
    assert set(found["definitions"]) == {"same_day", "median_minutes", "reopened", "satisfaction"}
    assert ok(call(None, "get", "/stats", {"month": "2026-11"}))["answered"] == 2
    assert ok(call(None, "get", "/stats", {"month": "2026-10"}))["answered"] == 0


def test_a_month_that_is_none_is_named(force: TaskForce) -> None:
    for wrong in ("2026-13", "2026", "x" * 1000, "0000-01", "20٢٦-11"):
        refused(call(None, "get", "/stats", {"month": wrong}), 422, "month")
