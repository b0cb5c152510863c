"""How somebody becomes a member of an enterprise: they ask and prove it, or a member invites them and they accept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.enterprise import Enterprise, validate_tax_code
from core import clock


class MembershipRequest(models.Model):
    """Somebody says that they act for the enterprise of a tax code. Tax codes are public, so it proves nothing.

    Until it is accepted the person sees nothing of the enterprise, and what they file is in their own name.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Proof(models.TextChoices):
        RECEIPT = "receipt", _("Follow-up code of a receipt")
        CONTACT = "contact", _("Code sent to the contact person")
        APPROVAL = "approval", _("Approval by the task force")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="membership_requests",
    )
    tax_code = models.CharField(_("tax code"), max_length=14, validators=[validate_tax_code])
    name = models.CharField(_("name of the enterprise"), max_length=200)
    note = models.TextField(_("message to the task force"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    proof = models.CharField(_("proof"), max_length=8, choices=Proof.choices, blank=True)
    created_at = models.DateTimeField(_("asked"), default=clock.now)
    # When the person asked last for a mail to the contact person, whether or not one went out, and their wrong codes
    # since. The code itself is not kept (accounts.contact_code).
    code_sent_at = models.DateTimeField(null=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("membership request")
        verbose_name_plural = _("membership requests")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "tax_code"], condition=Q(state="waiting"), name="membership_request_once"
            )
        ]
        indexes = [models.Index(fields=["id"], name="membership_request_waiting", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.name} ({self.user})"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def shown_tax_code(self) -> str:
        """As others may see it: a personal number is masked."""
        return Enterprise.mask(self.tax_code)


class Invitation(models.Model):
    """A member invites a colleague by e-mail. Who has confirmed that address may accept it."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("enterprise"), on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), on_delete=models.CASCADE, related_name="+"
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(_("invited"), default=clock.now)
    expires_at = models.DateTimeField(_("valid until"))
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "email"], condition=Q(state="open"), name="invitation_once")
        ]
        indexes = [models.Index(fields=["email"], name="invitation_email", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.email}"


class AccountMail(models.Model):
    """One mail about a request or an invitation, written with the change it is about and sent by the worker."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Invitation")
        CONTACT_CODE = "contact_code", _("Code for the contact person")
        ACCEPTED = "accepted", _("Request accepted")
        REFUSED = "refused", _("Request refused")
        JOINED = "joined", _("New member")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    to = models.EmailField()
    language = models.CharField(max_length=2)
    request = models.ForeignKey(MembershipRequest, null=True, on_delete=models.CASCADE, related_name="mails")
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.CASCADE, related_name="mails")
    created_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail about a membership")
        verbose_name_plural = _("mails about memberships")
        indexes = [
            models.Index(fields=["next_attempt_at"], name="account_mail_due", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
