"""From rows to what people see; the rows are made by the actions' own clock functions."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from core import clock
from issues.charts import daybar
from issues.clocks import clocks
from issues.clocks.clock_view import clock_view, promise_view, view_of
from issues.models import ClockKind, Ticket
from issues.sla import SameDay
from tests.factories.issues import make_agency, make_ticket
from tests.issues.clockviews import CALENDAR, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket() -> Ticket:
    with clock.at(at("08:20")):
        made = make_ticket(agency=make_agency("STC"), received_at=at("08:20"))
        clocks.start(ticket=made, kind=ClockKind.RESOLUTION, at=at("08:20"))
        clocks.start(ticket=made, kind=ClockKind.RESPONSE, at=at("08:20"))
    return made


def test_running_then_soon_then_late(ticket: Ticket) -> None:
    states = [(view.state, view.left) for time in ("09:20", "15:40", "17:30") if (view := clock_view(ticket, at(time)))]
    assert states == [
        ("running", timedelta(hours=6, minutes=40)),
        ("soon", timedelta(hours=1, minutes=50)),
        ("soon", timedelta()),
    ]
    late = clock_view(ticket, at("08:30", 19))
    assert late is not None
    assert (late.state, late.left, late.overdue) == ("late", timedelta(minutes=-30), timedelta(minutes=30))


def test_a_pause_keeps_what_was_left(ticket: Ticket) -> None:
    row = clocks.running(ticket, ClockKind.RESOLUTION)
    assert row is not None
    clocks.pause(row, ticket, at("09:00"))
    paused = clock_view(ticket, at("10:00"))
    assert paused is not None
    assert (paused.state, paused.due_at, paused.was_due_at, paused.left) == (
        "paused", None, at("17:30"), timedelta(hours=7),
    )  # fmt: skip
    clocks.resume(row, ticket, at("10:30"))
    resumed = clock_view(ticket, at("15:20"))
    assert resumed is not None
    assert (resumed.due_at, resumed.was_due_at) == (at("09:30", 19), at("17:30"))
    assert (resumed.used, resumed.left, resumed.paused_total) == (
        timedelta(hours=4), timedelta(hours=3, minutes=40), timedelta(hours=1, minutes=30),
    )  # fmt: skip


def test_the_second_pause_remembers_the_due_time_before_it(ticket: Ticket) -> None:
    row = clocks.running(ticket, ClockKind.RESOLUTION)
    assert row is not None
    clocks.pause(row, ticket, at("09:00"))
    clocks.resume(row, ticket, at("10:30"))
    clocks.pause(row, ticket, at("11:00"))
    assert view_of(row, at("11:30")).was_due_at == at("09:30", 19)


def test_answered_and_withdrawn(ticket: Ticket) -> None:
    row = clocks.running(ticket, ClockKind.RESOLUTION)
    assert row is not None
    clocks.finish(row, at("10:31"))
    view = clock_view(ticket, at("16:00"))
    assert view is not None
    assert (view.state, view.met, view.used, view.left) == (
        "done", True, timedelta(hours=2, minutes=11), timedelta(hours=5, minutes=29),
    )  # fmt: skip
    clocks.stop(row, at("10:31"))
    withdrawn = clock_view(ticket, at("16:00"))
    assert withdrawn is not None
    assert (withdrawn.state, withdrawn.met) == ("done", None)


def test_an_earlier_cycle_is_not_shown(ticket: Ticket) -> None:
    row = clocks.running(ticket, ClockKind.RESOLUTION)
    assert row is not None
    clocks.finish(row, at("10:31"))
    ticket.cycle = 2
    clocks.start(ticket=ticket, kind=ClockKind.RESOLUTION, at=at("11:00"))
    view = clock_view(ticket, at("11:30"))
    assert view is not None
    assert (view.state, view.started_at) == ("running", at("11:00"))


def test_no_clock_before_it_was_handed_in() -> None:
    assert clock_view(make_ticket(status="draft", code=None)) is None


def test_prefetched_clocks_cost_nothing(ticket: Ticket, django_assert_num_queries: object) -> None:
    found = Ticket.objects.prefetch_related("clocks").get(pk=ticket.pk)
    clock_view(found, at("09:00"))  # the calendar is read once a second at most
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert clock_view(found, at("09:00")) is not None


@pytest.mark.parametrize(
    ("received", "due", "last"),
    [("15:30", at("17:30"), at("15:30")), ("15:31", at("17:30", 19), None), ("19:10", at("17:30", 19), None)],
)
def test_a_promise(received: str, due: object, last: object) -> None:
    view = promise_view(calendar=CALENDAR, target=SameDay(), at=at(received))
    assert (view.state, view.due_at, view.cutoff_at) == ("promise", due, last)


def render(source: str, view: object) -> str:
    with translation.override("en"):
        return " ".join(Template("{% load daybar %}" + source).render(Context({"view": view})).split())


def test_the_tags(ticket: Ticket) -> None:
    view = clock_view(ticket, at("15:20"))
    large = render("{% daybar_lg view %}", view)
    assert '<figure class="daybar daybar-lg" data-clock="soon">' in large or 'data-clock="running"' in large
    day = daybar.days(view)[0]
    assert all(
        f'<i class="{part.kind}" style="{part.css}"></i>' in large for part in day.segments if part.kind != "open"
    )
    assert all(f'<b class="{mark.classes}" style="{mark.css}">' in large for mark in day.marks)
    row = render("{% daybar_row view %}", view)
    assert "2 h 10 left" in row
    assert "Received 08:20 today." in row
    assert "2 h 10 min of working time left, due 17:30 today" in render("{% clock_words view %}", view)
    assert render("{% daybar_lg view %}{% daybar_row view %}{% clock_words view %}", None) == ""
