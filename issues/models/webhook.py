"""Webhooks of other systems of the city: endpoints, their secrets, and every message with its result."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from core import clock
from issues.models.event import TicketEvent


class WebhookEndpoint(models.Model):
    """One address of another system. What it gets is decided by an administrator, once and explicitly."""

    class Audience(models.TextChoices):
        PUBLIC = "public", _("What everybody may read")
        INTERNAL = "internal", _("Everything that the agencies may read, personal data included")

    class Reason(models.TextChoices):
        FAILING = "failing", _("Nothing was delivered for a day")
        GONE = "gone", _("The receiver says that this address is gone for good (410)")

    name = models.CharField(_("name"), max_length=80)
    url = models.CharField(_("address (https)"), max_length=500)
    audience = models.CharField(_("what it gets"), max_length=8, choices=Audience.choices, default=Audience.PUBLIC)
    event_types = models.JSONField(_("types of events"), default=list, blank=True)  # empty: all
    agency = models.ForeignKey(
        Agency,
        verbose_name=_("only tickets of this agency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("set up by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Since when messages fail; when the system switched it off, why, and whether its owner has still to learn of it.
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    disabled_at = models.DateTimeField(_("switched off by the system"), null=True, editable=False)
    disabled_for = models.CharField(max_length=8, choices=Reason.choices, blank=True, editable=False)
    notice_due_at = models.DateTimeField(null=True, editable=False)
    # The worker that sends for it; messages of one endpoint are sent one after the other.
    claimed_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        return self.active and self.disabled_at is None


class WebhookSecret(models.Model):
    """A key that messages are signed with. It has to be kept as it is; people see it once, when it is made."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="secrets")
    secret = models.CharField(max_length=80, editable=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"), null=True, editable=False)  # set when a new one follows

    class Meta:
        verbose_name = _("webhook secret")
        verbose_name_plural = _("webhook secrets")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.endpoint_id} {self.pk}"


class WebhookDelivery(models.Model):
    """One message to one endpoint: an event of the log, or a ping. The content is made when it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Delivered")
        FAILED = "failed", _("Given up")

    endpoint = models.ForeignKey(
        WebhookEndpoint, verbose_name=_("webhook"), on_delete=models.CASCADE, related_name="deliveries"
    )
    event = models.ForeignKey(
        TicketEvent, verbose_name=_("event"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # the same in every try
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=clock.now)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    sent_at = models.DateTimeField(_("delivered"), null=True)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)  # HTTP status of the last try
    duration_ms = models.PositiveIntegerField(_("duration (ms)"), null=True)
    response = models.CharField(_("beginning of the answer"), max_length=500, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["endpoint", "event"], name="webhook_told_once")]
        indexes = [
            models.Index(fields=["endpoint", "state", "id"], name="webhook_order"),
            models.Index(fields=["next_attempt_at"], name="webhook_due", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"msg_{self.uid.hex}"
