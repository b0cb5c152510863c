"""Time limits in words, read from where they are set each time: no sentence repeats a number of the settings.

Texts that editors write name a limit in braces, such as {acceptance}; pages fill it in (`fill_in`).
"""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import wording
from issues import policies
from issues.clocks.clocks import target_for
from issues.models import ClockKind, Ticket, TicketKind
from issues.sentences.target_words import say_target
from issues.sla import SameDay, Target, WorkingDays, WorkingTime

_NAME = re.compile(r"\{([a-z_]+)\}")


def reopening_time() -> str:
    """For how long an enterprise may reopen after the answer: “10 working days”."""
    return say_target(WorkingDays(policies.REOPEN_WITHIN_WORKING_DAYS))


def silence_time() -> str:
    """After how long without a word an answered proposal is closed: “5 working days”."""
    return say_target(WorkingDays(policies.CLOSE_AFTER_WORKING_DAYS))


def acceptance_time(ticket: Ticket) -> str:
    """Within which time the lead agency accepts this ticket: “30 minutes of working time”."""
    return say_target(target_for(ClockKind.ACCEPTANCE, ticket))


def answer_rule() -> str:
    """When an ordinary proposal is answered, as a whole sentence."""
    target = _of_clock(ClockKind.RESOLUTION)
    if not isinstance(target, SameDay):
        return _("A proposal is answered within {time}.").format(time=say_target(target))
    if not target.minimum:
        return _("A proposal is answered before closing time on the day of filing, or on the next working day.")
    return _(
        "A proposal is answered before closing time if at least {time} of working time is left when it is filed; "
        "otherwise before closing time of the next working day."
    ).format(time=wording.duration(target.minimum))


def short_pause_rule() -> str:
    """Which question moves no time limit, as a whole sentence."""
    minutes = settings.TN_PAUSE_GRACE_MINUTES
    if not minutes:
        return _("Every question stops the clock until it is answered.")
    return _("A question that is answered within {time} of working time moves nothing.").format(
        time=wording.duration(timedelta(minutes=minutes))
    )


def fill_in(text: str) -> str:
    """The text with each limit that it names in braces; other braces stay. In the active language."""
    return _NAME.sub(lambda found: LIMITS[found[1]]() if found[1] in LIMITS else found[0], text)


def _returns() -> str:
    number = policies.RETURNS_BEFORE_COORDINATOR
    return ngettext("{n} return", "{n} returns", number).format(n=number)


def _of_clock(clock: ClockKind, kind: TicketKind = TicketKind.DIFFICULTY) -> Target:
    """Of a ticket of no category."""
    return target_for(clock, Ticket(kind=kind))


def _short(target: Target) -> str:
    """Without saying that working time is meant: “30 minutes”, “10 days”."""
    match target:
        case WorkingTime(time):
            return wording.duration(time) or ""
        case WorkingDays(days):
            return wording.duration(timedelta(days=days), day_minutes=24 * 60) or ""
    return say_target(target)


# What a text of the site may name in braces.
LIMITS: Mapping[str, Callable[[], str]] = {
    "answer_rule": answer_rule,
    "acceptance": lambda: say_target(_of_clock(ClockKind.ACCEPTANCE)),
    "acceptance_short": lambda: _short(_of_clock(ClockKind.ACCEPTANCE)),
    "first_response": lambda: say_target(_of_clock(ClockKind.RESPONSE)),
    "first_response_short": lambda: _short(_of_clock(ClockKind.RESPONSE)),
    "complex": lambda: say_target(_of_clock(ClockKind.RESOLUTION, TicketKind.COMPLEX)),
    "reopening": reopening_time,
    "reopening_short": lambda: _short(WorkingDays(policies.REOPEN_WITHIN_WORKING_DAYS)),
    "short_pause_rule": short_pause_rule,
    "silence": silence_time,
    "returns": _returns,
}
