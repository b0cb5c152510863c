from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from issues.models.conversation import Message


class Mention(models.Model):
    """Somebody named in an internal note with an @: they are notified, as long as they may read it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["message", "user"], name="mentioned_once")]

    def __str__(self) -> str:
        return f"{self.message_id} @{self.user_id}"
