"""Why the answer of a ticket is due when it is: every step in words, as its page shows them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from issues.clocks import clocks
from issues.models import ClockKind, Extension, Ticket, TicketClock, TicketEvent
from issues.queries.timeline import Entry
from issues.sentences.explanations import explain_extension, explain_recomputed, explain_steps
from issues.sla import Step


def why_due(ticket: Ticket, granted: Sequence[Extension], entries: Iterable[Entry], hours: str) -> list[str]:
    """Receipt, working time, closed days and pauses of the newest answer clock; then what moved it since, in order.

    Reads nothing: `clocks` are prefetched, and `entries` are the lines of the timeline.
    """
    rows = [row for row in ticket.clocks.all() if row.kind == ClockKind.RESOLUTION]
    if not rows:
        return []
    row = max(rows, key=lambda one: one.pk)
    events = [entry.event for entry in entries]
    moved = [
        (event.at, explain_recomputed(event, hours=hours))
        for event in events
        if event.type == "clock.recomputed"
        and event.data["clock"] == ClockKind.RESOLUTION
        and event.at >= row.started_at
    ]
    now_granted = [(one.decided_at, one) for one in granted if one.decided_at and one.decided_at >= row.started_at]
    moved += [(decided_at, explain_extension(one, hours=hours)) for decided_at, one in now_granted]
    said = explain_steps(_steps(row, events), hours=hours, calendar_id=row.calendar_id, extended=bool(now_granted))
    return [*said, *(text for _at, text in sorted(moved))]


def _steps(row: TicketClock, events: Iterable[TicketEvent]) -> Sequence[Step | Mapping[str, Any]]:
    """The steps by today's hours; of a clock that ended before they changed, the steps recorded at receipt."""
    found = clocks.compute(row)
    if row.stopped_at is not None and found.first_due_at != row.first_due_at:
        recorded = next((event.data.get("explanation") for event in events if event.type == "ticket.submitted"), None)
        if recorded:
            return list(recorded)
    return _with_short_pauses(found.steps, row)


def _with_short_pauses(steps: Sequence[Step], row: TicketClock) -> list[Step]:
    """The steps, and at their place the pauses that moved nothing."""
    found = list(steps)
    for began, ended in row.short_pauses():
        later = (n for n, step in enumerate(found) if step.code == "paused" and step.params["at"] > began)
        last = len(found) - (found[-1].code == "kept")
        found.insert(next(later, last), Step("short_pause", {"at": began, "end": ended}))
    return found
