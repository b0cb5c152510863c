"""Saved drafts of forms, keys of repeated requests, and ticket numbers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from issues.models.ticket import Ticket


class SavedInput(models.Model):
    """Text that somebody has typed into a form and not sent yet (an answer, a question, a reason)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_inputs")
    key = models.CharField(max_length=80)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("saved input")
        verbose_name_plural = _("saved input")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="saved_input_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"


class IdempotencyKey(models.Model):
    """The same request sent twice makes one ticket."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key


class TicketNumber(models.Model):
    """The last number given out in a year; locked while the next one is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("ticket number")
        verbose_name_plural = _("ticket numbers")

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
