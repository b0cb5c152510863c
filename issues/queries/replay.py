"""Stored decisions made again: does the software still decide as it said it did?"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from core import clock
from issues import routing
from issues.assignment import decisions, trained_vote
from issues.models import RoutingDecision


@dataclass(frozen=True)
class Replayed:
    """One decision made again. `outcome`: "same", "differs" (`reason`: in what) or "cannot" (`reason`: why not)."""

    ticket: str
    decision: int
    outcome: str
    was: str | None
    becomes: str | None = None
    reason: str = ""
    software_version: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def replay_last(limit: int) -> Iterator[Replayed]:
    """The last decisions of the system, newest first, each from its own stored facts, rules and scores; one query."""
    for row in _decisions(limit):
        yield _replayed(row)


def decide_today(limit: int) -> Iterator[Replayed]:
    """The same tickets decided again by today's rules and vote; three queries and one model."""
    day = timezone.localdate(clock.now())
    rules, model = decisions.active_rules(day), trained_vote.current_model()
    for row in _decisions(limit):
        was = _lead_of(row.trace)
        if not row.facts:
            yield Replayed(row.ticket.code or "", row.pk, "cannot", was, reason="no facts are stored")
            continue
        facts = routing.Facts(**row.facts)
        wards = row.inputs.get("ward_agencies") or ({facts.ward: facts.ward} if facts.ward else {})
        now = routing.decide(facts, rules, model, {}, wards, day=day)
        outcome = "same" if now.lead_agency == was else "differs"
        why = " ".join(routing.explain(now.trace)) if outcome == "differs" else ""
        yield Replayed(row.ticket.code or "", row.pk, outcome, was, now.lead_agency, why, now.software_version)


def _decisions(limit: int) -> list[RoutingDecision]:
    taken = RoutingDecision.objects.exclude(method=RoutingDecision.Method.HAND).select_related("ticket")
    return list(taken.order_by("-id")[:limit])


def _replayed(row: RoutingDecision) -> Replayed:
    ticket, was = row.ticket.code or "", _lead_of(row.trace)
    try:
        again = routing.replay(row.stored)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        reason = f"stored by {row.software_version or 'an unknown version'}: {type(error).__name__}: {error}"
        return Replayed(ticket, row.pk, "cannot", was, reason=reason, software_version=row.software_version)
    trace = [step.to_dict() for step in again.trace]
    differing = next((a["code"] for a, b in zip(trace, row.trace, strict=False) if a != b), "the number of steps")
    is_same = trace == row.trace
    return Replayed(
        ticket=ticket,
        decision=row.pk,
        outcome="same" if is_same else "differs",
        was=was,
        becomes=again.lead_agency,
        reason="" if is_same else f"first in: {differing}",
        software_version=row.software_version,
    )


def _lead_of(trace: list[dict[str, Any]]) -> str | None:
    """The lead agency that a trace names, connected or not."""
    return next((step["params"]["agency"] for step in trace if step["code"] == "lead"), None)
