from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from issues.models.event import TicketEvent
from issues.models.notification_choices import About
from issues.models.roster import RosterEntry


class Notification(models.Model):
    """One event, or change of a roster, for one person by one channel: the outbox, and the list in the pages.

    A mail may go from `next_attempt_at` on: immediately, with the next digest, or when the person's quiet hours end.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", _("E-mail")
        APP = "app", _("In the application")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")  # after the last try; while tries remain it is waiting
        SKIPPED = "skipped", _("Not sent")  # the person may no longer see the ticket, or switched it off
        SETTLED = "settled", _("Settled")  # failed, and somebody has dealt with it in another way

    class Mode(models.TextChoices):
        ONCE = "once", _("Immediately")
        DIGEST = "digest", _("With the digest")
        HELD = "held", _("After the quiet hours")

    event = models.ForeignKey(
        TicketEvent, verbose_name=_("event"), null=True, on_delete=models.PROTECT, related_name="notifications"
    )
    entry = models.ForeignKey(RosterEntry, null=True, on_delete=models.CASCADE, related_name="notifications")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="notifications"
    )
    channel = models.CharField(_("channel"), max_length=4, choices=Channel.choices)
    reason = models.CharField(max_length=20)  # why this person: filer, assignee, head, coordinator, leader …
    about = models.CharField(_("about"), max_length=8, choices=About.choices, default=About.REST)
    mode = models.CharField(_("when"), max_length=6, choices=Mode.choices, default=Mode.ONCE)
    # Rows that go in one mail. Set when they are first taken, so that a second try is the same mail.
    bundle = models.UUIDField(null=True, editable=False)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=clock.now)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    read_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "user", "channel"], name="told_once"),
            models.UniqueConstraint(fields=["entry", "user", "channel"], name="told_of_roster_once"),
            models.CheckConstraint(
                name="notification_is_about_one_thing",
                condition=models.Q(event__isnull=False, entry__isnull=True)
                | models.Q(event__isnull=True, entry__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "channel", "next_attempt_at"], name="notification_due"),
            models.Index(fields=["user", "channel", "-id"], name="notification_list"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id or self.entry_id} → {self.user_id}"

    @property
    def code(self) -> str:
        """Of the ticket, or of the agency whose roster it is about."""
        if self.event is not None:
            return self.event.ticket.code or ""
        return self.entry.agency.code if self.entry is not None else ""

    @property
    def type(self) -> str:
        """The type of the event; of a change of a roster "roster." and its kind."""
        if self.event is not None:
            return self.event.type
        return f"roster.{self.entry.kind}" if self.entry is not None else ""

    @property
    def at(self) -> datetime | None:
        """When it happened."""
        return self.event.at if self.event is not None else self.entry.at if self.entry is not None else None
