from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from core import clock
from core.text import fold

REPLY_TITLE_MAX = 120
REPLY_BODY_MAX = 5_000


class SavedReply(models.Model):
    """Words that somebody writes often: their own, or shared by the head with the whole agency."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="saved_replies"
    )
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.CASCADE, related_name="saved_replies")
    title = models.CharField(_("title"), max_length=REPLY_TITLE_MAX)
    body = models.TextField(_("text"))
    used = models.PositiveIntegerField(_("times used"), default=0, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    search_text = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("saved reply")
        verbose_name_plural = _("saved replies")
        ordering = ["-used", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reply_of_a_person_or_an_agency",
                condition=Q(owner__isnull=False, agency__isnull=True) | Q(owner__isnull=True, agency__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def refresh_search_text(self) -> None:
        """Keep the folded text by which it is found."""
        self.search_text = fold(f"{self.title} {self.body}")
