"""What can be done on the page of a roster: each name of a form with its action and what it says when done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Agency
from core.errors import NotVisible
from issues.actions import roster, roster_absences, roster_swaps
from issues.actor import Actor
from issues.models import DutySwap
from issues.web import undo
from issues.web.roster_forms import AbsenceForm, AbsenceOfOthersForm, AssignForm, RosterForm, SwapForm

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Done:
    """What to say, how it is undone (a kind of issues.web.undo), and where to go on where not back to the page."""

    sentence: str
    undo: str = ""
    what: dict[str, Any] = field(default_factory=dict)
    following: str = ""
    left_out: tuple[str, ...] = ()

    def say(self, request: HttpRequest) -> None:
        """Put it into the messages."""
        if self.undo:
            undo.offer(request, self.sentence, self.undo, **self.what)
        else:
            messages.success(request, self.sentence)
        for sentence in self.left_out:
            messages.info(request, sentence)


def _assign(agency: Agency, actor: Actor, values: Values) -> Done:
    made = roster.assign(
        agency=agency, actor=actor, officer=values.get("officer"), day=values.get("day"), kind=values.get("kind")
    )
    sentence = _("{officer} is on duty.").format(officer=made.officer)
    return Done(sentence, "duties_made", {"agency": agency.pk, "duties": [[made.pk, made.officer_id]]})


def _remove(agency: Agency, actor: Actor, values: Values) -> Done:
    gone = roster.remove(agency=agency, actor=actor, duty=values.get("duty"))
    what = {"agency": agency.pk, "officer": gone.officer_id, "day": gone.date.isoformat(), "kind": gone.kind}
    return Done(_("{officer} is off duty.").format(officer=gone.officer), "duty_removed", what)


def _copy(agency: Agency, actor: Actor, values: Values) -> Done:
    copied = roster.copy_week(agency=agency, actor=actor, monday=values.get("monday"))
    number = len(copied.made)
    sentence = ngettext("{n} shift was copied.", "{n} shifts were copied.", number).format(n=number)
    what = {"agency": agency.pk, "duties": [[duty.pk, duty.officer_id] for duty in copied.made]}
    left_out = tuple(_("Skipped: {reason}").format(reason=reason) for reason in copied.left_out)
    return Done(sentence, "duties_made" if copied.made else "", what, left_out=left_out)


def _absence(agency: Agency, actor: Actor, values: Values) -> Done:
    entered = roster_absences.enter_absence(
        agency=agency,
        actor=actor,
        **{name: values.get(name) for name in ("officer", "first_day", "last_day", "stand_in", "note")},
    )
    following = ""
    if values.get("hand_over"):
        query: dict[str, str | int] = {"agency": agency.code, "officer": entered.officer_id}
        if entered.stand_in is not None:
            query["to"] = entered.stand_in.email
        following = f"{reverse('issues:handover')}?{urlencode(query)}"
    what = {"agency": agency.pk, "absence": entered.pk}
    return Done(_("The absence of {officer} is entered.").format(officer=entered.officer), "absence", what, following)


def _end_absence(agency: Agency, actor: Actor, values: Values) -> Done:
    ended = roster_absences.end_absence(agency=agency, actor=actor, absence=values.get("absence"))
    return Done(_("The absence of {officer} has ended.").format(officer=ended.officer))


def _swap(agency: Agency, actor: Actor, values: Values) -> Done:
    swap = roster_swaps.ask_swap(
        agency=agency, actor=actor, **{name: values.get(name) for name in ("duty", "colleague", "in_return", "note")}
    )
    return Done(_("{officer} is asked.").format(officer=swap.asked_of))


def _on_swap(action: Callable[..., DutySwap], sentence: Callable[[], str]) -> Callable[[Agency, Actor, Values], Done]:
    def run(agency: Agency, actor: Actor, values: Values) -> Done:
        text = str(values.get("swap") or "")
        known = text.isascii() and text.isdecimal()
        swap = DutySwap.objects.filter(duty__agency=agency, pk=int(text[:18])).first() if known else None
        if swap is None:
            raise NotVisible(_("There is no such swap."))
        action(swap=swap, actor=actor)
        return Done(sentence())

    return run


COMMANDS: Mapping[str, Callable[[Agency, Actor, Values], Done]] = {
    "assign": _assign,
    "remove": _remove,
    "copy": _copy,
    "absence": _absence,
    "absence_of_others": _absence,
    "end_absence": _end_absence,
    "swap": _swap,
    "accept_swap": _on_swap(roster_swaps.accept_swap, lambda: _("The shift is yours.")),
    "decline_swap": _on_swap(roster_swaps.decline_swap, lambda: _("Declined.")),
    "withdraw_swap": _on_swap(roster_swaps.withdraw_swap, lambda: _("The request is withdrawn.")),
}


@dataclass(frozen=True)
class Shown:
    """A form of the page, and who gets it: people who edit the roster, members, or members who do not edit it."""

    form: type[RosterForm]
    audience: str

    def offered(self, *, may_edit: bool, is_member: bool) -> bool:
        return {"editors": may_edit, "members": is_member, "officers": is_member and not may_edit}[self.audience]


FORMS: Mapping[str, Shown] = {
    "assign": Shown(AssignForm, "editors"),
    "swap": Shown(SwapForm, "members"),
    "absence": Shown(AbsenceForm, "officers"),
    "absence_of_others": Shown(AbsenceOfOthersForm, "editors"),
}
