"""Calendars from rows and public holidays; editing one moves the open tickets and tells it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from core import clock
from issues.actions import recompute, resolving
from issues.actor import Actor
from issues.clocks import calendars
from issues.models import Calendar, CalendarDay, TicketEvent
from tests.issues.conftest import TaskForce, at


@pytest.fixture
def city(db: None) -> Calendar:
    return Calendar.objects.get(is_default=True)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 2), False),  # swapped; the holiday package does not know it
        (date(2026, 1, 10), True),  # make-up Saturday; the package does not know it
        (date(2026, 8, 22), True),  # make-up Saturday of the package
        (date(2026, 8, 31), False),
        (date(2026, 9, 2), False),
        (date(2026, 11, 24), False),  # Vietnamese Culture Day, first in 2026
        (date(2026, 11, 21), False),  # a plain Saturday
        (date(2026, 11, 18), True),
    ],
)
def test_public_holidays_and_their_corrections(city: Calendar, day: date, works: bool) -> None:
    with clock.at(at("2026-11-18 09:00")):
        calendars.refresh()
        assert calendars.default_calendar().is_working_day(day) is works


def test_a_make_up_day_has_office_hours(city: Calendar) -> None:
    with clock.at(at("2026-08-01 09:00")):
        calendars.refresh()
        worked = calendars.default_calendar().between(at("2026-08-22 00:00"), at("2026-08-23 00:00"))
    assert worked == timedelta(hours=8)


def test_an_agency_of_its_own_hours(force: TaskForce) -> None:
    own = Calendar.objects.create(
        code="early", name_vi="Sớm", weekly={"wed": [["06:00", "10:00"]]}, holidays_country=""
    )
    own.agencies.add(force.construction)
    calendars.refresh()
    pk, calendar = calendars.calendar_for(force.construction)
    assert (pk, calendar.last_closing(date(2026, 11, 18))) == (own.pk, at("2026-11-18 10:00"))
    assert calendars.calendar_for(force.finance)[0] != own.pk


def test_there_is_one_default(city: Calendar) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Calendar.objects.create(code="second", name_vi="Hai", is_default=True)


def test_closing_a_day_moves_open_tickets_and_tells_it(force: TaskForce, city: Calendar) -> None:
    ticket = force.accepted(at("2026-11-18 16:00"))
    answered = force.accepted(at("2026-11-18 16:00"))
    with clock.at(at("2026-11-18 16:10")):
        resolving.resolve(ticket=answered, actor=Actor.of(force.officer), answer="x", kind="solved")
    assert ticket.due_at == at("2026-11-19 17:30")
    _close(city, date(2026, 11, 19))

    with clock.at(at("2026-11-18 17:00")):
        moved = recompute.recompute_pending()

    ticket.refresh_from_db(fields=["due_at"])
    assert ticket.due_at == at("2026-11-20 17:30")
    assert moved >= 1
    event = TicketEvent.objects.get(type="clock.recomputed", data__clock="resolution")
    assert (event.ticket_id, event.data["old_due_at"]) == (ticket.pk, "2026-11-19T10:30:00Z")
    assert not answered.events.filter(type="clock.recomputed").exists()


def test_a_second_run_changes_nothing(force: TaskForce, city: Calendar) -> None:
    force.accepted(at("2026-11-18 16:00"))
    _close(city, date(2026, 11, 19))
    recompute.recompute_pending()
    events = TicketEvent.objects.count()
    assert recompute.recompute_pending() == 0
    assert TicketEvent.objects.count() == events


def test_a_paused_ticket_gets_its_new_time_when_it_runs_again(force: TaskForce, city: Calendar) -> None:
    from issues.actions import enterprise

    ticket = force.accepted(at("2026-11-18 09:00"))
    with clock.at(at("2026-11-18 16:30")):
        resolving.request_info(ticket=ticket, actor=Actor.of(force.officer), question="?")
    _close(city, date(2026, 11, 19))
    recompute.recompute_pending()
    with clock.at(at("2026-11-18 18:00")):
        ticket = enterprise.provide_info(ticket=ticket, actor=Actor.of(force.filer), text="x")
    assert ticket.due_at == at("2026-11-20 09:00")  # one hour was left; the 19th is closed


def _close(city: Calendar, day: date) -> None:
    city.days.add(CalendarDay(date=day, kind=CalendarDay.Kind.CLOSED))
    city.save()
    calendars.refresh()
