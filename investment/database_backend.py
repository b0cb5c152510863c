"""The list of projects straight from the database, on SQLite and PostgreSQL alike.

Slower and plainer than a search engine, yet always there: every folded word of the question has to begin a word
of the folded facts of the project.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, ExpressionWrapper, F, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core import clock
from core.text import fold, words
from investment import buckets, freshness
from investment.models import LISTED, Project, Sector
from investment.project_query import (
    SORTS,
    ProjectQuery,
    ProjectResults,
    Suggestion,
    facets_from,
    hits_for,
    marked,
)
from investment.standing import by_standing

ENGINE_DOWN = _("The search engine does not answer; this list comes straight from the database.")
NAME = "database"  # what an answer says that it comes from
MAX_WORDS = 12
_SUGGEST_FROM = 60


def search(query: ProjectQuery) -> ProjectResults:
    """One page of the list with its facets: two queries for the facts, one or two for the words."""
    matching = _narrowed(_listed(), query)
    grouped = (
        matching.annotate(**buckets.expressions())
        .order_by()
        .values(*(f"facet_{name}" for name in buckets.FACETS))
        .annotate(n=Count("pk"))
    )
    groups = [{name: row[f"facet_{name}"] for name in buckets.FACETS} | {"n": row["n"]} for row in grouped]
    count, facets = facets_from(groups, query)
    own = {name for group in groups if buckets.where(name := str(group["province"])) == buckets.CITY}
    first = (query.page - 1) * query.page_size
    projects = list(_sorted(_with_facets(matching, query, own), query, own)[first : first + query.page_size])
    highlights = {project.pk: highlight(project, query) for project in projects} if query.q else {}
    return ProjectResults(
        count=count,
        page=query.page,
        page_size=query.page_size,
        engine=NAME,
        hits=hits_for(projects, query.locale, highlights),
        facets=facets,
    )


def ids(query: ProjectQuery) -> list[int]:
    """The ids of all projects of the list, in its order; two queries."""
    own = _own(_narrowed(_listed(), query))
    found = _with_facets(_narrowed(_listed(), query), query, own)
    return list(_sorted(found, query, own).values_list("pk", flat=True))


def listed(project_ids: Sequence[int]) -> list[Project]:
    """These projects in this order, without those that are not on the list (any more)."""
    found = _listed().in_bulk(project_ids)
    return [found[pk] for pk in project_ids if pk in found]


def matching(query: ProjectQuery) -> QuerySet[Project]:
    """Every project on the list that the query asks for, in no order."""
    return _with_facets(_narrowed(_listed(), query), query, _own(_listed()) if query.where else set())


def _own(projects: QuerySet[Project]) -> set[str]:
    """The names that these projects give to the city."""
    provinces = projects.order_by().values_list("province", flat=True).distinct()
    return {name for name in provinces if buckets.where(name) == buckets.CITY}


def _listed() -> QuerySet[Project]:
    return Project.objects.filter(status__in=LISTED).select_related("contact_agency", "ward")


def _narrowed(projects: QuerySet[Project], query: ProjectQuery) -> QuerySet[Project]:
    """Everything but the facets: words, wards, ranges."""
    for word in words(query.q)[:MAX_WORDS]:
        projects = projects.filter(search_text__contains=f" {word}")
    if query.ward:
        projects = projects.filter(ward__code__in=query.ward)
    projects = _within(projects, "capital_vnd_billion", query.capital_min, query.capital_max, query.capital_unknown)
    return _within(projects, "area_ha", query.area_min, query.area_max, query.area_unknown)


def _within(
    projects: QuerySet[Project], column: str, low: float | None, high: float | None, unknown: bool
) -> QuerySet[Project]:
    ends = {f"{column}__gte": low, f"{column}__lte": high}
    inside = Q(**{lookup: end for lookup, end in ends.items() if end is not None})
    return projects.filter(inside | Q(**{f"{column}__isnull": True})) if inside and unknown else projects.filter(inside)


def _with_facets(projects: QuerySet[Project], query: ProjectQuery, own: Collection[str]) -> QuerySet[Project]:
    asked = {name: query.chosen(name) for name in buckets.FACETS if query.chosen(name)}
    wanted = set(query.where)
    if wanted == {buckets.CITY}:
        projects = projects.filter(province__in=own)
    elif wanted == {buckets.ELSEWHERE}:
        projects = projects.exclude(province__in=own)
    if not asked:
        return projects
    return projects.annotate(**buckets.expressions()).filter(**{f"facet_{n}__in": v for n, v in asked.items()})


def _sorted(projects: QuerySet[Project], query: ProjectQuery, own: Collection[str]) -> QuerySet[Project]:
    if query.sort == SORTS[0]:
        return projects.order_by(*(_by_words(query.q) if query.q else by_standing(own)), "code")
    name = "name_en" if query.locale == "en" else "name_vi"
    by = {"confirmed": "confirmed_on", "area": "area_ha", "year": "source_year", "name": name}
    value = _comparable_capital() if query.sort == "capital" else F(by[query.sort])
    return projects.order_by(value.desc(nulls_last=True) if query.is_descending else value.asc(nulls_last=True), "code")


def _comparable_capital() -> Coalesce:
    """`Project.comparable_capital`, in SQL."""
    in_vnd = ExpressionWrapper(F("capital_usd_million") * settings.USD_RATE / 1000, output_field=FloatField())
    return Coalesce(ExpressionWrapper(F("capital_vnd_billion"), output_field=FloatField()), in_vnd)


def _by_words(q: str) -> list[Any]:
    due = clock.now().date() - timedelta(days=freshness.rules_in_force().every_days)
    sinks = Case(When(confirmed_on__gte=due, then=Value(0)), default=Value(1), output_field=IntegerField())
    return [_rank(q), sinks, F("confirmed_on").desc(nulls_last=True)]


def _rank(q: str) -> Case | Value:
    """Words in the order typed, in the name first: 0, anywhere: 1, scattered: 2."""
    phrase = " ".join(words(q)[:MAX_WORDS])
    if not phrase:
        return Value(0, output_field=IntegerField())
    return Case(
        When(search_text__startswith=f" {phrase}", then=Value(0)),
        When(search_text__contains=f" {phrase}", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def highlight(project: Project, query: ProjectQuery) -> str:
    """The project's place with the words that were asked for marked; its name when the place has none of them."""
    asked = set(words(query.q)[:MAX_WORDS])
    name = project.name_en if query.locale == "en" and project.name_en else project.name_vi
    for text in (project.place, name):
        spans = _spans(text, asked)
        if spans:
            return marked(text, spans)
    return ""


