"""What happened to a roster, one sentence per kind of entry: for the log on its page, notifications and mail."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import wording
from issues.models import Duty, RosterEntry

K = RosterEntry.Kind


def sentence_of(entry: RosterEntry) -> str:
    """The sentence of an entry in the active language; KeyError for a kind that has none (a test walks through all)."""
    return _SENTENCES[K(entry.kind)]({**entry.data, "who": entry.actor_name or _("The system")})


def day_words(text: str) -> str:
    """A day of the data in words, with its weekday."""
    return wording.local_date(date.fromisoformat(text), style="day") or ""


def _turn(text: Callable[[], str], after: Callable[[], str]) -> Callable[[Mapping[str, Any]], str]:
    """One text for working hours, one for the hours outside of them."""

    def say(data: Mapping[str, Any]) -> str:
        chosen = after() if data["turn"] == Duty.Kind.OUT_OF_HOURS else text()
        return chosen.format(**{**data, "day": day_words(data["day"])})

    return say


def _copied(data: Mapping[str, Any]) -> str:
    text = ngettext(
        "{who} copied {shifts} shift into the week of {week}",
        "{who} copied {shifts} shifts into the week of {week}",
        data["turns"],
    )
    return text.format(who=data["who"], shifts=data["turns"], week=_short(data["week"]))


def _swap_asked(data: Mapping[str, Any]) -> str:
    text = _("{officer} asks {colleague} to take the duty of {day}")
    if data["return_day"]:
        text = _("{officer} asks {colleague} to swap: the duty of {day} for that of {return_day}")
    return _swap(text, data)


def _swap_accepted(data: Mapping[str, Any]) -> str:
    text = _("{colleague} takes the duty of {day} from {officer}")
    if data["return_day"]:
        text = _("{colleague} takes the duty of {day} from {officer}, who takes that of {return_day}")
    return _swap(text, data)


def _swap(text: str, data: Mapping[str, Any]) -> str:
    return_day = day_words(data["return_day"]) if data["return_day"] else ""
    return text.format(**{**data, "day": day_words(data["day"]), "return_day": return_day})


def _absent(data: Mapping[str, Any]) -> str:
    text = _("{who} entered: {officer} is absent from {first} to {last}")
    if data["stand_in"]:
        text = _("{who} entered: {officer} is absent from {first} to {last}, substitute: {stand_in}")
    return text.format(**{**data, "first": _short(data["first"]), "last": _short(data["last"])})


def _back(data: Mapping[str, Any]) -> str:
    text = _("{who} ended the absence of {officer} ({first} to {last})")
    return text.format(**{**data, "first": _short(data["first"]), "last": _short(data["last"])})


def _handed_over(data: Mapping[str, Any]) -> str:
    text = ngettext(
        "{who} handed {n} open ticket of {officer} over to {colleague}",
        "{who} handed {n} open tickets of {officer} over to {colleague}",
        len(data["codes"]),
    )
    return text.format(**{**data, "n": len(data["codes"])})


def _short(text: str) -> str:
    return wording.local_date(date.fromisoformat(text), style="short") or ""


_SENTENCES: Mapping[K, Callable[[Mapping[str, Any]], str]] = {
    K.ASSIGNED: _turn(
        lambda: _("{who} put {officer} on duty on {day}"),
        lambda: _("{who} put {officer} on out-of-hours duty on {day}"),
    ),
    K.REMOVED: _turn(
        lambda: _("{who} took {officer} off duty on {day}"),
        lambda: _("{who} took {officer} off out-of-hours duty on {day}"),
    ),
    K.COPIED: _copied,
    K.SWAP_ASKED: _swap_asked,
    K.SWAP_ACCEPTED: _swap_accepted,
    K.SWAP_DECLINED: lambda data: _swap(_("{colleague} cannot take the duty of {day} from {officer}"), data),
    K.SWAP_WITHDRAWN: lambda data: _swap(
        _("{officer} withdrew the request that {colleague} take the duty of {day}"), data
    ),
    K.ABSENT: _absent,
    K.BACK: _back,
    K.HANDED_OVER: _handed_over,
}
