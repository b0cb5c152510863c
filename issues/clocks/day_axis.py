"""The hours along a day bar that has no ticket: today's axis over the board, the day of the wall."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from core.today import Today

_HOUR = 60
_TOO_NEAR = 0.05  # of the day's width: a label there would touch the needle or its neighbour
# On the narrow axis of the board the needle carries the time itself, so labels keep further away from it.
_NEAR_NAMED_NEEDLE, _EDGE_NEAR_NAMED_NEEDLE = 0.15, 0.23


@dataclass(frozen=True)
class HourMark:
    """One label; `position` is 0 to 1."""

    position: float
    label: str
    edge: str = ""  # "first" and "last" keep inside of the axis


def opening_marks(today: Today, hours: str = "24") -> list[HourMark]:
    """Every opening and closing, without those under the needle and its time."""
    minutes = [minute for period in today.periods for minute in period]
    kept = []
    for minute in minutes:
        position = today.position(minute)
        edge = {minutes[0]: "first", minutes[-1]: "last"}.get(minute, "")
        if abs(position - today.fraction) >= (_EDGE_NEAR_NAMED_NEEDLE if edge else _NEAR_NAMED_NEEDLE):
            kept.append(HourMark(position, _label(minute, hours), edge))
    return kept


def hour_marks(today: Today, hours: str = "24") -> list[HourMark]:
    """Every opening and closing with the full hours from an opening on."""
    minutes: list[int] = []
    for opening, closing in today.periods:
        minutes += [*range(opening, closing - _HOUR // 2, _HOUR), closing]
    return _clear(today, minutes, hours)


def position_of(today: Today, at: datetime) -> float | None:
    """Where an instant lies on today's bar; None on another day. Outside of working hours it sticks to the edge."""
    local = timezone.localtime(at)
    if local.date() != today.now.date() or not today.periods:
        return None
    return today.position(local.hour * 60 + local.minute)


def _clear(today: Today, minutes: list[int], hours: str) -> list[HourMark]:
    """Labels that touch neither each other nor the needle; the two ends always stay."""
    if not minutes:
        return []
    ends = (minutes[0], minutes[-1])
    kept: list[HourMark] = []
    for minute in minutes:
        position = today.position(minute)
        near_needle = today.fraction not in (0.0, 1.0) and abs(position - today.fraction) < _TOO_NEAR
        crowded = bool(kept) and position - kept[-1].position < _TOO_NEAR
        if minute in ends or not (near_needle or crowded):
            kept.append(HourMark(position, _label(minute, hours)))
    return kept


def _label(minute: int, hours: str) -> str:
    hour, rest = divmod(minute, 60)
    shown = f"{hour % 12 or 12}" if hours == "12" else f"{hour:02d}"
    return f"{shown}:{rest:02d}" if rest else shown
