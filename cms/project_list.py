"""The list of projects as a page: reads the query string, asks the catalogue, prepares tabs, notices and the map."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms import project_choices, project_facts, ward_map
from cms.project_addresses import TABS, Pairs, address, pairs_of, tab_of, without
from core import wording
from investment import buckets
from investment.catalogue import ProjectQuery, ProjectResults, search_projects
from investment.filters import RANGES, parse
from investment.loosening import Looser, loosened_counts

PAGE_SIZE = 20
BEFORE = "q_before"  # the words for which the tab was open: other words are looked for in every tab

SORT_TITLES = {
    "relevance": gettext_lazy("Best match"),
    "-confirmed": gettext_lazy("Recently confirmed"),
    "capital": gettext_lazy("Capital, largest first"),
    "area": gettext_lazy("Area, largest first"),
    "-year": gettext_lazy("Source year, newest first"),
    "name": gettext_lazy("Name"),
}


@dataclass(frozen=True)
class PageLink:
    """One step of the pagination; without an address it cannot be followed."""

    label: str
    url: str
    rel: str = ""
    current: bool = False


@dataclass(frozen=True)
class Offer:
    """One thing less, what it would find, and its address."""

    label: str
    url: str


def context(parameters: QueryDict, locale: str, url: str) -> dict[str, Any]:
    """Everything that the list's templates need. Unknown filter values are left out and named in `ignored`."""
    asked_for = _readable(parameters, locale)
    query, errors = parse(asked_for, locale=locale, page_size=PAGE_SIZE)
    query = replace(query, locale=locale)
    tab = _tab(asked_for, query)
    query, results = _opened(query, tab)
    last = max(1, -(-results.count // query.page_size))
    if query.page > last:
        query = replace(query, page=last)
        results = search_projects(query)
    pairs = pairs_of(query, tab)
    typed = {name: _typed(name, parameters, query, locale) for name in RANGES}
    wrong = [(name, typed[name]) for name in RANGES if name in errors and typed[name]]
    chips = project_choices.chips(query, results, pairs, url)
    first = (query.page - 1) * query.page_size + 1
    return {
        "list_url": url,
        "address": address(url, [*pairs, *wrong, *([("page", str(query.page))] if query.page > 1 else [])]),
        "kept_query": urlencode([*pairs, *wrong]),
        "query": query,
        "results": results,
        "tab_asked": bool(tab),
        "rows": project_facts.rows(results.hits, offset=first - 1),
        "tabs": _tabs(results, pairs, url, tab_of(query)),
        "other_tabs": _other_tabs(results, pairs, url, tab_of(query)) if not results.count else [],
        "facet_groups": project_choices.groups(results),
        "ranges": project_choices.ranges(query, results, typed, errors),
        "chips": chips,
        "filter_count": len(chips) - bool(query.q),
        "sorts": [(value, title, value == query.sort_text) for value, title in _sorts(query)],
        "kept": [pair for pair in pairs if pair[0] in ("ward", "capital", "area", "tab")]
        + ([(BEFORE, query.q)] if tab else []),
        "ignored": {name: sentences for name, sentences in errors.items() if name not in RANGES},
        "notices": notices(results, query),
        # In every tab; where only this one is empty, the others are named instead.
        "offers": [_offer(each, url) for each in loosened_counts(replace(query, where=()), results.names)]
        if not results.count and not any(_counts(results).values())
        else [],
        "first_row": first,
        "last_row": first - 1 + len(results.hits),
        "pages": _pages(query.page, last, pairs, url),
        "export_query": urlencode([*without(pairs, "tab"), ("tab", tab_of(query)), ("locale", locale)]),
        "dollar_rate": _dollar_rate(query, results),
        "map": ward_map.draw(project_facts.pins(results.hits)),
        "tiles": {"url": settings.TN_MAP_TILES_URL, "attribution": settings.TN_MAP_TILES_ATTRIBUTION},
    }


def _readable(parameters: QueryDict, locale: str) -> dict[str, list[str]]:
    """The parameters with the numbers of the ranges as `float` reads them, from the way the language writes them."""
    found: dict[str, list[str]] = dict(parameters.lists())
    for name in RANGES:
        if name in found:
            found[name] = [wording.plain_number(text[:100], language=locale) for text in found[name]]
    return found


def _typed(name: str, parameters: QueryDict, query: ProjectQuery, locale: str) -> str:
    """What stands in the field: the number as the language writes it, or what was typed."""
    value = getattr(query, name)
    return parameters.get(name, "")[:100] if value is None else wording.number(value, digits=6, language=locale) or ""


def _tab(parameters: dict[str, list[str]], query: ProjectQuery) -> str:
    """The tab that was asked for; none where the words have changed since it was opened, or the name is unknown."""
    changed = BEFORE in parameters and parameters[BEFORE][-1].strip() != query.q
    tab = (parameters.get("tab") or [""])[-1]
    return tab if tab in TABS and not changed else ""


def _opened(query: ProjectQuery, tab: str) -> tuple[ProjectQuery, ProjectResults]:
    """The tab asked for, else the first that has results: the city's own projects, then those elsewhere."""
    if tab:
        query = replace(query, where=() if tab == "all" else (tab,))
        return query, search_projects(query)
    own = replace(query, where=(buckets.CITY,))
    results = search_projects(own)
    if results.count and not (results.corrected or results.loosened):
        return own, results
    # Perhaps the words stand as typed elsewhere.
    everything = search_projects(replace(query, where=(), page=1, page_size=1))
    if not everything.count or _counts(everything).get(buckets.CITY):
        return own, results
    elsewhere = replace(query, where=(buckets.ELSEWHERE,))
    return elsewhere, search_projects(elsewhere)


def _counts(results: ProjectResults) -> dict[str, int]:
    return {facet.value: facet.count for facet in results.facets.get(buckets.WHERE, [])}


def _tabs(results: ProjectResults, pairs: Pairs, url: str, current: str) -> list[dict[str, Any]]:
    counts = _counts(results)
    counts["all"] = sum(counts.values())
    return [
        {
            "label": _("All") if name == "all" else buckets.label(buckets.WHERE, name),
            "url": address(url, [*without(pairs, "tab"), ("tab", name)]),
            "count": counts.get(name, 0),
            "is_current": name == current,
        }
        for name in TABS
    ]


def _other_tabs(results: ProjectResults, pairs: Pairs, url: str, current: str) -> list[dict[str, Any]]:
    """Where there is something, if this tab is empty."""
    return [tab for tab in _tabs(results, pairs, url, current)[:2] if tab["count"] and not tab["is_current"]]


def _sorts(query: ProjectQuery) -> list[tuple[str, str]]:
    """The choices; an order that only an address can name is among them while it is in force."""
    titles = {name: str(title) for name, title in SORT_TITLES.items()}
    if not query.q:
        titles["relevance"] = _("Most information first")
    extra = {
        "confirmed": _("Confirmed longest ago"),
        "year": _("Source year, oldest first"),
        "-name": _("Name, from Z to A"),
    }
    titles |= {name: title for name, title in extra.items() if name == query.sort_text}
    return list(titles.items())


def notices(results: ProjectResults, query: ProjectQuery) -> list[str]:
    """What was done differently than asked, in sentences."""
    said = []
    if results.corrected:
        values = {"typed": query.q, "count": wording.number(results.count), "meant": results.corrected}
        said.append(_("Nothing for “%(typed)s”; showing %(count)s for “%(meant)s”.") % values)
    if results.ignored:
        words = ", ".join(f"“{word}”" for word in results.ignored)
        n = len(results.ignored)
        found = ngettext(
            "No project has the word %(words)s; searched without it.",
            "No project has the words %(words)s; searched without them.",
            n,
        )
        nothing = ngettext("No project has the word %(words)s.", "No project has the words %(words)s.", n)
        said.append((found if results.count else nothing) % {"words": words})
    if results.loosened:
        said.append(_("No project has all these words; showing those that have most of them."))
    return said


def _offer(looser: Looser, url: str) -> Offer:
    titles = {**project_choices.FACET_TITLES, **project_choices.BUCKET_TITLES, "ward": _("Ward")}
    titles |= {f"{name}_range": title for name, title in project_choices.BUCKET_TITLES.items()}
    found = ngettext("%(n)s project", "%(n)s projects", looser.count) % {"n": looser.count}
    url = address(url, pairs_of(looser.query))
    if looser.name == "filters":
        return Offer(f"{_('Without any filter')}: {found}", url)
    form = _("Without the word “%(what)s”") if looser.name == "q" else _("Without the filter “%(what)s”")
    what = looser.without if looser.name == "q" else titles[looser.name]
    return Offer(f"{form % {'what': what}}: {found}", url)


def _dollar_rate(query: ProjectQuery, results: ProjectResults) -> str:
    """The rate by which capital in dollars is sorted, where the list is so sorted and has such a project."""
    if query.sort != "capital":
        return ""
    shown = any(
        hit.project.capital_vnd_billion is None and hit.project.capital_usd_million is not None for hit in results.hits
    )
    return wording.number(settings.USD_RATE) or "" if shown else ""


def _pages(page: int, last: int, pairs: Pairs, url: str) -> list[PageLink]:
    """The numbers of the pagination: first, last, and two around the present; None marks a gap."""
    if last == 1:
        return []
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    numbers: list[int | None] = []
    for number in near:
        if numbers and numbers[-1] is not None and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)

    def link(number: int) -> str:
        return address(url, [*pairs, ("page", str(number))] if number > 1 else pairs)

    steps = [PageLink(str(number or "…"), link(number) if number else "", "", number == page) for number in numbers]
    before = PageLink(_("Previous"), link(page - 1) if page > 1 else "", "prev")
    after = PageLink(_("Next"), link(page + 1) if page < last else "", "next")
    return [before, *steps, after]
