"""A time limit as a sentence, and which of several rows takes precedence."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import wording
from issues.models import Category, ClockKind, TargetSetting, TicketKind
from issues.sla import SameDay, Target, WorkingDays, WorkingTime, target_from_dict


def say_target(target: Target) -> str:
    """“same day, at least 2 h left”, “1 h of working time”, “5 working days”."""
    match target:
        case SameDay(minimum) if minimum:
            return _("the same day, if at least {time} of working time is left").format(time=wording.duration(minimum))
        case SameDay():
            return _("the same day")
        case WorkingTime(time):
            return _("{time} of working time").format(time=wording.duration(time))
        case WorkingDays(days):
            return ngettext("{days} working day", "{days} working days", days).format(days=days)
    raise TypeError(f"{target!r} is not a target")


def say_scope(setting: TargetSetting) -> str:
    """“Answer: Difficulty or obstacle, Tax”; what a row leaves open is said too."""
    kind = str(TicketKind(setting.kind).label) if setting.kind else _("every kind")
    category = str(Category(setting.category).label) if setting.category else _("every category")
    return f"{ClockKind(setting.clock).label}: {kind}, {category}"


def say_setting(setting: TargetSetting) -> str:
    """The whole row as a sentence."""
    return f"{say_scope(setting)}: {say_target(target_from_dict(setting.target))}"


def overridden_by(setting: TargetSetting, others: Iterable[TargetSetting]) -> list[TargetSetting]:
    """The rows that take precedence over this one for some tickets, the first one first."""
    stronger = [
        other
        for other in others
        if other.clock == setting.clock
        and other.specificity > setting.specificity
        and other.kind in ("", setting.kind or other.kind)
        and other.category in ("", setting.category or other.category)
    ]
    return sorted(stronger, key=lambda row: row.specificity, reverse=True)
