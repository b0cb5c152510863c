"""The forms of an agency's roster. They carry what was typed; the actions check it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import wording
from core.forms import CleanCharField
from issues.models import Duty


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own way."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _day(label: Any) -> CleanCharField:
    # The action reads it, so that a wrong day gets the same sentence from every sender.
    return CleanCharField(label=label, widget=DayInput())


def _note() -> CleanCharField:
    return CleanCharField(label=_("Note"), max_length=200, required=False)


class RosterForm(forms.Form):
    """Base: the people and shifts that can be chosen."""

    use_required_attribute = False

    def __init__(self, *args: Any, people: list[User], shifts: list[Duty], user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.shifts, self.user = people, shifts, user
        self.choose()

    def choose(self) -> None:
        """Fill in the choices."""

    def _offer(self, name: str, choices: list[tuple[str, str]], empty: Any) -> None:
        self.fields[name].choices = [("", empty), *choices]  # type: ignore[attr-defined]

    def _everybody(self) -> list[tuple[str, str]]:
        return [(one.email, str(one)) for one in self.people]

    def _others(self) -> list[tuple[str, str]]:
        return [(one.email, str(one)) for one in self.people if one.pk != self.user.pk]


class AssignForm(RosterForm):
    officer = forms.ChoiceField(label=_("Officer"))
    day = _day(_("Day"))
    kind = forms.ChoiceField(label=_("Shift"), choices=Duty.Kind.choices)

    def choose(self) -> None:
        self._offer("officer", self._everybody(), _("Choose an officer"))


class AbsenceForm(RosterForm):
    first_day = _day(_("From"))
    last_day = _day(_("To and including"))
    stand_in = forms.ChoiceField(
        label=_("Substitute"), required=False, help_text=_("Takes over the shifts of these days.")
    )
    note = _note()
    hand_over = forms.BooleanField(
        label=_("Then hand over the open tickets"), required=False, help_text=_("You see the list before you confirm.")
    )

    def choose(self) -> None:
        self._offer("stand_in", self._others(), _("Nobody"))


class AbsenceOfOthersForm(AbsenceForm):
    officer = forms.ChoiceField(label=_("Officer"))
    field_order = ("officer", "first_day", "last_day", "stand_in", "note", "hand_over")

    def choose(self) -> None:
        self._offer("officer", self._everybody(), _("Choose an officer"))
        self._offer("stand_in", self._everybody(), _("Nobody"))


class SwapForm(RosterForm):
    duty = forms.ChoiceField(label=_("My shift"))
    colleague = forms.ChoiceField(label=_("Colleague to ask"))
    in_return = forms.ChoiceField(label=_("Shift that I take in exchange"), required=False)
    note = _note()

    def choose(self) -> None:
        mine = [(str(shift.pk), shift_words(shift)) for shift in self.shifts if shift.officer_id == self.user.pk]
        theirs = [
            (str(shift.pk), f"{shift_words(shift)}, {shift.officer}")
            for shift in self.shifts
            if shift.officer_id != self.user.pk
        ]
        self._offer("duty", mine, _("Choose a shift"))
        self._offer("colleague", self._others(), _("Choose a colleague"))
        self._offer("in_return", theirs, _("Nothing"))


def shift_words(shift: Duty) -> str:
    """A shift in a list of choices: "Thứ Sáu 20/11, trực ngoài giờ"."""
    day = wording.local_date(shift.date, style="start") or ""
    return f"{day}, {shift.get_kind_display().lower()}" if shift.kind == Duty.Kind.OUT_OF_HOURS else day
