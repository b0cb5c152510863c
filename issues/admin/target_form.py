"""Editing a time limit: what kind of limit, and its number, in fields of their own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from issues.models import ClockKind, TargetSetting, TicketKind
from issues.sentences.target_words import say_setting
from issues.sla import CalendarError, target_from_dict

SAME_DAY, WORKING_TIME, WORKING_DAYS = "same_day", "working_time", "working_days"
LONGEST_HOURS = 1_000
LONGEST_DAYS = 1_000  # on a calendar of one day a week still within the years that the clock adds
_TYPES = (
    (SAME_DAY, _("The same day")),
    (WORKING_TIME, _("Working time: hours and minutes")),
    (WORKING_DAYS, _("Working days")),
)


class TargetForm(WagtailAdminModelForm):
    """Only the fields of the chosen kind count; the others may stay as they are."""

    target_type = forms.ChoiceField(label=_("Kind of limit"), choices=_TYPES, widget=forms.RadioSelect)
    hours = forms.IntegerField(
        label=_("Hours"),
        required=False,
        min_value=0,
        max_value=LONGEST_HOURS,
        help_text=_("Same day: so much working time must be left that day, else it is the next working day."),
    )
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=59)
    days = forms.IntegerField(
        label=_("Days"),
        required=False,
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text=_("Due at the last closing of that working day after the day of receipt."),
    )

    class Meta:
        model = TargetSetting
        fields = ["clock", "kind", "category"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Every kind")), *TicketKind.choices]
        category = self.fields["category"]
        category.choices = [("", _("Every category")), *[choice for choice in category.choices if choice[0]]]
        self.fields["clock"].choices = [
            choice for choice in ClockKind.choices if choice[0] != ClockKind.CONSULTATION
        ]  # a consultation always has half of what is left (design §5)
        for name, value in _read(self.instance.target or {}).items():
            self.initial.setdefault(name, value)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not {"target_type", "hours", "minutes", "days"} & set(self.errors):
            self._take(cleaned)
        if not self.errors:
            self._check_once(cleaned)
        return dict(cleaned)

    def _take(self, cleaned: dict[str, Any]) -> None:
        minutes = 60 * (cleaned.get("hours") or 0) + (cleaned.get("minutes") or 0)
        match cleaned.get("target_type"):
            case "same_day":
                target: dict[str, Any] = {"type": SAME_DAY, "minimum_minutes": minutes}
            case "working_time" if not minutes:
                self.add_error("hours", _("Give the hours or the minutes."))
                return
            case "working_time":
                target = {"type": WORKING_TIME, "minutes": minutes}
            case _ if not cleaned.get("days"):
                self.add_error("days", _("Give the number of working days."))
                return
            case _:
                target = {"type": WORKING_DAYS, "days": cleaned["days"]}
        try:
            target_from_dict(target)
        except CalendarError as error:
            raise ValidationError(_("This limit cannot be used: %(reason)s"), params={"reason": error}) from error
        self.instance.target = target

    def _check_once(self, cleaned: dict[str, Any]) -> None:
        """One row for each clock, kind and category; an existing one is named in the error."""
        scope = {name: cleaned.get(name) or "" for name in ("clock", "kind", "category")}
        same = TargetSetting.objects.filter(**scope).exclude(pk=self.instance.pk).first()
        if same is not None:
            raise ValidationError(
                _("There is a limit for this already: %(row)s. Change that one."), params={"row": say_setting(same)}
            )
        last_general = TargetSetting.objects.filter(clock=self.instance.clock, kind="", category="")
        loses_general = (self.instance.pk in last_general.values_list("pk", flat=True)) and scope != {
            "clock": self.initial.get("clock"), "kind": "", "category": "",
        }  # fmt: skip
        if loses_general:
            raise ValidationError(_("This is the general limit: without it some tickets would have no due time."))


def _read(target: dict[str, Any]) -> dict[str, Any]:
    """The fields of a stored target."""
    chosen = target.get("type", SAME_DAY)
    total = int(target.get("minimum_minutes" if chosen == SAME_DAY else "minutes", 120))
    fields: dict[str, Any] = {"target_type": chosen, "days": target.get("days")}
    if chosen != WORKING_DAYS:
        fields |= {"hours": total // 60, "minutes": total % 60}
    return fields
