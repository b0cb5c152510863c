"""Editing a calendar: a line of hours for each day of the week, and the corrected days."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core import clock
from core.years import check_year
from issues.admin.periods import PeriodsField
from issues.clocks import calendars, public_holidays
from issues.models import Calendar, CalendarDay
from issues.sla import CalendarError, WorkingCalendar

WEEKDAYS = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}


class CalendarDayForm(WagtailAdminModelForm):
    """A corrected day. Special hours need at least one period."""

    periods = PeriodsField(label=_("Hours"), help_text=_("For special hours, like this: 08:00–12:00."))

    class Meta:
        model = CalendarDay
        fields = ["date", "kind", "periods", "note_vi", "note_en", "source"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        special = cleaned.get("kind") == CalendarDay.Kind.SPECIAL
        if special and not cleaned.get("periods") and "periods" not in self.errors:
            self.add_error("periods", _("Write the hours of this day, or choose “Closed”."))
        if not special:
            cleaned["periods"] = []
        return dict(cleaned)

    def clean_date(self) -> date:
        """A day of the years that the pages of a calendar show."""
        day: date = self.cleaned_data["date"]
        check_year(day)
        return day


class CalendarForm(WagtailAdminModelForm):
    """The week is typed as seven lines; the whole calendar is tried out before it is saved."""

    mon = PeriodsField(label=WEEKDAYS["mon"])
    tue = PeriodsField(label=WEEKDAYS["tue"])
    wed = PeriodsField(label=WEEKDAYS["wed"])
    thu = PeriodsField(label=WEEKDAYS["thu"])
    fri = PeriodsField(label=WEEKDAYS["fri"])
    sat = PeriodsField(label=WEEKDAYS["sat"])
    sun = PeriodsField(label=WEEKDAYS["sun"])

    _takes_over = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_default"].help_text = _(
            "If you mark this calendar, the calendar that is marked now loses its mark."
        )
        for day in WEEKDAYS:
            self.fields[day].initial = (self.instance.weekly or {}).get(day, [])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if any(day in self.errors for day in WEEKDAYS):
            return dict(cleaned)
        weekly = {day: cleaned[day] for day in WEEKDAYS if cleaned.get(day)}
        if not weekly:
            raise ValidationError(_("A week without any opening hours cannot keep a promise."))
        try:
            WorkingCalendar.from_dict({"timezone": cleaned.get("timezone") or "UTC", "weekly": weekly})
        except CalendarError as error:
            raise ValidationError(_("These hours cannot be used: %(reason)s"), params={"reason": error}) from error
        self.instance.weekly = weekly
        self._check_agencies(cleaned)
        self._takes_over = bool(cleaned.get("is_default")) and not self.initial.get("is_default")
        return dict(cleaned)

    def _get_validation_exclusions(self) -> set[str]:
        """There is no need to check for a general calendar while this one becomes it: `save` unmarks the other."""
        excluded: set[str] = super()._get_validation_exclusions()
        return excluded | {"is_default"} if self._takes_over else excluded

    def clean_holidays_country(self) -> str:
        country: str = self.cleaned_data["holidays_country"].strip().upper()
        if country and not public_holidays.is_known(country):
            raise ValidationError(_("There are no public holidays for this code. Write VN, for example."))
        return country

    def clean_is_default(self) -> bool:
        """Agencies without a calendar of their own need one."""
        is_default: bool = self.cleaned_data["is_default"]
        if self.initial.get("is_default") and not is_default:
            raise ValidationError(_("One calendar must hold for every agency without its own: mark another one first."))
        return is_default

    def _check_agencies(self, cleaned: dict[str, Any]) -> None:
        """An agency uses one calendar."""
        others = Calendar.objects.exclude(pk=self.instance.pk)
        for agency in cleaned.get("agencies") or ():
            taken = others.filter(agencies=agency).first()
            if taken is not None:
                sentence = _("%(agency)s already uses “%(calendar)s”. Remove it there first.")
                self.add_error("agencies", sentence % {"agency": agency, "calendar": taken})

    def save(self, commit: bool = True) -> Calendar:
        if commit and self._takes_over:
            others = Calendar.objects.filter(is_default=True).exclude(pk=self.instance.pk)
            others.update(is_default=False, changed_at=clock.now())
        calendar: Calendar = super().save(commit=commit)
        calendars.refresh()
        return calendar
