"""Why a due time is what it is, one sentence a step, in Vietnamese and English.

The steps are those of issues.sla (`Deadline.steps`), or the same as the event log keeps them (instants and dates as
ISO text, working time as whole minutes); and short_pause {at, end}, a pause that moved nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import wording
from issues.clocks import calendars
from issues.models import Extension, TicketEvent
from issues.sla import Step

_MOMENTS = ("at", "due", "end")
_SPANS = ("left", "minimum", "time")
_NAMED = 2  # holidays in a row that are all named


def explain_steps(
    steps: Iterable[Step | Mapping[str, Any]],
    language: str | None = None,
    *,
    hours: str = "24",
    calendar_id: int | None = None,
    extended: bool = False,
    dated: bool = False,
) -> list[str]:
    """The sentences of a deadline's steps; consecutive closed days share one.

    `language` is "vi" or "en", by default the active one; `hours` the person's time format, "24" or "12"; of the
    calendar, the reasons of closed days are named. `extended`: the working time is that which a leader granted.
    `dated`: every time with its date and zone, for a mail. Raises ValueError for a step that is none.
    """
    with translation.override(language) if language else nullcontext():
        return list(_Sentences(hours, calendar_id, extended=extended, dated=dated).of([_read(step) for step in steps]))


def explain_extension(extension: Extension, *, hours: str = "24") -> str:
    """How a granted extension moved the due time, with its reason."""
    words = _Sentences(hours)
    if extension.as_complex:
        text = _("A leader granted treatment as a complex case, from {old} to {new}: {reason}")
    else:
        text = _("A leader granted more time, from {old} to {new}: {reason}")
    return text.format(
        old=words.moment(extension.old_due_at), new=words.moment(extension.new_due_at), reason=extension.reason
    )


def explain_recomputed(event: TicketEvent, *, hours: str = "24") -> str:
    """How a calendar edit, or an agency of other hours, moved the due time (`clock.recomputed`)."""
    words, data = _Sentences(hours), event.data
    if data.get("paused"):
        text = _("{moment}: working hours changed; the clock is paused and will count {new} instead of {old}.")
    elif data.get("cause") == "agency":
        text = _("{moment}: an agency with other working hours became responsible; due {new} instead of {old}.")
    else:
        text = _("{moment}: the working calendar was corrected; due {new} instead of {old}.")
    old, new = (parse_datetime(data[name] or "") for name in ("old_due_at", "new_due_at"))
    return text.format(moment=words.moment(event.at), old=words.moment(old), new=words.moment(new))


def _read(step: Step | Mapping[str, Any]) -> Step:
    if isinstance(step, Step):
        return step
    params = {name: _value(name, value) for name, value in step.items() if name != "code"}
    return Step(str(step.get("code", "")), params)


def _value(name: str, value: Any) -> Any:
    if name in _MOMENTS and isinstance(value, str):
        return parse_datetime(value)
    if name == "date" and isinstance(value, str):
        return parse_date(value)
    if name in _SPANS and isinstance(value, int | float):
        return timedelta(minutes=value)
    return value


class _Sentences:
    def __init__(
        self, hours: str, calendar_id: int | None = None, *, extended: bool = False, dated: bool = False
    ) -> None:
        self._hours, self._calendar_id, self._extended, self._dated = hours, calendar_id, extended, dated

    def of(self, steps: Sequence[Step]) -> Iterator[str]:
        codes = {step.code for step in steps}
        for code, group in groupby(steps, key=lambda step: step.code):
            if code == "closed_day":
                yield from self._closed([step.params["date"] for step in group])
                continue
            for step in group:
                yield self._sentence(step.code, step.params, codes)

    def _sentence(self, code: str, params: Mapping[str, Any], codes: set[str]) -> str:
        match code:
            case "received":
                return _("Received {moment}.").format(moment=self.moment(params["at"]))
            case "due" | "kept":
                return self._due(code, codes).format(moment=self.moment(params["at"]))
            case "left_today" | "too_little_left":
                return self._left(code, params["left"], params["minimum"])
            case "next_working_day":
                return _("The next working day is {day}.").format(day=self._day(params["date"]))
            case "working_time":
                return self._working_time(params["time"])
            case "working_days":
                return self._working_days(params["days"], params["date"])
            case "short_pause":
                text = _(
                    "{moment}: the enterprise was asked, and answered {end}. Because it was so soon, nothing moves."
                )
                return text.format(moment=self.moment(params["at"]), end=self.moment(params["end"]))
            case "paused" | "resumed":
                return self._pause(code, params)
        raise ValueError(f"{code!r} is not a step of a deadline.")

    def _due(self, code: str, codes: set[str]) -> str:
        if code == "kept":
            return _("A time that was promised or granted is never shortened: the answer is due {moment}.")
        if "paused" in codes:
            return _("So it was first due {moment}.")
        if "kept" in codes:
            return _("By these hours alone it would be due {moment}.")
        return _("So the answer is due {moment}.")

    def _left(self, code: str, left: timedelta, minimum: timedelta) -> str:
        if code == "too_little_left" and not left:
            return _("The working time of that day was over.")
        if code == "too_little_left":
            text = _("Only {left} of working time was left that day, less than the {minimum} that are needed.")
        elif not minimum:
            text = _("{left} of working time was left that day.")
        else:
            text = _("{left} of working time was left that day, at least the {minimum} that are needed.")
        return text.format(left=self._span(left), minimum=self._span(minimum))

    def _working_time(self, time: timedelta) -> str:
        if self._extended:
            text = _("With the time that a leader granted, {time} of working time is given from receipt.")
        else:
            text = _("{time} of working time is given from receipt.")
        return text.format(time=self._span(time))

    def _working_days(self, days: int, day: date) -> str:
        text = ngettext(
            "{days} working day after the day of receipt is {day}.",
            "{days} working days after the day of receipt is {day}.",
            days,
        )
        return text.format(days=days, day=self._day(day))

    def _pause(self, code: str, params: Mapping[str, Any]) -> str:
        moment = self.moment(params["at"])
        if code == "resumed":
            text = _("{moment}: the clock resumed; the answer is due {due}.")
            return text.format(moment=moment, due=self.moment(params["due"]))
        if params.get("overdue"):
            return _("{moment}: the clock stopped, when the time had run out already.").format(moment=moment)
        text = _("{moment}: the clock stopped with {left} of working time left.")
        return text.format(moment=moment, left=self._span(params["left"]))

    def _closed(self, days: Sequence[date]) -> Iterator[str]:
        runs: list[list[date]] = []
        for day in days:
            if runs and (day - runs[-1][-1]).days == 1:
                runs[-1].append(day)
            else:
                runs.append([day])
        for run in runs:
            if len(run) == 1:
                said = _("{day} is not a working day").format(day=_capital(self._day(run[0])))
            else:
                text = _("{first} to {last} are not working days")
                said = text.format(first=_capital(self._day(run[0])), last=self._day(run[-1]))
            why = self._reasons(run)
            yield f"{said} ({why})." if why else f"{said}."

    def _reasons(self, days: Sequence[date]) -> str:
        """The holidays among closed days; of many, the first and the last."""
        if self._calendar_id is None:
            return ""
        language = "en" if (translation.get_language() or "vi").startswith("en") else "vi"
        found = [calendars.closed_because(self._calendar_id, day, language) for day in days]
        names = list(dict.fromkeys(filter(None, found)))
        if len(names) > _NAMED:
            return _("{first} to {last}").format(first=names[0], last=names[-1])
        return ", ".join(names)

    def moment(self, at: datetime | None) -> str:
        """Time and weekday; never "today", since the sentence is read later too."""
        if at is None:
            return wording.blank()
        if self._dated:
            return wording.dated_moment(at, clock=self._hours) or ""
        return f"{wording.local_time(at, clock=self._hours)} {self._day(timezone.localtime(at).date())}"

    def _day(self, day: date) -> str:
        return wording.local_date(day, style="short" if self._dated else "day") or ""

    def _span(self, span: timedelta) -> str:
        return wording.duration(span) or ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
