"""How far up a project stands in a list without words: what an investor can work with comes first.

The city's own projects, then those that give a capital or an area, then those that still call, then the most complete;
among equals the one confirmed last. One number, so that every engine sorts alike.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, F, IntegerField, Q, Value, When

from investment import buckets
from investment.models import Project, ProjectStatus

_FIGURES = ("capital_vnd_billion", "capital_usd_million", "area_ha")
_TEXTS = ("place", "sector", "investment_form")
_OTHERS = ("capital_vnd_billion", "area_ha", "contact_agency_id", "confirmed_on")
_OWN, _HAS_FIGURES, _CALLS = 400, 200, 100  # each more than everything after it together
_A_DAY = 1e-7  # a hundred thousand days weigh less than one known fact


def standing(project: Project) -> float:
    """Where the project stands; the higher, the further up."""
    points = float(sum(1 for name in _TEXTS if getattr(project, name)))
    points += sum(1 for name in _OTHERS if getattr(project, name) is not None)
    points += _OWN if buckets.where(project.province) == buckets.CITY else 0
    points += _HAS_FIGURES if any(getattr(project, name) is not None for name in _FIGURES) else 0
    points += _CALLS if project.status == ProjectStatus.PUBLISHED else 0
    return points + (project.confirmed_on.toordinal() * _A_DAY if project.confirmed_on else 0)


def by_standing(own: Collection[str]) -> list[Any]:
    """The same order in SQL; `own` are the provinces, as published, that are the city itself."""
    has_figures = reduce(or_, map(_given, _FIGURES))
    known: Any = Value(0)
    for name in (*_TEXTS, *_OTHERS):
        known = known + _one(_given(name))
    order = [_one(has_figures), _one(Q(status=ProjectStatus.PUBLISHED)), known]
    if own:  # "in nothing" becomes the number 0, which PostgreSQL takes for a column of the answer
        order.insert(0, _one(Q(province__in=own)))
    return [*(value.desc() for value in order), F("confirmed_on").desc(nulls_last=True)]


def _given(name: str) -> Q:
    return ~Q(**{name: ""}) if name in _TEXTS else Q(**{f"{name}__isnull": False})


def _one(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
