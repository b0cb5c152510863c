from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from accounts.models import Agency
from issues.models.choices import Category, ClockKind, TicketKind


class Calendar(ClusterableModel):
    """Working hours: weekly periods, public holidays, and days that an administrator corrects."""

    code = models.SlugField(_("code"), unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    timezone = models.CharField(_("time zone"), max_length=60, default="Asia/Ho_Chi_Minh")
    weekly = models.JSONField(_("weekly periods"), default=dict)
    holidays_country = models.CharField(
        _("public holidays of"), max_length=2, blank=True, default="VN", help_text=_("Country code; empty for none.")
    )
    agencies = models.ManyToManyField(
        Agency, verbose_name=_("agencies"), blank=True, related_name="calendars", help_text=_("Empty: all others.")
    )
    is_default = models.BooleanField(_("for every agency without its own"), default=False)
    changed_at = models.DateTimeField(auto_now=True)
    # A job recomputes open tickets; it is still due while this is older than changed_at.
    recomputed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ["-is_default", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_calendar"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "vi").startswith("en") and self.name_en else self.name_vi


class CalendarDay(models.Model):
    """One corrected day. Special hours win over a closed day, and both over the week and the holidays."""

    class Kind(models.TextChoices):
        CLOSED = "closed", _("Closed")
        SPECIAL = "special", _("Special hours")

    calendar = ParentalKey(Calendar, on_delete=models.CASCADE, related_name="days")
    date = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    periods = models.JSONField(_("periods"), default=list, blank=True)
    note_vi = models.CharField(_("note (Vietnamese)"), max_length=200, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("corrected day")
        verbose_name_plural = _("corrected days")
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["calendar", "date"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()}"


class TargetSetting(models.Model):
    """How long a clock may run, by kind of ticket and category; the most specific row wins."""

    clock = models.CharField(_("clock"), max_length=12, choices=ClockKind.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=TicketKind.choices, blank=True)
    category = models.CharField(_("category"), max_length=24, choices=Category.choices, blank=True)
    target = models.JSONField(_("target"))

    class Meta:
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")
        ordering = ["clock", "kind", "category"]
        constraints = [models.UniqueConstraint(fields=["clock", "kind", "category"], name="target_setting_once")]

    def __str__(self) -> str:
        return f"{self.clock} {self.kind} {self.category}".strip()

    @property
    def specificity(self) -> tuple[bool, bool]:
        """What makes a row win over others that fit: a kind counts more than a category."""
        return self.kind != "", self.category != ""
