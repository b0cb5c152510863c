"""What the home page shows besides its own words. Each section is a function; a failing one is left out.

The page knows the slots `projects` and `promise`, which are filled here, and `band` (under the opening), `answers`
(after the projects) and `indices` (after the time marks): for these a section returns a mapping with `template`, the
part to include, which finds the rest of the mapping under the slot's name; or None to show nothing.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cms.promise import Promise
from cms.promise import promise as todays_promise
from investment.catalogue import ProjectQuery, search_projects

logger = logging.getLogger(__name__)

RECENT = 5
CITY = "Hà Nội"

Section = Callable[[HttpRequest, str], Any]
_sections: dict[str, Section] = {}


def register(name: str, section: Section) -> None:
    """Let `section(request, locale)` fill the template variable `name` on the home page."""
    _sections[name] = section


def sections(request: HttpRequest, locale: str) -> dict[str, Any]:
    """Every section by name. One that fails must not break the home page: it is logged and left out."""
    filled: dict[str, Any] = {}
    for name, section in _sections.items():
        try:
            filled[name] = section(request, locale)
        except Exception:
            if settings.DEBUG:
                raise
            logger.exception("home section %s failed", name)
    return filled


def projects(request: HttpRequest, locale: str) -> dict[str, Any]:
    """Counts of projects, the sectors in the city, and those that were confirmed last."""
    del request
    city = search_projects(ProjectQuery(province=(CITY,), sort="confirmed", page_size=RECENT, locale=locale))
    return {
        "total": sum(facet.count for facet in city.facets.get("province", [])),
        "in_city": city.count,
        "city": CITY,
        "sectors": [facet for facet in city.facets.get("sector", []) if facet.value],
        "recent": city.hits,
    }


def promise(request: HttpRequest, locale: str) -> Promise:
    """What filing right now promises."""
    del request, locale
    return todays_promise()
