"""Mails to somebody without an account: the contact person of a proposal that was filed at a counter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from issues.models.assistance import Assistance
from issues.models.event import TicketEvent
from issues.models.notification import Notification


class ContactNotice(models.Model):
    """One mail of the outbox. Written by a consumer of the log, sent by the worker; nobody edits it."""

    State = Notification.State

    assistance = models.ForeignKey(Assistance, on_delete=models.CASCADE, related_name="notices")
    event = models.ForeignKey(TicketEvent, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail to a contact person")
        verbose_name_plural = _("mails to contact persons")
        constraints = [models.UniqueConstraint(fields=["assistance", "event"], name="contact_notice_once")]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="contact_notice_due",
                condition=models.Q(state=Notification.State.WAITING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assistance_id} {self.event_id}"
