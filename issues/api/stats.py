"""The published indices over HTTP, each with its definition (design §1)."""

import re
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from accounts.auth import OptionalAuth
from accounts.models import Agency
from core import clock
from core.errors import Invalid
from issues.api.declared import documented
from issues.queries.indices import BUCKETS, DEFINITIONS, Group, Indices, Period, indices, last_working_days
from issues.queries.indices import month as month_of

router = Router(tags=["indices"])
MONTH = "(20[0-9]{2})-(0[1-9]|1[0-2])"


class RateOut(Schema):
    """`part` of `whole` cases. `share` is None where fewer than five cases would make it misleading."""

    part: int
    whole: int
    share: float | None


class PeriodOut(Schema):
    """Whole days, both included."""

    first: date
    last: date


class SatisfactionOut(Schema):
    """The four counts together are all answers. Silence is unconfirmed, never satisfied."""

    satisfied: int
    dissatisfied: int
    unconfirmed: int
    waiting: int
    mean: float | None


class DayOut(Schema):
    date: date
    same_day: RateOut


class AgencyStatsOut(Schema):
    code: str
    name: str
    same_day: RateOut
    median_minutes: int | None


class BucketOut(Schema):
    """Answers by working time used: below `below_minutes`, or (None) above all the limits."""

    below_minutes: int | None
    answers: int


class StatsOut(Schema):
    period: PeriodOut
    received: int
    answered: int
    same_day: RateOut
    median_minutes: int | None
    reopened: RateOut
    satisfaction: SatisfactionOut
    days: list[DayOut]
    agencies: list[AgencyStatsOut]
    working_time: list[BucketOut]
    definitions: dict[str, str]


@router.get("/stats", response=StatsOut, auth=OptionalAuth(), summary="The public indices, with their definitions")
def get_stats(
    request: HttpRequest,
    month: Annotated[
        str,
        documented(
            Query(description="A month as 2026-11; else the last ten working days"),
            pattern=f"^({MONTH})?$",
        ),
    ] = "",
) -> dict[str, Any]:
    """From the event log alone. Minutes are working minutes. For everybody."""
    return _json(indices(_period(month)))


def _period(text: str) -> Period:
    if not text:
        return last_working_days(clock.now())
    found = re.fullmatch(MONTH, text)
    if found is None:
        raise Invalid(_("Some of the filters are wrong."), fields={"month": [_("Write a month as 2026-11.")]})
    return month_of(int(found[1]), int(found[2]))


def _json(found: Indices) -> dict[str, Any]:
    names = {a.code: a.name for a in Agency.objects.filter(code__in=[group.key for group in found.agencies])}
    happy = found.satisfaction
    return {
        "period": {"first": found.period.first, "last": found.period.last},
        "received": found.received,
        "answered": found.answered,
        "same_day": found.same_day.as_dict(),
        "median_minutes": found.median_minutes,
        "reopened": found.reopened.as_dict(),
        "satisfaction": {
            "satisfied": happy.satisfied,
            "dissatisfied": happy.dissatisfied,
            "unconfirmed": happy.unconfirmed,
            "waiting": happy.waiting,
            "mean": happy.mean,
        },
        "days": [{"date": group.key, "same_day": group.rate.as_dict()} for group in found.days],
        "agencies": [_agency(group, names.get(group.key, group.key)) for group in found.agencies],
        "working_time": [
            {"below_minutes": limit, "answers": count}
            for limit, count in zip([*BUCKETS, None], found.buckets, strict=True)
        ],
        "definitions": {name: str(words) for name, words in DEFINITIONS.items()},
    }


def _agency(group: Group, name: str) -> dict[str, Any]:
    return {
        "code": group.key,
        "name": name,
        "same_day": group.rate.as_dict(),
        "median_minutes": group.median_minutes,
    }
