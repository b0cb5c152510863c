from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from issues.models.ticket import Ticket


class ReceivedMail(models.Model):
    """That a mail was taken, so that the same one handed over twice is taken once. Its text is in the log.

    No page shows it: what became of a mail is in MailRecord.
    """

    message_id = models.CharField(max_length=64)  # SHA-256 of identification and content, which may be of any length
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("received mail")
        verbose_name_plural = _("received mails")
        constraints = [models.UniqueConstraint(fields=["message_id", "user", "ticket"], name="mail_received_once")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.received_at}"
