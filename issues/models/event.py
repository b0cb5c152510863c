"""The event log: the one source of truth. Only issues.events.record writes here; the database refuses the rest."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from issues.models.choices import Visibility
from issues.models.ticket import Ticket


class TicketEvent(models.Model):
    """One thing that happened to one ticket. Never changed, never deleted (database triggers)."""

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    actor_name = models.CharField(max_length=200, blank=True)
    actor_role = models.CharField(max_length=12)
    actor_agency = models.CharField(max_length=20, blank=True)
    # The agencies concerned when it happened, so that an agency's feed needs no join: ",STC,SXD,"
    agencies = models.CharField(max_length=400, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility.choices)
    # Of an internal event: the code of the one agency that may read it; NULL for all agencies of the ticket.
    internal_to = models.CharField(max_length=20, null=True)  # noqa: DJ001  (a new column must not rebuild the log)
    data = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["ticket", "seq"], name="event_seq_once")]
        indexes = [models.Index(fields=["type", "at"], name="event_type_at")]

    def __str__(self) -> str:
        return f"{self.pk} {self.type}"


class ConsumerCursor(models.Model):
    """How far a consumer (mail, search, …) has drained the log."""

    name = models.CharField(max_length=40, primary_key=True)
    last_event_id = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("consumer cursor")
        verbose_name_plural = _("consumer cursors")

    def __str__(self) -> str:
        return f"{self.name} @ {self.last_event_id}"
