"""What the day bar shows, in words. Every bar is shown with one of these sentences, and the sentence alone is enough.

`hours` is the person's time format, "24" or "12". The language is the active one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from core import wording
from issues.clocks.clock_view import ClockView

# Icon beside the short words, by state; a clock that simply runs has none.
ICONS = {"soon": "alarm", "late": "exclamation-triangle-fill", "paused": "pause-fill", "done": "check-lg"}
_LONG_IN_DAYS = 2  # from so many working days on, a time is given in days
_AT_ONCE = timedelta(minutes=1)  # less than this is not worth a number


@dataclass(frozen=True)
class ClockWords:
    """The words of one clock."""

    view: ClockView
    hours: str = "24"

    @property
    def headline(self) -> str:
        """The one thing to know: "Còn 3 giờ 40 phút làm việc"."""
        view = self.view
        match view.state:
            case "late":
                return _("Overdue by {time}").format(time=self.duration(view.overdue))
            case "paused":
                return _("The clock has been paused since {moment}").format(moment=self._short(view.pauses[-1][0]))
            case "done" if view.met is None:
                return _("The clock has ended")
            case "done":
                if view.used < _AT_ONCE:
                    return _("Answered immediately")
                return _("Answered after {time}").format(time=self.duration(view.used))
            case "promise":
                return _("Answer before {moment}").format(moment=self.moment(view.due_at))
        return _("{time} of working time left").format(time=self.duration(view.left))

    @property
    def detail(self) -> str:
        """What follows it: the due time, what was used, what comes next."""
        view = self.view
        match view.state:
            case "paused" if view.left < timedelta():
                return _("It was overdue by {time} when it stopped.").format(time=self.duration(view.overdue))
            case "paused":
                return _("{time} are left when the enterprise answers.").format(time=self.duration(view.left))
            case "done":
                return self._outcome()
            case "promise":
                return self._promise()
        due = _("Due {moment}.").format(moment=self.moment(view.due_at))
        return f"{due} {self._spent()}"

    @property
    def sentence(self) -> str:
        """Headline and due time as one sentence, for a line of text."""
        if self.view.due_at is None or self.view.state in ("promise", "done"):
            return f"{self.headline}. {self.detail}".strip(". ") if self.view.state == "paused" else self.headline
        return _("{headline}, due {moment}").format(headline=self.headline, moment=self.moment(self.view.due_at))

    @property
    def story(self) -> str:
        """Everything else that the drawing shows, for those who do not see it."""
        view = self.view
        parts = [] if view.state == "promise" else [_("Received {moment}.").format(moment=self.moment(view.started_at))]
        for began, ended in view.pauses:
            if ended is None:
                parts.append(_("Paused since {moment}.").format(moment=self.moment(began)))
            else:
                text = _("Paused from {start} to {end}.")
                parts.append(text.format(start=self.moment(began), end=self.moment(ended)))
        if view.was_due_at is not None:
            parts.append(_("Due before that: {moment}.").format(moment=self.moment(view.was_due_at)))
        if view.due_at is not None and view.state in ("done", "late"):
            parts.append(_("Due {moment}.").format(moment=self.moment(view.due_at)))
        if view.stopped_at is not None and view.met is not None:
            parts.append(_("Answered {moment}.").format(moment=self.moment(view.stopped_at)))
        else:
            parts.append(_("Now it is {time}.").format(time=self._short(view.now)))
        return " ".join(parts)

    @property
    def brief(self) -> str:
        """For a row of a list: "còn 2 giờ 10", "quá 5 giờ 50", "dừng, còn 4 giờ 40", "sau 2 giờ 11"."""
        view = self.view
        match view.state:
            case "late":
                return _("{time} overdue").format(time=self.duration(view.overdue, brief=True))
            case "paused" if view.left < timedelta():
                return _("paused, {time} overdue").format(time=self.duration(view.overdue, brief=True))
            case "paused":
                return _("paused, {time} left").format(time=self.duration(view.left, brief=True))
            case "done" if view.met is None:
                return _("ended")
            case "done":
                if view.used < _AT_ONCE:
                    return _("immediately")
                return _("after {time}").format(time=self.duration(view.used, brief=True))
        return _("{time} left").format(time=self.duration(view.left, brief=True))

    @property
    def brief_due(self) -> str:
        """The due time of a row, or the time of the answer: "17:30", "T5 09:30"; empty while paused."""
        at = self.view.stopped_at or self.view.due_at
        return wording.local_moment(at, now=self.view.now, clock=self.hours, brief=True) or ""

    @property
    def icon(self) -> str:
        return "" if self.view.state == "done" and self.view.met is None else ICONS.get(self.view.state, "")

    def moment(self, at: datetime | None) -> str:
        """Time and day as people say it."""
        return wording.local_moment(at, now=self.view.now, clock=self.hours) or ""

    def duration(self, time: timedelta, *, brief: bool = False) -> str:
        """Working time in words; in days from two working days on."""
        day_minutes = self.view.day_minutes
        in_days = abs(time) >= timedelta(minutes=_LONG_IN_DAYS * day_minutes)
        return wording.duration(time, day_minutes=day_minutes if in_days else None, brief=brief) or ""

    def _short(self, at: datetime) -> str:
        """The time of day alone where the day is today's."""
        if self.view.calendar.local_date(at) == self.view.calendar.local_date(self.view.now):
            return wording.local_time(at, clock=self.hours) or ""
        return self.moment(at)

    def _spent(self) -> str:
        view = self.view
        if view.paused_total:
            text = _("{used} used, {paused} paused.")
            return text.format(used=self.duration(view.used), paused=self.duration(view.paused_total))
        return _("{used} used.").format(used=self.duration(view.used))

    def _outcome(self) -> str:
        view = self.view
        if view.met is None:
            return _("It ended without an answer; {used} of working time had been used.").format(
                used=self.duration(view.used)
            )
        if view.met:
            return _("{time} earlier than promised.").format(time=self.duration(view.left))
        return _("{time} later than promised.").format(time=self.duration(view.overdue))

    def _promise(self) -> str:
        view = self.view
        if view.cutoff_at is not None:
            text = _("{time} of working time left, if you file before {moment}.")
            return text.format(time=self.duration(view.left), moment=self._short(view.cutoff_at))
        if not view.calendar.is_open(view.now):
            opening = self.moment(view.calendar.next_opening(view.now))
            return _("Outside working hours; the clock starts at {moment}.").format(moment=opening)
        return _("{time} of working time until then.").format(time=self.duration(view.left))
