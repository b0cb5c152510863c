"""How a person wants to be notified: by which channel, when, and when not."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class About(models.TextChoices):
    """What an event means to the person who is notified (issues.notifications.about)."""

    WAITS = "waits", _("Tasks waiting for me")
    PROGRESS = "progress", _("Progress of my proposals")
    CLOCK = "clock", _("Reminders and escalations")
    REST = "rest", _("Everything else")


class Way(models.TextChoices):
    """How it reaches the person. A mail always comes with the line in the application."""

    NOW = "now", _("Mail immediately")
    DIGEST = "digest", _("Mail in the digest")
    APP = "app", _("Only in the application")
    OFF = "off", pgettext_lazy("notification", "Not at all")


class DigestTime(models.TextChoices):
    HOUR = "hour", _("Every day at an hour of my choice")
    OPENING = "opening", _("When the working day opens")
    CLOSING = "closing", _("When the working day ends")


class NotificationChoices(models.Model):
    """The choices of one person. An empty way means the default of the person's role.

    Only the person edits them, on the account page: nobody can switch off notifications of others.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="notification_choices",
    )
    waits = models.CharField(_("Tasks waiting for me"), max_length=6, choices=Way.choices, blank=True)
    progress = models.CharField(_("Progress of my proposals"), max_length=6, choices=Way.choices, blank=True)
    clock = models.CharField(_("Reminders and escalations"), max_length=6, choices=Way.choices, blank=True)
    rest = models.CharField(_("Everything else"), max_length=6, choices=Way.choices, blank=True)
    digest_time = models.CharField(
        _("Time of the digest"), max_length=7, choices=DigestTime.choices, default=DigestTime.OPENING
    )
    digest_hour = models.PositiveSmallIntegerField(_("Hour"), default=8)
    quiet_from = models.TimeField(_("Quiet from"), null=True, blank=True)
    quiet_to = models.TimeField(_("Quiet until"), null=True, blank=True)
    quiet_closed_days = models.BooleanField(_("Quiet on weekends and public holidays"), default=False)

    class Meta:
        verbose_name = _("notification choices")
        verbose_name_plural = _("notification choices")
        constraints = [
            models.CheckConstraint(name="digest_hour_of_a_day", condition=models.Q(digest_hour__lte=23)),
            models.CheckConstraint(
                name="quiet_hours_have_two_ends",
                condition=models.Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_to__isnull=False),
                violation_error_message=_("Quiet hours need a beginning and an end."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)
