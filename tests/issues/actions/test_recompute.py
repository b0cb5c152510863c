"""A calendar edit reaches exactly the running clocks that it should, in batches that may die anywhere."""

from datetime import date, datetime, timedelta

import pytest

from accounts.models import Agency
from core import clock
from issues.actions import consultations, enterprise, extensions, merging, recompute, resolving, routing, timers
from issues.actor import Actor
from issues.clocks import calendars, clocks
from issues.models import Calendar, CalendarDay, ClockKind, Recomputation, Ticket, TicketClock, TicketEvent
from tests.issues.conftest import TaskForce, at

EARLY = {"weekly": {day: [["06:00", "11:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}, "holidays_country": ""}
KEY = ClockKind.RESOLUTION


@pytest.fixture
def city(db: None) -> Calendar:
    return Calendar.objects.get(is_default=True)


def set_day(city: Calendar, day: date, periods: list[list[str]] | None = None) -> None:
    """Close a day, or open it at other hours."""
    kind = CalendarDay.Kind.SPECIAL if periods else CalendarDay.Kind.CLOSED
    CalendarDay.objects.update_or_create(calendar=city, date=day, defaults={"kind": kind, "periods": periods or []})
    saved(city)


def saved(city: Calendar) -> None:
    city.save()
    calendars.refresh()


def recompute_at(moment: str) -> int:
    with clock.at(at(moment)):
        return recompute.recompute_pending()


def due(ticket: Ticket, kind: str = KEY) -> datetime | None:
    return TicketClock.objects.get(ticket=ticket, kind=kind, stopped_at__isnull=True).due_at


def moves(ticket: Ticket) -> list[TicketEvent]:
    return list(ticket.events.filter(type="clock.recomputed", data__clock="resolution"))


def extended(force: TaskForce, days: int = 1) -> Ticket:
    """Received on Wednesday morning, extended to the closing of the n-th working day after."""
    ticket = force.accepted()
    with clock.at(at("2026-11-18 10:00")):
        extension = extensions.request_extension(
            ticket=ticket, actor=Actor.of(force.officer), working_days=days, reason="Hồ sơ"
        )
        extensions.decide_extension(extension=extension, actor=Actor.of(force.leader), granted=True, reason="Đồng ý")
    return ticket


def test_a_reopened_ticket_moves_by_its_newest_cycle_alone(force: TaskForce, city: Calendar) -> None:
    ticket = force.accepted()
    with clock.at(at("2026-11-18 10:00")):
        resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="x", kind="solved")
    with clock.at(at("2026-11-18 16:00")):
        enterprise.reopen(ticket=ticket, actor=Actor.of(force.filer), reason="x")
    set_day(city, date(2026, 11, 19))
    recompute_at("2026-11-18 17:00")
    assert due(ticket) == at("2026-11-20 17:30")
    first = ticket.clocks.get(kind=KEY, cycle=1)
    assert (first.due_at, first.met) == (at("2026-11-18 17:30"), True)
    assert len(moves(ticket)) == 1


def test_a_merged_ticket_never_moves(force: TaskForce, city: Calendar) -> None:
    ticket, other = force.accepted(at("2026-11-18 16:00")), force.accepted(at("2026-11-18 16:00"))
    with clock.at(at("2026-11-18 16:10")):
        merging.merge(ticket=ticket, actor=Actor.of(force.coordinator), into=other.code)
    set_day(city, date(2026, 11, 19))
    recompute_at("2026-11-18 17:00")
    assert moves(ticket) == []
    assert len(moves(other)) == 1
    ticket.refresh_from_db(fields=["due_at"])
    assert ticket.due_at is None


def test_an_extended_clock_moves_later_when_a_day_is_lost(force: TaskForce, city: Calendar) -> None:
    ticket = extended(force)
    set_day(city, date(2026, 11, 19))
    recompute_at("2026-11-18 11:00")
    assert due(ticket) == at("2026-11-20 17:30")
    CalendarDay.objects.filter(calendar=city, date=date(2026, 11, 19)).delete()
    saved(city)
    recompute_at("2026-11-18 12:00")
    assert due(ticket) == at("2026-11-19 17:30")  # an edit that is undone leaves nothing behind


def test_an_extended_clock_is_never_due_before_what_was_granted(force: TaskForce, city: Calendar) -> None:
    ticket = extended(force, days=3)
    assert due(ticket) == at("2026-11-23 17:30")
    set_day(city, date(2026, 11, 21), [["08:00", "12:00"], ["13:30", "17:30"]])  # Saturday is opened
    recompute_at("2026-11-18 11:00")
    assert due(ticket) == at("2026-11-23 17:30")
    assert moves(ticket) == []


def test_what_was_granted_keeps_through_a_pause(force: TaskForce, city: Calendar) -> None:
    ticket = extended(force)
    set_day(city, date(2026, 11, 19), [["06:00", "11:00"], ["13:30", "17:30"]])
    recompute_at("2026-11-18 11:00")
    assert due(ticket) == at("2026-11-19 17:30")
    with clock.at(at("2026-11-19 15:30")):
        resolving.request_info(ticket=ticket, actor=Actor.of(force.officer), question="?")
    recompute_at("2026-11-19 15:31")
    with clock.at(at("2026-11-20 08:00")):
        enterprise.provide_info(ticket=ticket, actor=Actor.of(force.filer), text="x")
    assert due(ticket) == at("2026-11-20 10:00")  # two hours were left up to the granted time


def test_an_edit_never_makes_a_clock_late_by_itself(force: TaskForce, city: Calendar) -> None:
    ticket = force.accepted(at("2026-11-20 16:00"))  # Friday: due Monday 17:30
    set_day(city, date(2026, 11, 21), [["08:00", "12:00"]])  # on Monday somebody notes that Saturday was open
    recompute_at("2026-11-23 09:00")
    assert due(ticket) == at("2026-11-23 17:30")
    assert moves(ticket) == []
    with clock.at(at("2026-11-23 09:00")):
        timers.sweep()
    assert not ticket.events.filter(type="clock.breached", data__clock="resolution").exists()


def test_a_due_time_may_still_become_earlier_while_it_lies_ahead(force: TaskForce, city: Calendar) -> None:
    ticket = force.accepted(at("2026-11-18 16:00"))
    set_day(city, date(2026, 11, 19), [["08:00", "12:00"]])
    recompute_at("2026-11-18 17:00")
    assert due(ticket) == at("2026-11-19 12:00")


def test_shares_that_are_past_now_come_in_one_notice(force: TaskForce, city: Calendar) -> None:
    ticket = force.accepted()
    with clock.at(at("2026-11-18 13:00")):
        set_day(city, date(2026, 11, 18), [["08:00", "13:40"]])
    recompute_at("2026-11-18 13:30")
    assert due(ticket) == at("2026-11-18 13:40")
    for _ in range(3):
        with clock.at(at("2026-11-18 13:31")):
            timers.sweep()
    notices = ticket.events.filter(type="clock.timer", data__clock="resolution")
    assert [(event.data["percent"], event.data["missed"]) for event in notices] == [(75, [50])]


def test_an_overdue_clock_that_has_time_again_can_run_out_again(force: TaskForce, city: Calendar) -> None:
    ticket = force.accepted()
    with clock.at(at("2026-11-18 17:30")):
        timers.sweep()
    ticket.refresh_from_db(fields=["escalation_level"])
    assert ticket.escalation_level == 1
    set_day(city, date(2026, 11, 18))  # a typhoon: the day did not count
    recompute_at("2026-11-18 18:00")
    ticket.refresh_from_db(fields=["escalation_level", "due_at"])
    assert (ticket.due_at, ticket.escalation_level) == (at("2026-11-19 17:30"), 0)
    with clock.at(at("2026-11-19 17:30")):
        timers.sweep()
    breaches = ticket.events.filter(type="clock.breached", data__clock="resolution")
    assert [event.data["due_at"] for event in breaches] == ["2026-11-18T10:30:00Z", "2026-11-19T10:30:00Z"]


def test_timers_move_though_the_due_time_does_not(force: TaskForce, city: Calendar) -> None:
    ticket = force.accepted()
    set_day(city, date(2026, 11, 18), [["08:00", "12:00"], ["15:30", "17:30"]])  # a long lunch
    recompute_at("2026-11-18 09:30")
    row = ticket.clocks.get(kind=KEY)
    assert row.due_at == at("2026-11-18 17:30")
    assert row.next_timer_at == at("2026-11-18 11:30")  # half of five hours
    assert moves(ticket) == []


def own_calendar(*agencies: Agency) -> Calendar:
    own = Calendar.objects.create(code="early", name_vi="Sớm", **EARLY)
    own.agencies.add(*agencies)
    calendars.refresh()
    return own


def test_an_agency_gets_and_loses_hours_of_its_own(force: TaskForce, city: Calendar) -> None:
    ticket = force.accepted(at("2026-11-18 16:00"))
    assert due(ticket) == at("2026-11-19 17:30")
    own = own_calendar(force.construction)
    recompute_at("2026-11-18 16:10")
    assert due(ticket) == at("2026-11-19 11:00")
    own.agencies.clear()
    saved(own)
    recompute_at("2026-11-18 16:20")
    assert due(ticket) == at("2026-11-19 17:30")
    assert [event.data["calendar"] for event in moves(ticket)] == ["early", "early"]


def test_a_consultation_goes_by_the_hours_of_the_person_who_is_asked(force: TaskForce, city: Calendar) -> None:
    ticket = force.accepted()
    with clock.at(at("2026-11-18 09:30")):
        consultations.request_consultation(
            ticket=ticket, actor=Actor.of(force.officer), agency=force.justice.code, question="?"
        )
    before = due(ticket, ClockKind.CONSULTATION)
    own_calendar(force.justice)
    recompute_at("2026-11-18 09:40")
    assert due(ticket, ClockKind.CONSULTATION) != before
    assert due(ticket) == at("2026-11-18 17:30")


def test_a_ticket_that_is_routed_to_other_hours_goes_by_them(force: TaskForce, city: Calendar) -> None:
    own = own_calendar(force.finance)
    ticket = force.file(at("2026-11-18 16:00"))
    with clock.at(at("2026-11-18 16:30")):
        routing.route(
            ticket=ticket, actor=Actor.of(force.coordinator), lead_agency=force.finance.code, reason="Đúng thẩm quyền"
        )
    ticket.refresh_from_db(fields=["due_at"])
    assert ticket.due_at == due(ticket) == at("2026-11-19 11:00")
    assert set(ticket.clocks.filter(stopped_at__isnull=True).values_list("calendar_id", flat=True)) == {own.pk}
    assert [event.data["cause"] for event in moves(ticket)] == ["agency"]


def test_handing_over_breaks_no_promise(force: TaskForce, city: Calendar) -> None:
    own_calendar(force.finance)
    ticket = force.file(at("2026-11-18 08:30"))  # by the other agency's hours due at 11:00
    with clock.at(at("2026-11-18 14:00")):
        routing.route(
            ticket=ticket, actor=Actor.of(force.coordinator), lead_agency=force.finance.code, reason="Đúng thẩm quyền"
        )
    assert due(ticket) == at("2026-11-18 17:30")
    assert moves(ticket) == []


def test_a_ticket_is_promised_by_the_hours_of_the_person_who_will_lead(force: TaskForce, city: Calendar) -> None:
    own_calendar(force.construction)
    ticket = force.file()
    assert (ticket.lead_agency, ticket.due_at) == (force.construction, at("2026-11-18 11:00"))
    promised = ticket.events.get(type="ticket.submitted").data["due_at"]
    assert datetime.fromisoformat(promised) == at("2026-11-18 11:00")
    assert moves(ticket) == []


def test_the_run_tells_how_far_it_is(force: TaskForce, city: Calendar) -> None:
    for _ in range(3):
        force.accepted(at("2026-11-18 16:00"))
    force.file()
    set_day(city, date(2026, 11, 19))
    recompute_at("2026-11-18 16:30")
    run = Recomputation.objects.get(calendar=city)
    assert (run.total, run.done, run.failed) == (9, 9, 0)  # answer and response of four, acceptance of one
    assert run.moved == TicketEvent.objects.filter(type="clock.recomputed").count() == 3
    assert run.finished_at == at("2026-11-18 16:30")


def test_a_run_that_died_goes_on_where_it_was(
    force: TaskForce, city: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets = [force.accepted(at("2026-11-18 16:00")) for _ in range(4)]
    set_day(city, date(2026, 11, 19))
    monkeypatch.setattr(recompute, "LOOK", 3)
    written: list[int] = []
    write = recompute._Run._write

    def die_at_the_third(run: recompute._Run, rows: list[TicketClock]) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(rows[0].ticket_id)
        write(run, rows)

    with monkeypatch.context() as dying:
        dying.setattr(recompute._Run, "_write", die_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            recompute_at("2026-11-18 16:30")
    run = Recomputation.objects.get(calendar=city)
    assert run.is_running
    assert 0 < run.done < run.total
    assert recompute_at("2026-11-18 16:30") == 0  # its lease still holds
    assert recompute_at("2026-11-18 16:31") > 0
    run.refresh_from_db()
    assert (run.done, run.moved) == (run.total, 4)
    assert [len(moves(ticket)) for ticket in tickets] == [1, 1, 1, 1]


def test_a_newer_edit_ends_the_run(force: TaskForce, city: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = force.accepted(at("2026-11-18 16:00"))
    set_day(city, date(2026, 11, 19))
    with monkeypatch.context() as dying:
        dying.setattr(recompute._Run, "work", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            recompute_at("2026-11-18 16:30")
    set_day(city, date(2026, 11, 20))
    recompute_at("2026-11-18 16:40")
    newer, older = Recomputation.objects.filter(calendar=city)
    assert (older.overtaken, newer.overtaken, newer.is_running) == (True, False, False)
    assert due(ticket) == at("2026-11-23 17:30")


def test_one_that_fails_is_counted_and_keeps_no_other_waiting(
    force: TaskForce, city: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = force.accepted(at("2026-11-18 16:00")), force.accepted(at("2026-11-18 16:00"))
    set_day(city, date(2026, 11, 19))
    settle = recompute.settle

    def fails_for_one(row: TicketClock, moment: datetime, calendar_id: int) -> object:
        if row.ticket_id == broken.pk and row.kind == KEY and getattr(row, "agency_id", None) and locked:
            raise RuntimeError("this one cannot be computed")
        return settle(row, moment, calendar_id)

    locked: list[bool] = []
    write = recompute._Run._write

    def write_locked(run: recompute._Run, rows: list[TicketClock]) -> None:
        locked.append(True)
        try:
            write(run, rows)
        finally:
            locked.clear()

    monkeypatch.setattr(recompute, "settle", fails_for_one)
    monkeypatch.setattr(recompute._Run, "_write", write_locked)
    recompute_at("2026-11-18 16:30")
    assert (len(moves(broken)), len(moves(sound))) == (0, 1)
    run = Recomputation.objects.get(calendar=city)
    assert (run.failed, run.is_running) == (1, False)


def test_a_clock_that_starts_by_the_old_hours_just_after_the_edit_is_looked_at_again(
    force: TaskForce, city: Calendar
) -> None:
    """Another process may know the new calendar a second later."""
    set_day(city, date(2026, 11, 19))
    edited = Calendar.objects.get(pk=city.pk).changed_at
    with clock.at(edited):
        recompute.recompute_pending()
    ticket = force.accepted(edited + timedelta(seconds=0.5))
    row = ticket.clocks.get(kind=KEY)
    TicketClock.objects.filter(pk=row.pk).update(due_at=edited + timedelta(days=30))
    with clock.at(edited + timedelta(seconds=8)):
        recompute.recompute_pending()
    assert due(ticket) == clocks.compute(row).due_at
    city.refresh_from_db()
    assert city not in recompute.pending_calendars()
