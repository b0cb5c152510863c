"""The list of projects, answered by the search engine. Registered with `investment.catalogue`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.utils.translation import override

from investment import buckets, database_backend
from investment.catalogue import SORTS, Facet, NoEngine, ProjectQuery, ProjectResults, hits_for
from investment.models import Project
from search import engines, finding, searched
from search.engines.base import Engine, Hit, Kind, SearchQuery, SearchResult
from search.finding import Found, find


def search(query: ProjectQuery) -> ProjectResults:
    """One page of the list. The engine finds and counts; the facts of the page are read from the database."""
    engine = engines.current()
    if engine is None:
        raise NoEngine
    page, found = _page(engine, engine_query(query), query)
    return ProjectResults(
        count=found.result.count,
        page=page,
        page_size=query.page_size,
        engine=engine.name,
        hits=hits_for(
            _projects(found.result.hits),
            query.locale,
            {hit.object_id: _reason(hit) for hit in found.result.hits if query.q},
        ),
        facets=_facets(found.result, query),
        corrected=found.corrected,
        ignored=found.ignored,
        loosened=found.loosened,
        names=tuple(part.typed for part in found.words.required),
    )


def scan(query: ProjectQuery) -> Iterator[int]:
    """The ids of all projects of the list, in its order."""
    engine = engines.current()
    if engine is None:
        raise NoEngine
    yield from finding.scan(engine, query.q, engine_query(query))


def count(query: ProjectQuery, results: ProjectResults) -> None:
    """Count what somebody searched for on the list, as the search of the whole site does: once, with all it found.

    Leafing, sorting and filtering go on with the same search, and what filters leave says nothing about the words. What
    the database found instead of the engine is not counted either: the report is about what the engine knows.
    """
    filtered = any(query.chosen(name) for name in (*buckets.FACETS, "ward"))
    filtered |= any(end is not None for ends in _ranges(query).values() for end in ends)
    if not filtered and results.page == 1 and query.sort == SORTS[0] and results.engine != database_backend.NAME:
        in_all_tabs = sum(facet.count for facet in results.facets[buckets.WHERE])
        searched.record(query.q, query.locale, in_all_tabs)


def _ranges(query: ProjectQuery) -> dict[str, tuple[float | None, float | None]]:
    return {"capital_vnd": (query.capital_min, query.capital_max), "area": (query.area_min, query.area_max)}


def engine_query(query: ProjectQuery) -> SearchQuery:
    """The filters, ranges and order of the list as a query to an engine, without its words."""
    return SearchQuery(
        locale=query.locale,
        kinds=(Kind.PROJECT,),
        filters={name: query.chosen(name) for name in (*buckets.COUNTED, "ward") if query.chosen(name)},
        ranges=_ranges(query),
        unknown=frozenset(
            name for name, passes in (("capital_vnd", query.capital_unknown), ("area", query.area_unknown)) if passes
        ),
        # Without words every match is as good as any other: where a project stands decides.
        sort="standing" if query.sort == SORTS[0] and not query.q else query.sort,
        descending=query.is_descending,
        offset=(query.page - 1) * query.page_size,
        limit=query.page_size,
        facets=buckets.COUNTED,
    )


def _page(engine: Engine, asked: SearchQuery, query: ProjectQuery) -> tuple[int, Found]:
    """The page asked for, or the last one where there are fewer."""
    found = find(engine, query.q, asked)
    last = max(1, -(-found.result.count // query.page_size))
    if query.page <= last:
        return query.page, found
    return last, find(engine, query.q, replace(asked, offset=(last - 1) * query.page_size))


def _projects(hits: list[Hit]) -> list[Project]:
    """The projects in the order of the hits. One that left the list a moment ago is left out."""
    return database_backend.listed([hit.object_id for hit in hits])


def _reason(hit: Hit) -> str:
    return hit.marked_text or (hit.marked_title if "<mark>" in hit.marked_title else "")


def _facets(found: SearchResult, query: ProjectQuery) -> dict[str, list[Facet]]:
    with override(query.locale):
        return {name: _facet(name, found.facets.get(name, {}), query.chosen(name)) for name in buckets.COUNTED}


def _facet(name: str, counts: Mapping[str, int], chosen: tuple[str, ...]) -> list[Facet]:
    shown = [(value, n) for value, n in counts.items() if n or value in chosen]
    shown.sort(key=lambda item: buckets.order(name, *item))
    return [Facet(value, buckets.label(name, value), n, value in chosen) for value, n in shown]
