"""Puts what saved searches found into mails: at once one mail for each search, else one for each person and time.

What is due follows from the time alone, so a worker that was away at eight sends when it is back, and only once.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from core import clock
from search.models import AlertMail, SavedSearch, SavedSearchItem

SENT_AT = time(8)  # of the city; a weekly mail comes on Mondays
MOST_PEOPLE = 500  # in one call; beat repeats it
Frequency, Kind = SavedSearch.Frequency, AlertMail.Kind


def bundle() -> int:
    """Write the mails that are due; returns how many. Safe to repeat, and to run twice at a time."""
    waiting = SavedSearchItem.objects.filter(mailed_at=None)
    if not waiting.exists():
        return 0
    now = clock.now()
    written = 0
    for frequency, until in due_until(now).items():
        found = waiting.filter(search__frequency=frequency, found_at__lte=until)
        people = found.order_by("search__user_id").values_list("search__user_id", flat=True).distinct()
        written += sum(_write(user_id, frequency, until) for user_id in list(people[:MOST_PEOPLE]))
    return written


def due_until(now: datetime) -> dict[str, datetime]:
    """For each frequency: what was found until then goes out now."""
    local = timezone.localtime(now)
    morning = datetime.combine(local.date(), SENT_AT, local.tzinfo)
    if morning > local:
        morning -= timedelta(days=1)
    return {
        Frequency.AT_ONCE: now,
        Frequency.DAILY: morning,
        Frequency.WEEKLY: morning - timedelta(days=morning.weekday()),
    }


def _write(user_id: int, frequency: str, until: datetime) -> int:
    """The mails of one person. Their searches are locked, so that each item goes into one mail."""
    with transaction.atomic():
        searches = SavedSearch.objects.select_for_update().filter(user_id=user_id, frequency=frequency)
        ids = list(searches.order_by("pk").values_list("pk", flat=True))
        if frequency == Frequency.AT_ONCE:
            return sum(_one_mail(user_id, Kind.SEARCH, [pk], until) for pk in ids)
        return _one_mail(user_id, Kind.DAILY if frequency == Frequency.DAILY else Kind.WEEKLY, ids, until)


def _one_mail(user_id: int, kind: str, searches: list[int], until: datetime) -> int:
    items = SavedSearchItem.objects.filter(search_id__in=searches, mailed_at=None, found_at__lte=until)
    if not items.exists():
        return 0
    mail = AlertMail.objects.create(user_id=user_id, kind=kind)
    items.update(mail=mail, mailed_at=clock.now())
    return 1
