from datetime import datetime
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from issues.models.calendar import Calendar
from issues.models.choices import ClockKind
from issues.models.consultation import Consultation
from issues.models.ticket import Ticket


class TicketClock(models.Model):
    """One running promise: answer, first response, acceptance, or one consultation.

    Each has its own row and never overwrites another. `pauses` repeats what the events say, so that a deadline can be
    computed without reading them: [start, end], and a third item `WITHIN_GRACE` where the pause was so short that it
    moved nothing (decided once, when it ended). `next_timer_at` is what the sweep looks for.
    """

    WITHIN_GRACE = "grace"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(_("clock"), max_length=12, choices=ClockKind.choices)
    cycle = models.PositiveSmallIntegerField(default=1)
    consultation = models.OneToOneField(
        Consultation, null=True, blank=True, on_delete=models.CASCADE, related_name="clock"
    )
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="+", db_index=False)
    target = models.JSONField(_("target"))
    started_at = models.DateTimeField(_("started"))
    first_due_at = models.DateTimeField(_("first due time"))
    due_at = models.DateTimeField(_("due"), null=True)  # None while paused
    # What a leader granted, or what was promised before a calendar edit would have put it into the past.
    due_not_before = models.DateTimeField(_("not due before"), null=True)
    pauses = models.JSONField(default=list)
    stopped_at = models.DateTimeField(_("stopped"), null=True)
    met = models.BooleanField(_("in time"), null=True)  # None: running, or ended without an outcome
    next_timer_at = models.DateTimeField(null=True)
    next_percent = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["next_timer_at"], name="clock_next_timer", condition=models.Q(next_timer_at__isnull=False)
            ),
            models.Index(
                fields=["calendar", "id"], name="clock_running_by", condition=models.Q(stopped_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "kind"],
                condition=models.Q(stopped_at__isnull=True) & ~models.Q(kind=ClockKind.CONSULTATION),
                name="one_running_clock_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.kind}"

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None

    @property
    def is_paused(self) -> bool:
        return self.stopped_at is None and bool(self.pauses) and self.pauses[-1][1] is None

    def pause_periods(self) -> list[tuple[datetime, datetime | None]]:
        """All pauses as instants, oldest first; only the last may be open."""
        return [_period(entry) for entry in self.pauses]

    def counted_pauses(self) -> list[tuple[datetime, datetime | None]]:
        """The pauses in which no working time passed: all but the short ones. Every due time is computed with these."""
        return [_period(entry) for entry in self.pauses if self.WITHIN_GRACE not in entry]

    def short_pauses(self) -> list[tuple[datetime, datetime | None]]:
        """The pauses that moved nothing, because they ended within the grace."""
        return [_period(entry) for entry in self.pauses if self.WITHIN_GRACE in entry]

    def as_dict(self) -> dict[str, Any]:
        """What the page and the interface show of a clock."""
        return {"kind": self.kind, "started_at": self.started_at, "due_at": self.due_at, "met": self.met}


def _period(entry: list[str | None]) -> tuple[datetime, datetime | None]:
    start, end = entry[:2]
    return _instant(start or ""), _instant(end) if end else None


def _instant(text: str) -> datetime:
    moment = parse_datetime(text)
    if moment is None or moment.tzinfo is None:
        raise ValueError(f"not an instant: {text!r}")
    return moment
