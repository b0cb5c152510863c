"""An event as one reader may know it."""

from typing import Any

import pytest
from django.utils import translation

from core import clock
from issues.models import TicketEvent
from issues.sentences.event_reading import Reading, agency_codes, agency_names
from tests.factories.issues import make_agency
from tests.issues.conftest import at


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


def reading(*, role: str = "officer", agency: str = "", name: str = "", **data: Any) -> Reading:
    event = TicketEvent(
        type="ticket.routed",
        at=at("2026-11-18 09:00"),
        actor_role=role,
        actor_agency=agency,
        actor_name=name,
        data=data,
    )
    return Reading(event, data, {"SXD": "Construction <1>"}, enterprise="Công ty & Con")


@pytest.mark.parametrize(
    ("fields", "who", "side"),
    [
        ({"role": "enterprise"}, "<b>Công ty &amp; Con</b>", "enterprise"),
        ({"role": "officer", "agency": "SXD"}, "<b>Construction &lt;1&gt;</b>", "agency"),
        ({"role": "officer", "agency": "GONE"}, "<b>GONE</b>", "agency"),
        ({"role": "system"}, "<b>The system</b>", ""),
        ({"role": "leader", "name": "Bà Lan"}, "<b>Bà Lan</b>", ""),
    ],
)
def test_who_acted(fields: dict[str, str], who: str, side: str) -> None:
    found = reading(**fields)
    assert (found.who, found.side) == (who, side)


def test_a_due_time_of_the_same_day_needs_no_day() -> None:
    assert "18" not in reading(due_at="2026-11-18T16:20:00+07:00").due("due_at").replace("16:20", "")
    assert "19" in reading(due_at="2026-11-19T16:20:00+07:00").due("due_at")
    assert reading().due("due_at") == reading(due_at=None).due("due_at")  # not known, and said so


def test_every_agency_of_a_sentence_is_known(django_assert_num_queries: Any, db: None) -> None:
    make_agency("SXD", name_en="Construction")
    make_agency("STC", name_en="Finance")
    data = {"lead_agency": "SXD", "coordinating_agencies": ["STC", "GONE"]}
    events = [TicketEvent(type="ticket.routed", at=clock.now(), actor_agency="STC", data=data) for _ in range(3)]
    assert agency_codes(events[0]) == {"SXD", "STC", "GONE"}
    with django_assert_num_queries(1):
        assert agency_names(events) == {"SXD": "Construction", "STC": "Finance"}
    with django_assert_num_queries(0):
        assert agency_names([]) == {}
