"""Timers: each share told once, to nobody at night, in one notice after downtime, never after the end."""

import pytest

from core import clock
from issues.actions import batch, enterprise, extensions, resolving, routing, timers
from issues.actor import Actor
from issues.clocks import calendars
from issues.models import Calendar, ClockKind, Ticket, TicketClock, TicketEvent
from tests.issues.conftest import TaskForce, at


def sweep(moment: str) -> int:
    with clock.at(at(moment)):
        return timers.sweep()


def told(ticket: Ticket, kind: str = ClockKind.RESOLUTION) -> list[tuple[str, int | None]]:
    """(event type, per cent) of one clock's timer events."""
    events = TicketEvent.objects.filter(ticket=ticket, type__startswith="clock.", data__clock=kind)
    return [(event.type, event.data.get("percent")) for event in events]


@pytest.fixture
def ticket(force: TaskForce) -> Ticket:
    """Received 09:00, due 17:30: seven working hours, half used at 14:00, three quarters at 15:45."""
    return force.accepted()


def test_each_share_is_told_once_at_its_time(ticket: Ticket) -> None:
    assert sweep("2026-11-18 13:59") >= 0
    assert told(ticket) == []
    for moment in ("2026-11-18 14:00", "2026-11-18 14:00", "2026-11-18 14:01"):
        sweep(moment)
    assert told(ticket) == [("clock.timer", 50)]
    sweep("2026-11-18 15:45")
    sweep("2026-11-18 17:30")
    assert told(ticket) == [("clock.timer", 50), ("clock.timer", 75), ("clock.breached", None)]


def test_the_breach_escalates_and_goes_on_daily(ticket: Ticket) -> None:
    for moment in ("2026-11-18 17:30", "2026-11-19 11:30", "2026-11-20 08:00", "2026-11-23 08:00"):
        sweep(moment)
    # 150 %: half of seven hours after 17:30 is 11:30 on the next day; then each working day at its opening.
    assert told(ticket)[-3:] == [("clock.timer", 150), ("clock.timer", 151), ("clock.timer", 152)]
    ticket.refresh_from_db(fields=["escalation_level"])
    assert ticket.escalation_level == 4


def test_what_was_missed_is_told_in_one_notice(ticket: Ticket) -> None:
    sweep("2026-11-18 16:00")
    event = TicketEvent.objects.get(type="clock.timer", data__clock="resolution")
    assert (event.data["percent"], event.data["missed"]) == (75, [50])


def test_after_long_downtime_breach_and_newest_share_are_told(ticket: Ticket) -> None:
    sweep("2026-11-23 09:00")
    assert told(ticket) == [("clock.breached", None), ("clock.timer", 152)]
    assert TicketEvent.objects.get(type="clock.breached", data__clock="resolution").data["missed"] == [50, 75]


def test_nobody_is_woken_at_night(ticket: Ticket) -> None:
    sweep("2026-11-18 12:30")  # lunch; nothing of this clock is due
    row = ticket.clocks.get(kind=ClockKind.RESOLUTION)
    row.next_timer_at = at("2026-11-18 12:10")
    row.next_percent = 50
    row.save()
    sweep("2026-11-18 12:30")
    row.refresh_from_db()
    assert told(ticket) == []
    assert row.next_timer_at == at("2026-11-18 13:30")


def test_at_night_the_breach_alone_is_told_and_the_rest_at_the_opening(ticket: Ticket) -> None:
    sweep("2026-11-19 20:00")  # the workers were down since the morning of the day before
    assert told(ticket) == [("clock.breached", None)]
    sweep("2026-11-20 08:00")
    assert told(ticket) == [("clock.breached", None), ("clock.timer", 151)]
    breach, timer = TicketEvent.objects.filter(type__startswith="clock.", data__clock="resolution").order_by("id")
    assert (breach.data["missed"], timer.data["missed"]) == ([50, 75], [150])


def test_what_was_missed_is_named_once(ticket: Ticket) -> None:
    sweep("2026-11-20 09:00")
    breach, timer = TicketEvent.objects.filter(type__startswith="clock.", data__clock="resolution").order_by("id")
    assert (breach.data["missed"], timer.data["missed"], timer.data["percent"]) == ([50, 75], [150], 151)


