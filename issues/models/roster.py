"""The duty roster of the agencies: shifts, absences, swaps, and the log of who changed what."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from core import clock


class Duty(models.Model):
    """One shift: who is on duty at an agency on a day, in working hours or outside of them."""

    class Kind(models.TextChoices):
        DUTY = "duty", _("On duty")
        OUT_OF_HOURS = "after", _("Out-of-hours duty")

    agency = models.ForeignKey(Agency, verbose_name=_("agency"), on_delete=models.CASCADE, related_name="duties")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("officer"), on_delete=models.CASCADE, related_name="duties"
    )
    date = models.DateField(_("date"))
    kind = models.CharField(_("shift"), max_length=6, choices=Kind.choices, default=Kind.DUTY)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duty roster")
        ordering = ["date", "agency"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "officer", "date"], name="one_duty_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.officer_id} {self.kind}"


class Absence(models.Model):
    """From which day to which somebody is away. They get no new tickets, and their shifts are gaps.

    A stand-in takes over their shifts at this agency for as long as it lasts.
    """

    agency = models.ForeignKey(Agency, verbose_name=_("agency"), on_delete=models.CASCADE, related_name="absences")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("officer"), on_delete=models.CASCADE, related_name="absences"
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("stand-in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stands_in",
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["first_day", "id"]
        indexes = [models.Index(fields=["officer", "last_day"], name="absence_officer")]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_begins",
                condition=models.Q(last_day__gte=models.F("first_day")),
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.first_day}–{self.last_day}"

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


class DutySwap(models.Model):
    """An officer asks a colleague to take a shift, perhaps for one of the colleague's in return."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="swaps")
    in_return = models.ForeignKey(Duty, null=True, on_delete=models.CASCADE, related_name="swaps_in_return")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.ASKED)
    asked_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("swap of duties")
        verbose_name_plural = _("swaps of duties")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty"], condition=models.Q(status="asked"), name="one_open_swap_of_a_duty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.asked_by_id} → {self.asked_of_id}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.ASKED


class RosterEntry(models.Model):
    """One line of the roster's log, and what a notification about the roster is about. Written once, by actions."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", _("Duty assigned")
        REMOVED = "removed", _("Duty removed")
        COPIED = "copied", _("Week copied")
        SWAP_ASKED = "swap_asked", _("Swap asked for")
        SWAP_ACCEPTED = "swap_accepted", _("Swap accepted")
        SWAP_DECLINED = "swap_declined", _("Swap declined")
        SWAP_WITHDRAWN = "swap_withdrawn", _("Swap withdrawn")
        ABSENT = "absent", _("Absence entered")
        BACK = "back", _("Absence ended")
        HANDED_OVER = "handed_over", _("Tickets handed over")

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="roster_entries")
    at = models.DateTimeField(default=clock.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    actor_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    # Names as they were, days in ISO form, codes of tickets: a line stays readable after the rows are deleted.
    data: Any = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("entry of the roster’s log")
        verbose_name_plural = _("log of the roster")
        ordering = ["-id"]
        indexes = [models.Index(fields=["agency", "-id"], name="roster_entry_agency")]

    def __str__(self) -> str:
        return f"{self.at} {self.kind}"
