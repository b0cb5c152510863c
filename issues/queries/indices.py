"""The published indices, from the event log alone (design §1): anybody who has the log can compute them again.

Each index has its definition beside it, in DEFINITIONS. A share of fewer than five cases is not given, only the
counts: one case would change it too much.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.core.cache import cache
from django.db.models import Max
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from issues.clocks import calendars
from issues.models import TicketEvent

FEWEST = 5
WORKING_DAYS = 10
BUCKETS = (60, 120, 180, 240, 300, 360, 480)  # upper limits in working minutes; the last bucket is open
SATISFIED_FROM = 4
_KEPT = 300  # seconds: an edited calendar shows by then
_TYPES = (
    "ticket.submitted",
    "ticket.resolved",
    "ticket.reopened",
    "ticket.rated",
    "ticket.confirmed",
    "ticket.closed_unconfirmed",
    "extension.decided",
)

DEFINITIONS = {
    "same_day": _(
        "Answers sent before the first promised time, divided by all answers of the period. The promise is the same "
        "working day, or the next one where too little of it was left. An extension does not make a late answer count "
        "as in time."
    ),
    "median_minutes": _(
        "Working time from receipt to answer, without the time in which the enterprise was asked. Half of the answers "
        "came faster than this."
    ),
    "reopened": _("Answers after which the enterprise reopened the proposal, divided by all answers of the period."),
    "satisfaction": _("The enterprises’ own marks, 1 to 5. Silence is “unconfirmed” and never counts as satisfied."),
}


@dataclass(frozen=True)
class Rate:
    """`part` of `whole` cases."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """0 to 1; None where fewer than FEWEST cases would make it misleading."""
        return self.part / self.whole if self.whole >= FEWEST else None

    def as_dict(self) -> dict[str, Any]:
        return {"part": self.part, "whole": self.whole, "share": self.share}


@dataclass(frozen=True)
class Period:
    """Whole local days, both ends included."""

    first: date
    last: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """From the first midnight to the one after the last day."""
        return _midnight(self.first), _midnight(self.last + timedelta(days=1))


@dataclass(frozen=True)
class Answer:
    """One answer as the log records it."""

    ticket_id: int
    cycle: int
    at: datetime
    agency: str
    used_minutes: int
    in_time: bool  # before the first promised time

    @property
    def key(self) -> tuple[int, int]:
        return self.ticket_id, self.cycle


@dataclass(frozen=True)
class Satisfaction:
    """What enterprises said of the answers of a period. Together the four counts are all answers."""

    satisfied: int
    dissatisfied: int
    unconfirmed: int
    waiting: int  # not rated; confirmed without a mark, or still within the time to react
    mean: float | None  # None without any mark

    @property
    def ratings(self) -> int:
        return self.satisfied + self.dissatisfied


@dataclass(frozen=True)
class Group:
    """The answers of one day or one agency."""

    key: Any
    in_time: int
    late: int
    median_minutes: int | None

    @property
    def rate(self) -> Rate:
        return Rate(self.in_time, self.in_time + self.late)


@dataclass(frozen=True)
class Indices:
    """All indices of a period. Minutes are working minutes."""

    period: Period
    received: int
    answered: int
    same_day: Rate
    median_minutes: int | None
    reopened: Rate
    satisfaction: Satisfaction
    days: list[Group]  # by date, each working day of the period and any other with an answer
    agencies: list[Group]  # by agency code, most answers first
    buckets: list[int]  # answers by working time used, limits in BUCKETS


def last_working_days(now: datetime, number: int = WORKING_DAYS) -> Period:
    """The last working days of the city's calendar, today included when it is one."""
    calendar = calendars.default_calendar()
    today = calendar.local_date(now)
    day, found = today, int(calendar.is_working_day(today))
    while found < number:
        day -= timedelta(days=1)
        found += calendar.is_working_day(day)
    return Period(day, today)


