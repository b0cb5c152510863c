"""Who takes a ticket inside the agency: the duty officer, then the least loaded, never somebody absent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from issues.routing.trace import Step


@dataclass(frozen=True, slots=True)
class Officer:
    id: int
    on_duty: bool = False
    absent: bool = False
    open_count: int = 0


@dataclass(frozen=True, slots=True)
class Assignment:
    """``officer_id`` is ``None`` when nobody is there: the head of the agency decides."""

    officer_id: int | None
    trace: tuple[Step, ...]


def choose_assignee(officers: Iterable[Officer]) -> Assignment:
    """Choose among the officers of an agency. Equal load goes to the smallest id, so the choice can be repeated."""
    everyone = sorted(officers, key=lambda o: o.id)
    present = [o for o in everyone if not o.absent]
    trace = [Step("absent_left_out", {"officers": [o.id for o in everyone if o.absent]})]
    if len(present) == len(everyone):
        trace.clear()
    if not present:
        return Assignment(None, (*trace, Step("nobody_present", {})))
    on_duty = [o for o in present if o.on_duty]
    chosen = min(on_duty or present, key=lambda o: (o.open_count, o.id))
    params = {"officer": chosen.id, "open_tickets": chosen.open_count, "among": len(on_duty or present)}
    return Assignment(chosen.id, (*trace, Step("on_duty" if on_duty else "least_loaded", params)))
