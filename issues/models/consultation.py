from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from core import clock
from issues.models.ticket import Ticket


class Consultation(models.Model):
    """A question of the lead agency to one coordinating agency, with its own clock."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Asked")
        ANSWERED = "answered", _("Answered")
        CANCELLED = "cancelled", _("Cancelled")

    class Cause(models.TextChoices):
        """Why it was cancelled where nobody had to give a reason."""

        WITHDRAWN = "withdrawn", _("the enterprise has withdrawn the proposal")
        MERGED = "merged", _("the proposal was merged into another one")
        RETURNED = "returned", _("the lead agency has returned the proposal")
        TAKEN_BACK = "taken_back", _("the question was taken back soon after it was sent")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="consultations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="consultations")
    question = models.TextField(_("question"))
    answer = models.TextField(_("answer"), blank=True)
    cancel_reason = models.TextField(_("reason"), blank=True)
    cancel_cause = models.CharField(max_length=12, choices=Cause.choices, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.REQUESTED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "agency"],
                condition=models.Q(status="requested"),
                name="one_open_consultation_per_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.agency_id}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.REQUESTED

    @property
    def why_cancelled(self) -> str:
        """The reason in somebody's words, or the fixed cause in the active language; empty where it was not."""
        return self.cancel_reason or (self.get_cancel_cause_display() if self.cancel_cause else "")


class Extension(models.Model):
    """The lead agency asks a leader for more time; old and new due time stay visible.

    `as_complex`: the ticket becomes a complex case instead, with that kind's time limit from receipt; a leader may also
    grant this without a request.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="extensions")
    working_days = models.PositiveSmallIntegerField(_("working days"))
    # Not so many days from now, but the time limit of a complex case, counted from receipt.
    as_complex = models.BooleanField(_("as a complex case"), default=False)
    reason = models.TextField(_("reason"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.ASKED)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    old_due_at = models.DateTimeField(null=True)
    new_due_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=models.Q(status="asked"), name="one_open_extension"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} +{self.working_days}"
