import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from issues.models.conversation import private_storage
from issues.models.ticket import Ticket

ORIGINALS_FOLDER = "mails"


def original_path(record: "MailRecord", filename: str) -> str:
    """A random name: nothing of the mail is in it."""
    name = uuid.uuid4().hex
    return f"{ORIGINALS_FOLDER}/{name[:2]}/{name}"


class MailRecord(models.Model):
    """What became of a mail that arrived, and why: also of those that were refused or that a machine wrote.

    Operators read it. It has no text of the mail beyond its subject, except the original of a mail that was taken, for
    TN_MAIL_RAW_DAYS.
    """

    class Outcome(models.TextChoices):
        ANSWER = "answer", _("Answer to a question")
        MESSAGE = "message", pgettext_lazy("incoming mail", "Message")
        REPEATED = "repeated", _("Received before")
        AUTOMATIC = "automatic", _("Automatic mail")
        REFUSED = "refused", pgettext_lazy("incoming mail", "Refused")

    received_at = models.DateTimeField(_("received"), default=clock.now, db_index=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    sender = models.CharField(_("sender"), max_length=254, blank=True)  # as written, good or not
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    size = models.PositiveIntegerField(_("size"))  # bytes
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    original = models.FileField(upload_to=original_path, max_length=200, storage=private_storage, blank=True)

    class Meta:
        verbose_name = _("incoming mail")
        verbose_name_plural = _("incoming mails")

    def __str__(self) -> str:
        return f"{self.received_at:%Y-%m-%d %H:%M} {self.outcome}"
