"""Reads the filters of the project list from a query string, once for the pages and the HTTP interface."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Agency
from core.text import beginning, fold
from investment import buckets
from investment.models import Project
from investment.project_query import LARGEST_FIRST, MAX_PAGE_SIZE, SORTS, ProjectQuery

MAX_NUMBER = 999_999_999  # what the columns can hold
MAX_PAGE = 100_000
MAX_Q = 300
MAX_VALUES = 200  # of one filter; there are 126 wards
MAX_VALUE = 100  # characters of one of them
RANGES = ("capital_min", "capital_max", "area_min", "area_max")
UNKNOWN = ("capital_unknown", "area_unknown")  # a range lets those pass whose number is not published
TABS = (buckets.CITY, buckets.ELSEWHERE, "all")
SORT_VALUES = (*SORTS, *(f"-{name}" for name in SORTS))
_CLOSED = ("sector", "form", "status", "capital", "area")  # facets with a fixed set of values

Parameters = Mapping[str, Sequence[str]]
Errors = dict[str, list[str]]


class _Wrong(Exception):
    """A value that cannot be used; its text is the sentence for the person."""


def parse(parameters: Parameters, *, locale: str, page_size: int = 20) -> tuple[ProjectQuery, Errors]:
    """The query that `parameters` (name → values) ask for, and the sentences about what was wrong, by field.

    Wrong values are left out of the query, so a page may go on with the rest and say so.
    """
    errors: Errors = {}

    def read(name: str, reader: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return reader()
        except _Wrong as wrong:
            errors.setdefault(name, []).append(str(wrong))
            return otherwise

    def many(name: str) -> list[str]:
        return read(name, partial(_many, parameters, name), [])

    values: dict[str, Any] = {name: _closed(name, many(name), errors) for name in _CLOSED}
    values |= {name: read(name, partial(_yes, _one(parameters, name)), False) for name in UNKNOWN}
    values |= {name: read(name, partial(_number, _one(parameters, name)), None) for name in RANGES}
    for low, high in (("capital_min", "capital_max"), ("area_min", "area_max")):
        if values[low] is not None and values[high] is not None and values[low] > values[high]:
            errors.setdefault(low, []).append(_("The minimum is greater than the maximum."))
            values[low] = values[high] = None
    tab = read("tab", lambda: _known(_one(parameters, "tab"), TABS), "")
    sort, descending = read("sort", lambda: _sort(_one(parameters, "sort")), (SORTS[0], None))
    query = ProjectQuery(
        q=beginning(_one(parameters, "q").strip(), MAX_Q).strip(),
        province=_provinces(many("province")),
        ward=_wards(many("ward"), errors),
        where=(tab,) if tab in (buckets.CITY, buckets.ELSEWHERE) else (),
        sort=sort,
        descending=descending,
        page=read("page", lambda: _whole(_one(parameters, "page"), 1, MAX_PAGE), 1),
        page_size=read("page_size", lambda: _whole(_one(parameters, "page_size"), page_size, MAX_PAGE_SIZE), page_size),
        locale=read("locale", lambda: _known(_one(parameters, "locale"), ("vi", "en")), "") or locale,
        **values,
    )
    return query, errors


def _one(parameters: Parameters, name: str) -> str:
    values = parameters.get(name) or [""]
    return values[-1]


def _many(parameters: Parameters, name: str) -> list[str]:
    """The different values, in their order."""
    pieces = [piece for value in parameters.get(name) or [] for piece in value.split(",")]
    found = dict.fromkeys(part for piece in pieces if (part := beginning(piece.strip(), MAX_VALUE).strip()))
    if len(found) > MAX_VALUES:
        raise _Wrong(_("At most %(number)s values can be chosen.") % {"number": MAX_VALUES})
    return list(found)


def _closed(name: str, asked: list[str], errors: Errors) -> tuple[str, ...]:
    known = buckets.values(name)
    for value in asked:
        if value.lower() not in known:
            errors.setdefault(name, []).append(_("“%(value)s” is not one of: %(known)s.") % _said(value, known))
    return tuple(value.lower() for value in asked if value.lower() in known)


def _said(value: str, known: Sequence[str]) -> dict[str, str]:
    return {"value": value[:60], "known": ", ".join(known)}


def _provinces(asked: list[str]) -> tuple[str, ...]:
    """Provinces as they are written in the list; typed without marks is fine. An unknown one finds nothing."""
    if not asked:
        return ()
    known = {fold(name): name for name in Project.objects.order_by().values_list("province", flat=True).distinct()}
    return tuple(known.get(fold(name), name) for name in asked)


def _wards(asked: list[str], errors: Errors) -> tuple[str, ...]:
    if not asked:
        return ()
    known = set(Agency.objects.filter(code__in=asked, level=Agency.Level.WARD).values_list("code", flat=True))
    for code in asked:
        if code not in known:
            errors.setdefault("ward", []).append(_("There is no ward with the code “%(code)s”.") % {"code": code[:60]})
    return tuple(code for code in asked if code in known)


def _number(text: str) -> float | None:
    text = text.strip()
    if not text:
        return None
    try:
        value = float(text[:MAX_VALUE])
    except ValueError:
        raise _Wrong(_("This is not a number.")) from None
    if not math.isfinite(value) or not 0 <= value <= MAX_NUMBER:
        raise _Wrong(_("A number from 0 to %(top)s is expected.") % {"top": MAX_NUMBER})
    return value


def _whole(text: str, otherwise: int, top: int) -> int:
    text = text.strip()
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 12 and 1 <= int(text) <= top):
        raise _Wrong(_("A whole number from 1 to %(top)s is expected.") % {"top": top})
    return int(text)


def _sort(text: str) -> tuple[str, bool | None]:
    """The sort and its direction: falling with a minus sign in front, rising without, but for the largest first."""
    name = _known(text, SORT_VALUES).removeprefix("-")
    if name in ("", SORTS[0]):
        return SORTS[0], None
    return name, text.startswith("-") or name in LARGEST_FIRST


def _yes(text: str) -> bool:
    return _known(text.strip(), ("1", "0")) == "1"


def _known(text: str, known: Sequence[str]) -> str:
    """The value, where it is one of the known or nothing. Raises _Wrong."""
    if text and text not in known:
        raise _Wrong(_("“%(value)s” is not one of: %(known)s.") % _said(text, known))
    return text
