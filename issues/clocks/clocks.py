"""The clocks of a ticket: start, pause, resume, stop, recompute. Pure arithmetic is in issues.sla; here it meets rows.

Every function expects to run inside the transaction of an action, with the ticket locked.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import caches

from accounts.models import Agency
from issues.clocks import calendars
from issues.models import ClockKind, Consultation, TargetSetting, Ticket, TicketClock, TicketKind
from issues.sla import (
    Deadline,
    Target,
    WorkingTime,
    at_fraction,
    deadline,
    is_within_grace,
    remaining,
    target_from_dict,
    target_to_dict,
    used,
)

# Shares of the working time at which somebody is notified (design §5). After the last one it repeats daily.
TIMER_PERCENTS = {
    ClockKind.RESOLUTION: (50, 75, 100, 150),
    ClockKind.RESPONSE: (100,),
    ClockKind.ACCEPTANCE: (100,),
    ClockKind.CONSULTATION: (50, 100),
}
DUE_SHARE, LAST_SHARE = 100, 150
SHORTEST_CONSULTATION = timedelta(minutes=15)


def target_for(clock: str, ticket: Ticket, *, kind: str | None = None) -> Target:
    """The target that the settings give this clock: the most specific of kind and category wins.

    `kind`: as if the ticket were of another kind.
    """
    targets: Any = caches["process"].get_or_set("targets", _read_targets)
    kind = kind or ticket.kind
    for of_kind, category in ((kind, ticket.category), (kind, ""), ("", ticket.category), ("", "")):
        if (clock, of_kind, category) in targets:
            return targets[clock, of_kind, category]
    raise LookupError(f"no time limit is set for the clock {clock!r}")


def _read_targets() -> dict[tuple[str, str, str], Target]:
    return {(row.clock, row.kind, row.category): target_from_dict(row.target) for row in TargetSetting.objects.all()}


def start(
    *,
    ticket: Ticket,
    kind: ClockKind,
    at: datetime,
    target: Target | None = None,
    consultation: Consultation | None = None,
    agency: Agency | None = None,
) -> TicketClock:
    """Start a clock of the ticket at an instant; returns the saved row with its due time. See `prepare`."""
    row = prepare(ticket=ticket, kind=kind, at=at, target=target, consultation=consultation, agency=agency)
    row.save()
    return row


def prepare(
    *,
    ticket: Ticket,
    kind: ClockKind,
    at: datetime,
    target: Target | None = None,
    consultation: Consultation | None = None,
    agency: Agency | None = None,
) -> TicketClock:
    """The row of a clock that starts at an instant, with its due time, not saved yet (see `save_new`).

    Its working hours are those of the agency that is responsible: the consulted one, `agency` (for a ticket that is
    about to be routed), or the lead agency.
    """
    agency = consultation.agency if consultation else agency or ticket.lead_agency
    calendar_id, _ = calendars.calendar_for(agency)
    chosen = target or target_for(kind, ticket)
    row = TicketClock(
        ticket=ticket,
        kind=kind,
        cycle=ticket.cycle,
        consultation=consultation,
        calendar_id=calendar_id,
        target=target_to_dict(chosen),
        started_at=at,
        next_percent=TIMER_PERCENTS[kind][0],
    )
    set_due(row, ticket)
    return row


def save_new(ticket: Ticket, rows: list[TicketClock]) -> None:
    """Save prepared clocks of a ticket that had no row of its own when they were prepared; one query."""
    for row in rows:
        row.ticket = ticket
    TicketClock.objects.bulk_create(rows)


def running(ticket: Ticket, kind: ClockKind) -> TicketClock | None:
    """The running clock of a kind; a ticket has at most one (consultations apart)."""
    return ticket.clocks.filter(kind=kind, stopped_at__isnull=True).first()


def compute(row: TicketClock) -> Deadline:
    """The deadline of a clock with its explanation; reads nothing but the calendar."""
    return deadline(
        calendar=calendars.calendar_by_id(row.calendar_id),
        target=target_from_dict(row.target),
        start=row.started_at,
        pauses=row.counted_pauses(),
        not_before=row.due_not_before,
    )


def recompute(row: TicketClock, ticket: Ticket) -> None:
    """Set due time and next timer from target, start, pauses and calendar; save; write through to the ticket."""
    set_due(row, ticket)
    row.save()


def set_due(row: TicketClock, ticket: Ticket) -> None:
    """As `recompute`, without saving the clock."""
    result = compute(row)
    row.due_at, row.first_due_at = result.due_at, result.first_due_at
    row.next_timer_at = next_timer(row)
    if row.kind == ClockKind.RESOLUTION and row.is_running:
        ticket.due_at = row.due_at


def next_timer(row: TicketClock) -> datetime | None:
    """When the next share is used up; None while paused or stopped or when no share is left."""
    if row.stopped_at is not None or row.due_at is None or row.next_percent == 0:
        return None
    if row.next_percent == DUE_SHARE:
        return row.due_at
    calendar = calendars.calendar_by_id(row.calendar_id)
    if row.next_percent <= LAST_SHARE:
        return at_fraction(calendar, row.started_at, row.due_at, row.counted_pauses(), row.next_percent / 100)
    last = at_fraction(calendar, row.started_at, row.due_at, row.counted_pauses(), LAST_SHARE / 100)
    day = calendar.local_date(last) if last else None
    for _ in range(row.next_percent - LAST_SHARE):
        day = calendar.next_working_day(day) if day else None
    return calendar.periods(day)[0][0] if day else None


def percent_after(row: TicketClock, percent: int) -> int:
    """The share that follows; after the last the resolution clock goes on daily (151, 152 …), others end (0)."""
    following = [share for share in TIMER_PERCENTS[ClockKind(row.kind)] if share > percent]
    if following:
        return following[0]
    return max(percent, LAST_SHARE) + 1 if row.kind == ClockKind.RESOLUTION else 0


def pause(row: TicketClock, ticket: Ticket, at: datetime) -> timedelta:
    """Pause the clock; returns the working time that is left (nothing when overdue)."""
    left = left_at(row, at)
    row.pauses = [*row.pauses, [at.isoformat(), None]]
    recompute(row, ticket)
    ticket.paused_at = at
    return max(left, timedelta())


def resume(row: TicketClock, ticket: Ticket, at: datetime) -> timedelta:
    """Resume the clock; returns the working time that the pause lasted. A short pause leaves the due time as it was."""
    calendar = calendars.calendar_by_id(row.calendar_id)
    began, _ = row.counted_pauses()[-1]
    ended = [row.pauses[-1][0], at.isoformat()]
    due, grace = due_but_for_open_pause(row), timedelta(minutes=settings.TN_PAUSE_GRACE_MINUTES)
    if due is not None and is_within_grace(calendar, began, at, due, grace):
        ended.append(row.WITHIN_GRACE)
    else:
        left = compute(row).left
        if row.due_not_before is not None and left:
            row.due_not_before = calendar.add(at, left)
    row.pauses = [*row.pauses[:-1], ended]
    recompute(row, ticket)
    ticket.paused_at = None
    return calendar.between(began, at)


def stop(row: TicketClock, at: datetime, *, met: bool | None = None) -> None:
    """End the clock. `met`: in time or not; None when it ended without an outcome (withdrawn, merged, cancelled)."""
    if row.is_paused:
        row.pauses = [*row.pauses[:-1], [row.pauses[-1][0], at.isoformat()]]
    row.stopped_at, row.met, row.next_timer_at = at, met, None
    row.save()


def finish(row: TicketClock, at: datetime) -> bool:
    """End the clock because its promise was kept or broken; returns whether it was in time."""
    in_time = row.due_at is None or at <= row.due_at
    stop(row, at, met=in_time)
    return in_time


def stop_all(ticket: Ticket, at: datetime) -> None:
    """End every running clock without an outcome: nothing fires any more."""
    for row in ticket.clocks.filter(stopped_at__isnull=True):
        stop(row, at)
    ticket.due_at = ticket.paused_at = None


def used_at(row: TicketClock, at: datetime) -> timedelta:
    """Working time used until `at`, outside the pauses that count."""
    return used(calendars.calendar_by_id(row.calendar_id), row.started_at, at, row.counted_pauses())


def left_at(row: TicketClock, at: datetime) -> timedelta:
    """Working time left at `at`; negative when overdue. The total is that of the due time without pauses."""
    calendar = calendars.calendar_by_id(row.calendar_id)
    return remaining(calendar, row.started_at, row.first_due_at, at, row.counted_pauses())


def consultation_target(resolution: TicketClock | None, at: datetime) -> Target:
    """Half of the working time left (design §5), never less than a quarter of an hour."""
    left = left_at(resolution, at) / 2 if resolution else SHORTEST_CONSULTATION
    return WorkingTime(max(left, SHORTEST_CONSULTATION))


def due_if_extended(ticket: Ticket, target: Target, at: datetime) -> datetime | None:
    """When the answer would be due if the target started again at `at`."""
    _pk, calendar = calendars.calendar_for(ticket.lead_agency)
    return deadline(calendar=calendar, target=target, start=at).due_at


def extend(ticket: Ticket, target: Target, at: datetime) -> datetime | None:
    """Move the resolution clock to a later due time; returns it (None while paused).

    The working time from the start to the new due time becomes the target, so that shares, pauses and recomputation
    go on from one rule; a calendar edit may put it later, never before the time that was granted. What was due before
    stays in the events.
    """
    row = running(ticket, ClockKind.RESOLUTION)
    new_due = due_if_extended(ticket, target, at)
    if row is None or new_due is None:
        return None
    calendar = calendars.calendar_by_id(row.calendar_id)
    _give(row, ticket, WorkingTime(calendar.between(row.started_at, new_due) - _paused(row, at)), at)
    return row.due_at


def if_complex(row: TicketClock, ticket: Ticket) -> tuple[Target, Deadline]:
    """The target of a complex case, and the deadline that the resolution clock would have with it."""
    target = target_for(ClockKind.RESOLUTION, ticket, kind=TicketKind.COMPLEX)
    calendar = calendars.calendar_by_id(row.calendar_id)
    return target, deadline(calendar=calendar, target=target, start=row.started_at, pauses=row.counted_pauses())


def make_complex(ticket: Ticket, at: datetime) -> datetime | None:
    """The ticket becomes a complex case, its resolution clock gets that target; returns the due time (None: paused)."""
    ticket.kind = TicketKind.COMPLEX
    row = running(ticket, ClockKind.RESOLUTION)
    if row is None:
        return None
    _give(row, ticket, if_complex(row, ticket)[0], at)
    return row.due_at


def _give(row: TicketClock, ticket: Ticket, target: Target, at: datetime) -> None:
    """A new time limit: shares are counted again, and those already passed are not recorded a second time."""
    row.target = target_to_dict(target)
    row.due_not_before = None
    row.due_not_before = due_but_for_open_pause(row)
    row.next_percent = TIMER_PERCENTS[ClockKind.RESOLUTION][0]
    recompute(row, ticket)
    while row.next_timer_at is not None and row.next_timer_at <= at:
        row.next_percent = percent_after(row, row.next_percent)
        recompute(row, ticket)
    if left_at(row, at) > timedelta():
        ticket.escalation_level = 0  # what was reported has been dealt with


def due_but_for_open_pause(row: TicketClock) -> datetime | None:
    """What is due while the clock runs, or was due when the pause that is still open began."""
    return deadline(
        calendar=calendars.calendar_by_id(row.calendar_id),
        target=target_from_dict(row.target),
        start=row.started_at,
        pauses=[pause for pause in row.counted_pauses() if pause[1] is not None],
        not_before=row.due_not_before,
    ).due_at


def _paused(row: TicketClock, at: datetime) -> timedelta:
    """Working time spent until `at` in pauses that count."""
    calendar = calendars.calendar_by_id(row.calendar_id)
    return sum(
        (calendar.between(began, min(ended or at, at)) for began, ended in row.counted_pauses() if began < at),
        timedelta(),
    )