def level(ticket: Ticket) -> int:
    return Ticket.objects.values_list("escalation_level", flat=True).get(pk=ticket.pk)


def test_more_time_takes_the_report_back(ticket: Ticket, force: TaskForce) -> None:
    sweep("2026-11-18 17:30")
    assert level(ticket) == 1
    with clock.at(at("2026-11-19 08:10")):
        asked = extensions.request_extension(ticket=ticket, actor=Actor.of(force.officer), working_days=2, reason="x")
        extensions.decide_extension(extension=asked, actor=Actor.of(force.leader), granted=True, reason="x")
    assert level(ticket) == 0


def test_an_agency_of_later_hours_takes_the_report_back(force: TaskForce) -> None:
    own = Calendar.objects.create(code="late", name_vi="Ca chiều", weekly={"wed": [["13:00", "21:00"]]})
    own.agencies.add(force.finance)
    calendars.refresh()
    ticket = force.file()
    sweep("2026-11-18 17:30")
    assert level(ticket) == 1
    with clock.at(at("2026-11-18 17:40")):
        ticket = routing.route(
            ticket=ticket, actor=Actor.of(force.coordinator), lead_agency=force.finance.code, reason="x"
        )
    assert ticket.due_at == at("2026-11-18 21:00")
    assert level(ticket) == 0


def test_nothing_fires_while_paused(ticket: Ticket, force: TaskForce) -> None:
    with clock.at(at("2026-11-18 10:00")):
        resolving.request_info(ticket=ticket, actor=Actor.of(force.officer), question="?")
    sweep("2026-11-20 09:00")
    assert told(ticket) == []
    with clock.at(at("2026-11-20 10:00")):
        enterprise.provide_info(ticket=ticket, actor=Actor.of(force.filer), text="x")
    assert ticket.clocks.get(kind=ClockKind.RESOLUTION).next_timer_at == at("2026-11-20 14:00") + (
        at("2026-11-20 10:00") - at("2026-11-20 09:00")
    ) - (at("2026-11-18 10:00") - at("2026-11-18 09:00"))


@pytest.mark.parametrize("ending", ["resolve", "withdraw"])
def test_nothing_fires_after_the_end(ticket: Ticket, force: TaskForce, ending: str) -> None:
    with clock.at(at("2026-11-18 10:00")):
        if ending == "resolve":
            resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="x", kind="solved")
        else:
            enterprise.withdraw(ticket=ticket, actor=Actor.of(force.filer))
    sweep("2026-11-25 09:00")
    assert told(ticket) == []
    assert not TicketClock.objects.filter(next_timer_at__isnull=False).exists()


def test_each_clock_has_its_own_row(force: TaskForce) -> None:
    """An acceptance that is missed says nothing about the answer."""
    ticket = force.file()
    sweep("2026-11-18 09:30")
    assert told(ticket, ClockKind.ACCEPTANCE) == [("clock.breached", None)]
    ticket.refresh_from_db(fields=["escalation_level", "due_at"])
    assert (ticket.escalation_level, ticket.due_at) == (0, at("2026-11-18 17:30"))


def test_a_clock_that_was_fired_in_the_meantime_is_left_alone(ticket: Ticket) -> None:
    row = ticket.clocks.get(kind=ClockKind.RESOLUTION)
    with clock.at(at("2026-11-18 14:00")):
        assert timers.fire(row.pk) is True
        assert timers.fire(row.pk) is False


def test_a_failure_in_the_middle_leaves_the_timer_due(ticket: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    row = ticket.clocks.get(kind=ClockKind.RESOLUTION)

    def die(*_args: object, **_options: object) -> None:
        raise RuntimeError("the worker dies")

    with monkeypatch.context() as patched:
        patched.setattr(batch, "record_events", die)
        with clock.at(at("2026-11-18 14:00")), pytest.raises(RuntimeError):
            timers.fire(row.pk)
    assert told(ticket) == []
    sweep("2026-11-18 14:00")
    assert told(ticket) == [("clock.timer", 50)]
