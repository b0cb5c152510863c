from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from issues.models.event import TicketEvent


class ConsumerFailure(models.Model):
    """An event that a consumer could not handle: tried again later, and skipped after the last try."""

    consumer = models.CharField(_("consumer"), max_length=40)
    event = models.ForeignKey(TicketEvent, on_delete=models.PROTECT, related_name="+")
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=clock.now)
    skipped_at = models.DateTimeField(_("stepped over"), null=True, blank=True)

    class Meta:
        verbose_name = _("consumer failure")
        verbose_name_plural = _("consumer failures")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["consumer", "event"], name="one_failure_per_event")]

    def __str__(self) -> str:
        return f"{self.consumer} {self.event_id}"
