from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from issues.models.ticket import Ticket


class Presence(models.Model):
    """Somebody of the city has a ticket's page open in one tab right now. Short-lived: no event, no history."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tab = models.CharField(max_length=16)
    doing = models.CharField(max_length=20, blank=True)  # the tool in which they are writing; empty: they look
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [models.UniqueConstraint(fields=["ticket", "user", "tab"], name="present_once_a_tab")]
        indexes = [models.Index(fields=["ticket", "seen_at"], name="presence_now")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.user_id}"
