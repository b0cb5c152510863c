"""What happened to a clock, one sentence per type of event; parts of `event_sentences`."""

from collections.abc import Callable, Mapping

from django.utils.html import format_html
from django.utils.translation import gettext as _

from issues.models import ClockKind
from issues.sentences.event_reading import Reading, Sentence

_NAMES: Mapping[str, Callable[[], str]] = {
    ClockKind.RESOLUTION: lambda: _("the answer"),
    ClockKind.RESPONSE: lambda: _("the first response"),
    ClockKind.ACCEPTANCE: lambda: _("the acceptance"),
    ClockKind.CONSULTATION: lambda: _("the opinion asked for"),
}


def timer(r: Reading) -> Sentence:
    clock = _NAMES[r.data["clock"]]()
    if r.data["level"]:
        text = _("{percent} % of the time for {clock} is used up. Reported to the leader, level {level}")
        return Sentence(format_html(text, percent=min(r.data["percent"], 150), clock=clock, level=r.data["level"]))
    if r.data["percent"] < 75:
        text = _("{percent} % of the time for {clock} is used up. The officer in charge was reminded")
    else:
        text = _("{percent} % of the time for {clock} is used up. The head of the agency was warned")
    return Sentence(format_html(text, percent=r.data["percent"], clock=clock))


def breached(r: Reading) -> Sentence:
    text = _("The time for {clock} has run out; it was due {due}")
    return Sentence(format_html(text, clock=_NAMES[r.data["clock"]](), due=r.due("due_at")))


def recomputed(r: Reading) -> Sentence:
    by_agency = r.data.get("cause") == "agency"
    if r.data.get("paused") and by_agency:
        text = _(
            "The new agency has other working hours: the time for {clock} is paused and based on {new} instead of {old}"
        )
    elif r.data.get("paused"):
        text = _("The working calendar changed: the time for {clock} is paused and based on {new} instead of {old}")
    elif by_agency:
        text = _("The new agency has other working hours: {clock} is due {new} instead of {old}")
    else:
        text = _("The working calendar changed: {clock} is due {new} instead of {old}")
    clock = _NAMES[r.data["clock"]]()
    return Sentence(format_html(text, clock=clock, new=r.due("new_due_at"), old=r.due("old_due_at")))
