"""A ticket as its events tell it: the row must say the same."""

from dataclasses import dataclass, field
from datetime import datetime

from issues.models import TicketEvent

STATES = {
    "ticket.submitted": "submitted",
    "ticket.routed": "routed",
    "ticket.accepted": "in_progress",
    "ticket.info_requested": "awaiting_enterprise",
    "ticket.info_provided": "in_progress",
    "ticket.returned": "submitted",
    "ticket.resolved": "resolved",
    "ticket.declined": "declined",
    "ticket.confirmed": "closed",
    "ticket.closed_unconfirmed": "closed",
    "ticket.reopened": "in_progress",
    "ticket.withdrawn": "withdrawn",
    "ticket.merged": "merged",
}
OPEN = ("submitted", "routed", "in_progress", "awaiting_enterprise")
ENDS = ("resolved", "declined", "withdrawn", "merged")


@dataclass
class Replay:
    """What follows from the events so far."""

    status: str = ""
    kind: str = ""
    cycle: int = 1
    returns: int = 0
    reopens: int = 0
    level: int = 0
    pauses: list[tuple[datetime, datetime | None]] = field(default_factory=list)  # of the cycle
    consultations: set[int] = field(default_factory=set)  # open ones

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def paused_at(self) -> datetime | None:
        return self.pauses[-1][0] if self.pauses and self.pauses[-1][1] is None else None

    def read(self, event: TicketEvent) -> None:
        """Apply the next event."""
        data = event.data
        self.status = STATES.get(event.type, self.status)
        match event.type:
            case "ticket.submitted":
                self.kind = data["kind"]
            case "ticket.returned":
                self.returns += 1
                assert data["returns"] == self.returns
            case "ticket.reopened":
                self.cycle, self.reopens, self.level, self.pauses = self.cycle + 1, self.reopens + 1, 0, []
                assert data["cycle"] == self.cycle
            case "ticket.info_requested":
                self.pauses.append((event.at, None))
            case "consultation.requested":
                self.consultations.add(data["consultation"])
            case "consultation.answered" | "consultation.cancelled":
                self.consultations.remove(data["consultation"])
            case "extension.decided" if data["granted"]:
                self.kind = "complex" if data["as_complex"] else self.kind
                self.level = 0  # the new time lies ahead
        if data.get("clock") == "resolution":
            self._escalate(event)
        if self.status in ENDS or event.type == "ticket.info_provided":
            self._end_pause(event.at)
        if event.type.removeprefix("ticket.") in ENDS:
            assert not self.consultations, "it ended, and somebody is still asked"

    def _end_pause(self, at: datetime) -> None:
        if self.paused_at is not None:
            self.pauses[-1] = (self.pauses[-1][0], at)

    def _escalate(self, event: TicketEvent) -> None:
        data = event.data
        match event.type:
            case "clock.recomputed" if not data["paused"]:
                if self.level and datetime.fromisoformat(data["new_due_at"]) > event.at:
                    self.level = 0  # it is overdue no longer
            case "clock.breached":
                self.level = 1
            case "clock.timer" if data["percent"] > 100:
                self.level = data["level"]
