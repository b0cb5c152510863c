"""The suggestions under a search field, in groups by kind, as the options of a listbox."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count, groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from investment.catalogue import Suggestion, suggest
from search.engines.base import Kind

MOST = 10

_TITLES = {
    Kind.PLACE: gettext_lazy("Places"),
    Kind.SECTOR: gettext_lazy("Sectors"),
    Kind.PROJECT: gettext_lazy("Projects"),
    Kind.AGENCY: gettext_lazy("Agencies"),
    Kind.PROCEDURE: gettext_lazy("Procedures"),
    Kind.PAGE: gettext_lazy("Pages"),
}


@dataclass(frozen=True)
class Option:
    """One suggestion. `marked` is safe HTML, `number` counts over all groups from 1."""

    number: int
    text: str
    marked: SafeString
    url: str


@dataclass(frozen=True)
class Group:
    """The suggestions of one kind."""

    title: str
    options: list[Option]


def groups(q: str, locale: str) -> list[Group]:
    """What completes `q`, grouped in the order of the kinds; nothing for an empty text."""
    return _grouped(suggest(q, MOST, locale)) if q else []


def _grouped(found: Iterable[Suggestion]) -> list[Group]:
    order = list(_TITLES)
    known = sorted((each for each in found if each.kind in _TITLES), key=lambda each: order.index(each.kind))
    numbers = count(1)
    return [
        Group(str(_TITLES[kind]), [_option(each, next(numbers)) for each in some])
        for kind, some in groupby(known, key=lambda each: each.kind)
    ]


def _option(found: Suggestion, number: int) -> Option:
    marked = mark_safe(found.marked) if found.marked else escape(found.text)  # the engine escapes what it marks
    return Option(number, found.text, marked, found.url)
