"""What people search for, counted without saying who: the source of the editors' report.

Recording never breaks a page: what goes wrong in the database is logged and forgotten.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import ParamSpec

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from core import clock
from core.readable_codes import clean_code
from core.text import beginning, normal
from search.models import SearchedText
from search.words.tokens import composed, tokens

MOST_CHARACTERS = 100
LAST_POSITION = 1_000  # further down nobody clicks by hand
_READ = 400  # characters: what a query may have

# Nine digits and more, however they are grouped: telephone numbers, identity cards, tax codes, bank accounts.
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_NUMBER = re.compile(r"\d{9}")
_PASSPORT = re.compile(r"\b[a-z]\d{7,8}\b", re.IGNORECASE)
_SECRET = re.compile(r"\S{31}")  # tokens and addresses: no word of either language is so long

_log = logging.getLogger(__name__)
P = ParamSpec("P")


def normalised(text: str) -> str:
    """The text as it is counted: lower case, composed, single spaces; empty where it must not or need not be kept."""
    text = " ".join(beginning(text, _READ).split())
    if not tokens(text) or looks_personal(text):
        return ""
    return composed(text)[:MOST_CHARACTERS].rstrip()


def looks_personal(text: str) -> bool:
    """Whether somebody's data may stand in it: an e-mail address, a long number, a secret code."""
    plain = normal(text, "NFKC")
    return bool(
        "@" in plain
        or _NUMBER.search(_BETWEEN_DIGITS.sub("", plain))
        or _PASSPORT.search(plain)
        or _SECRET.search(plain)
        or _is_follow_up_code(plain)
    )


def _is_follow_up_code(text: str) -> bool:
    """Twelve letters and digits may be a word, too; without a digit they are no code that anybody would type here."""
    return any(character.isdigit() for character in text) and bool(clean_code(text))


def _harmless(work: Callable[P, None]) -> Callable[P, None]:
    @wraps(work)
    def tried(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            with transaction.atomic():  # a savepoint where the page has a transaction: it goes on
                work(*args, **kwargs)
        except DatabaseError as error:  # its sentence may quote the text, which no log may have
            _log.warning("a searched text was not counted: %s", type(error).__name__)

    return tried


@_harmless
def record(text: str, locale: str, results: int) -> None:
    """Count a search that found so many results. Call it once a search: for its first page, without filters."""
    kept = normalised(text)
    if not kept:
        return
    key = {"text": kept, "locale": locale, "day": _today()}
    counted = SearchedText.objects.filter(**key)
    if not counted.update(searches=F("searches") + 1, results=results):
        # Of two that begin the day's row at the same time both are counted.
        SearchedText.objects.bulk_create([SearchedText(**key)], ignore_conflicts=True)
        counted.update(searches=F("searches") + 1, results=results)


@_harmless
def record_click(text: str, locale: str, position: int) -> None:
    """Count that the result at `position` (from 1) was opened; only for a search that was counted today."""
    if not 1 <= position <= LAST_POSITION:
        return
    SearchedText.objects.filter(text=normalised(text), locale=locale, day=_today()).update(
        clicks=F("clicks") + 1, positions=F("positions") + position
    )


def purge() -> int:
    """Delete the counts older than TN_SEARCHES_DAYS; returns how many rows went. Safe to repeat."""
    last = _today() - timedelta(days=settings.SEARCHES_DAYS)
    return SearchedText.objects.filter(day__lt=last).delete()[0]


def _today() -> date:
    return timezone.localdate(clock.now())
