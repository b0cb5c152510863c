from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from issues.models.calendar import Calendar


class Recomputation(models.Model):
    """One run over the open clocks that an edited calendar affects: its progress, and how many due times moved.

    A run that died is resumed after `last_ticket`; `lease_until` keeps two workers from running it together.
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="recomputations")
    edited_at = models.DateTimeField(_("edited"))  # the edit that it follows: a newer one ends this run
    started_at = models.DateTimeField(_("started"), default=clock.now)
    finished_at = models.DateTimeField(_("finished"), null=True)
    total = models.PositiveIntegerField(_("open clocks"), default=0)
    done = models.PositiveIntegerField(_("looked at"), default=0)
    moved = models.PositiveIntegerField(_("due times moved"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    overtaken = models.BooleanField(_("overtaken by a newer edit"), default=False)
    last_ticket = models.BigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recomputation")
        verbose_name_plural = _("recomputations")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar"], condition=models.Q(finished_at__isnull=True), name="one_running_recomputation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id} {self.done}/{self.total}"

    @property
    def is_running(self) -> bool:
        return self.finished_at is None