def _spans(text: str, asked: set[str]) -> list[tuple[int, int]]:
    spans, at = [], 0
    for piece in text.split(" "):
        bare = piece.strip(",.;:()«»\"'")
        if bare and fold(bare) in asked:
            start = at + piece.index(bare)
            spans.append((start, start + len(bare)))
        at += len(piece) + 1
    return spans


def suggest(q: str, limit: int, locale: str) -> list[Suggestion]:
    """Sectors, places and projects that hold every word typed; two queries."""
    asked = words(q)[:MAX_WORDS]
    if not asked:
        return []
    base = f"/{locale}/projects/"
    with override(locale):
        sectors = [
            Suggestion(str(sector.label), "sector", f"{base}?sector={sector.value}")
            for sector in Sector
            if all(word in fold(str(sector.label)) for word in asked)
        ]
    found = Project.objects.filter(status__in=LISTED)
    for word in asked:
        found = found.filter(search_text__contains=f" {word}")
    projects = list(found.order_by(_rank(q), "code")[:_SUGGEST_FROM])
    places = sorted({p.province for p in projects if all(word in fold(p.province) for word in asked)})
    hits = [Suggestion(hit.title, "project", hit.url) for hit in hits_for(projects[:limit], locale)]
    return [*sectors, *(Suggestion(place, "place", f"{base}?province={place}") for place in places), *hits][:limit]


def similar(project: Project, limit: int = 4) -> list[Project]:
    """Listed projects of the same sector, those of the same province first."""
    near = Case(When(province=project.province, then=Value(0)), default=Value(1), output_field=IntegerField())
    same = Q(sector=project.sector) if project.sector else Q(province=project.province)
    return list(_listed().filter(same).exclude(pk=project.pk).order_by(near, "-confirmed_on", "code")[:limit])
