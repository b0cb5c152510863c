"""A listening session: leaders meet enterprises, out of office hours too; each point becomes a ticket (design §1)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Enterprise
from core import clock
from issues.models.ticket import Ticket

SESSION_TITLE_MAX, PLACE_MAX, HOST_MAX, MINUTES_MAX = 200, 200, 160, 20_000


class ListeningSession(models.Model):
    """One meeting. Only actions change it; it is public from the day it is planned, its points once it is closed."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Going on")
        CLOSED = "closed", _("Held")

    title_vi = models.CharField(_("title (Vietnamese)"), max_length=SESSION_TITLE_MAX)
    title_en = models.CharField(_("title (English)"), max_length=SESSION_TITLE_MAX, blank=True)
    place = models.CharField(_("place"), max_length=PLACE_MAX)
    host = models.CharField(_("chaired by"), max_length=HOST_MAX)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    agencies = models.ManyToManyField(Agency, verbose_name=_("agencies present"), related_name="sessions")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    participants = models.ManyToManyField(
        Enterprise, verbose_name=_("enterprises present"), related_name="+", blank=True
    )
    minutes = models.TextField(_("minutes"), blank=True)  # for the agencies; they may name enterprises
    summary_vi = models.TextField(_("public summary (Vietnamese)"), blank=True)
    summary_en = models.TextField(_("public summary (English)"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("listening session")
        verbose_name_plural = _("listening sessions")
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(name="session_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at")))
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the active language; the Vietnamese one where there is no other."""
        english = (get_language() or "vi").startswith("en")
        return self.title_en if english and self.title_en else self.title_vi

    @property
    def summary(self) -> str:
        """The public summary, in the active language where there is one."""
        english = (get_language() or "vi").startswith("en")
        return self.summary_en if english and self.summary_en else self.summary_vi

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED


class SessionPoint(models.Model):
    """One point that an enterprise raised, as its ticket. Who answered on the spot is here, the answer is there."""

    session = models.ForeignKey(ListeningSession, on_delete=models.PROTECT, related_name="points")
    ticket = models.OneToOneField(Ticket, on_delete=models.PROTECT, related_name="session_point")
    number = models.PositiveSmallIntegerField(_("number"))
    answered_by = models.CharField(_("answered on the spot by"), max_length=HOST_MAX, blank=True)
    captured_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    captured_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("point of a session")
        verbose_name_plural = _("points of sessions")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="session_point_number_once")]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.number}"
