"""The steps of a deadline, and their rendering in plain English."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import Any, NamedTuple

# Not strftime: its names follow the locale of the process.
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE = timedelta(minutes=1)


class Step(NamedTuple):
    """One step of the reasoning; the codes and their parameters:

    received {at}; left_today {left, minimum}; too_little_left {left, minimum}; closed_day {date, kind} with the kind
    of rule that closes it: weekly, closed or special; next_working_day {date}; working_time {time};
    working_days {days, date}; due {at}; paused {at, left, overdue}; resumed {at, due}; kept {at}.
    """

    code: str
    params: Mapping[str, Any]


def explain(steps: Sequence[Step], zone: tzinfo) -> list[str]:
    """One sentence a step, times to the minute in `zone`; consecutive closed days share a sentence.

    The year is named only where it differs from the year of receipt.
    """
    year = next((step.params["at"].astimezone(zone).year for step in steps if step.code == "received"), None)
    words = _Words(zone, year)
    lines: list[str] = []
    for code, group in groupby(steps, key=lambda step: step.code):
        if code == "closed_day":
            lines += words.closed_days([step.params["date"] for step in group])
        else:
            lines += [words.sentence(code, step.params) for step in group]
    return lines


class _Words:
    def __init__(self, zone: tzinfo, year: int | None) -> None:
        self._zone = zone
        self._year = year

    def sentence(self, code: str, params: Mapping[str, Any]) -> str:
        match code:
            case "received" | "due":
                return f"{code} {self._moment(params['at'])}"
            case "left_today":
                return f"{_working(params['left'])} left that day"
            case "too_little_left" if params["left"]:
                return f"less than {_working(params['minimum'])} left that day"
            case "too_little_left":
                return "no working time left that day"
            case "next_working_day":
                return f"the next working day is {self._day(params['date'])}"
            case "working_time":
                return f"{_working(params['time'])} from receipt"
            case "working_days" if params["days"] == 1:
                return f"1 working day after receipt is {self._day(params['date'])}"
            case "working_days":
                return f"{params['days']} working days after receipt is {self._day(params['date'])}"
            case "kept":
                return f"not due before {self._moment(params['at'])}, which was promised or granted"
            case "paused":
                left = "when the time had run out" if params["overdue"] else f"{_working(params['left'])} left"
                return f"paused {self._moment(params['at'])}{', ' if params['overdue'] else ' with '}{left}"
            case "resumed":
                return f"resumed {self._moment(params['at'])}, due {self._moment(params['due'])}"
        raise ValueError(f"{code!r} is not a step of a deadline.")

    def closed_days(self, days: list[date]) -> list[str]:
        runs: list[list[date]] = []
        for day in days:
            if runs and (day - runs[-1][-1]).days == 1:
                runs[-1].append(day)
            else:
                runs.append([day])
        return [
            f"{self._day(run[0])} is closed"
            if len(run) == 1
            else f"{self._day(run[0])} to {self._day(run[-1])} are closed"
            for run in runs
        ]

    def _day(self, day: date) -> str:
        text = f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
        return text if day.year == self._year else f"{text} {day.year}"

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        return f"{self._day(local.date())} {local:%H:%M}"


def _working(time: timedelta) -> str:
    if timedelta(0) < time < _MINUTE:
        return "less than a working minute"
    hours, minutes = divmod(time // _MINUTE, 60)
    if not hours:
        return f"{minutes} working {_plural(minutes, 'minute')}"
    if not minutes:
        return f"{hours} working {_plural(hours, 'hour')}"
    return f"{hours} h {minutes} min of working time"


def _plural(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"
