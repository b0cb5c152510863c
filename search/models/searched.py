from django.db import models
from django.db.models import F, Q


class SearchedText(models.Model):
    """How often a text was searched for on one day in one language, what it found, and what was opened.

    Counts only, of many people together: nothing says who searched, and texts that look like somebody's data are not
    kept at all (`search.searched`).
    """

    day = models.DateField()
    locale = models.CharField(max_length=10)
    text = models.CharField(max_length=100)
    searches = models.PositiveIntegerField(default=0)
    results = models.PositiveIntegerField(default=0)  # of the last search of that day
    clicks = models.PositiveIntegerField(default=0)
    positions = models.PositiveIntegerField(default=0)  # the sum of the positions clicked, the first being 1

    class Meta:
        ordering = ["-day", "text"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["text", "locale", "day"], name="searched_text_once_a_day"),
            models.CheckConstraint(condition=Q(positions__gte=F("clicks")), name="searched_text_positions_from_one"),
        ]
        indexes = [models.Index(fields=["day"], name="searched_text_day")]

    def __str__(self) -> str:
        return self.text