def month(year: int, number: int) -> Period:
    """A calendar month."""
    first = date(year, number, 1)
    following = date(year + number // 12, number % 12 + 1, 1)
    return Period(first, following - timedelta(days=1))


def indices(period: Period) -> Indices:
    """The indices of a period. Computed once for each state of the log, however many people and screens ask."""
    newest = TicketEvent.objects.aggregate(newest=Max("id"))["newest"] or 0
    key = f"indices:{period.first}:{period.last}:{newest}"
    found: Indices | None = cache.get(key)
    if found is None:
        found = compute(period)
        cache.set(key, found, _KEPT)
    return found


def compute(period: Period) -> Indices:
    """Compute them from the log; two queries."""
    begin, end = period.bounds
    received = TicketEvent.objects.filter(type="ticket.submitted", at__gte=begin, at__lt=end).count()
    log = _Log.read(begin, end)
    answers = log.answers
    return Indices(
        period=period,
        received=received,
        answered=len(answers),
        same_day=Rate(sum(a.in_time for a in answers), len(answers)),
        median_minutes=_median(answers),
        reopened=Rate(sum(a.key in log.reopened for a in answers), len(answers)),
        satisfaction=_satisfaction(log),
        days=_days(period, answers),
        agencies=_agencies(answers),
        buckets=_buckets(answers),
    )


@dataclass(frozen=True)
class _Log:
    answers: list[Answer]
    reopened: set[tuple[int, int]]  # (ticket, cycle) of the answer that did not help
    scores: dict[tuple[int, int], int]
    unconfirmed: set[int]

    @classmethod
    def read(cls, begin: datetime, end: datetime) -> "_Log":
        """The answers of the period with everything that was said of them, until now."""
        answered = TicketEvent.objects.filter(type="ticket.resolved", at__gte=begin, at__lt=end).values("ticket_id")
        events = TicketEvent.objects.filter(ticket_id__in=answered, type__in=_TYPES).order_by("id")
        answers: list[Answer] = []
        reopened: set[tuple[int, int]] = set()
        scores: dict[tuple[int, int], int] = {}
        unconfirmed: set[int] = set()
        first_dues: dict[int, datetime | None] = {}  # by ticket: what was promised before the cycle's first extension
        for ticket_id, type_, at, data in events.values_list("ticket_id", "type", "at", "data"):
            match type_:
                case "extension.decided" if data.get("granted"):
                    first_dues.setdefault(ticket_id, parse_datetime(data.get("old_due_at") or ""))
                case "ticket.resolved":
                    if begin <= at < end:
                        answers.append(_answer(ticket_id, at, data, first_dues.get(ticket_id)))
                case "ticket.reopened":
                    reopened.add((ticket_id, data["cycle"] - 1))
                    first_dues.pop(ticket_id, None)
                case "ticket.rated":
                    scores[ticket_id, data["cycle"]] = data["score"]
                case "ticket.closed_unconfirmed":
                    unconfirmed.add(ticket_id)
        return cls(answers, reopened, scores, unconfirmed)


def _answer(ticket_id: int, at: datetime, data: dict[str, Any], first_due: datetime | None) -> Answer:
    return Answer(
        ticket_id=ticket_id,
        cycle=data["cycle"],
        at=at,
        agency=data["agency"],
        used_minutes=data["used_minutes"],
        in_time=bool(data["in_time"]) and (first_due is None or at <= first_due),
    )


def _satisfaction(log: _Log) -> Satisfaction:
    scores = [log.scores[a.key] for a in log.answers if a.key in log.scores]
    satisfied = sum(score >= SATISFIED_FROM for score in scores)
    silent = [a for a in log.answers if a.key not in log.scores and a.key not in log.reopened]
    unconfirmed = sum(a.ticket_id in log.unconfirmed for a in silent)
    return Satisfaction(
        satisfied=satisfied,
        dissatisfied=len(scores) - satisfied,
        unconfirmed=unconfirmed,
        waiting=len(log.answers) - len(scores) - unconfirmed,
        mean=sum(scores) / len(scores) if scores else None,
    )


def _days(period: Period, answers: list[Answer]) -> list[Group]:
    """Each working day until today, and any other day on which somebody answered."""
    calendar = calendars.default_calendar()
    by_day: dict[date, list[Answer]] = defaultdict(list)
    length = (period.last - period.first).days + 1
    for day in (period.first + timedelta(days=n) for n in range(length)):
        if calendar.is_working_day(day):
            by_day[day] = []
    for answer in answers:
        by_day[timezone.localdate(answer.at)].append(answer)
    return [_group(day, found) for day, found in sorted(by_day.items())]


def _agencies(answers: list[Answer]) -> list[Group]:
    by_code: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_code[answer.agency].append(answer)
    groups = [_group(code, found) for code, found in by_code.items()]
    return sorted(groups, key=lambda group: (-group.rate.whole, -group.in_time, group.key))


def _group(key: Any, answers: list[Answer]) -> Group:
    in_time = sum(answer.in_time for answer in answers)
    return Group(key, in_time, len(answers) - in_time, _median(answers))


def _buckets(answers: Iterable[Answer]) -> list[int]:
    counted = Counter(
        next((n for n, limit in enumerate(BUCKETS) if answer.used_minutes < limit), len(BUCKETS)) for answer in answers
    )
    return [counted[n] for n in range(len(BUCKETS) + 1)]


def _median(answers: Iterable[Answer]) -> int | None:
    used = [answer.used_minutes for answer in answers]
    return int(median(used)) if used else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - local midnight is meant
