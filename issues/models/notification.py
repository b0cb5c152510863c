from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from issues.models.event import TicketEvent


class Notification(models.Model):
    """One event told to one person by one channel: the outbox of mail and the list in the pages."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("E-mail")
        APP = "app", _("In the application")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")  # after the last try; while tries remain it is waiting
        SKIPPED = "skipped", _("Not sent")  # the person may no longer see the ticket

    event = models.ForeignKey(TicketEvent, on_delete=models.PROTECT, related_name="notifications")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    channel = models.CharField(max_length=4, choices=Channel.choices)
    reason = models.CharField(max_length=20)  # why this person: filer, assignee, head, coordinator, leader …
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["event", "user", "channel"], name="told_once")]
        indexes = [
            models.Index(fields=["state", "channel", "next_attempt_at"], name="notification_due"),
            models.Index(fields=["user", "channel", "-id"], name="notification_list"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.user_id}"
