"""The HTTP interface of projects: the list, one project, the list as files, suggestions. All of it is public."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import Router

from accounts.auth import OptionalAuth
from core import clock, limits
from core.errors import Invalid, NotVisible
from core.text import beginning
from investment import buckets, exports, freshness
from investment.api_schemas import ProjectDetailOut, ProjectListOut, SuggestionsOut
from investment.catalogue import Facet, ProjectHit, ProjectQuery, scan_projects, search_projects, suggest
from investment.filters import MAX_NUMBER, MAX_PAGE, RANGES, SORT_VALUES, TABS, parse
from investment.models import LISTED, Project
from investment.project_query import MAX_PAGE_SIZE, hits_for

router = Router(tags=["projects"])
PAGE_SIZE = 20
SUGGESTIONS = 8
_GEOJSON = "application/geo+json"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _query(request: HttpRequest) -> ProjectQuery:
    """The query of the address. Raises Invalid naming every field that is wrong."""
    query, errors = parse(dict(request.GET.lists()), locale="vi", page_size=PAGE_SIZE)
    for name in _NUMBERS:
        if request.GET.get(name) == "":  # in a form on a page, a field that nobody filled in; here, a mistake
            errors.setdefault(name, []).append(_("Enter a number."))
    if errors:
        raise Invalid(_("Some of the filters are wrong."), fields=errors)
    return query


def _parameter(name: str, words: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": {"type": kind, **more}, "description": words}


def _facet_parameter(name: str, words: str) -> dict[str, Any]:
    return _parameter(name, f"{words}; may be repeated", enum=[*buckets.values(name), ""])


# Read by investment.filters, which names what is wrong: so they are documented here and not read by ninja.
_NUMBERS = (*RANGES, "page", "page_size")
_NUMBER = {"minimum": 0, "maximum": MAX_NUMBER}
_WORDS = _parameter("q", "Words; Vietnamese marks are not needed")
_LOCALE = _parameter("locale", "Language of labels", enum=["vi", "en", ""])
_FILTERS = [
    _WORDS,
    _facet_parameter("sector", "Code of a sector"),
    _parameter("province", "Province or city; may be repeated"),
    _parameter("ward", "Code of a ward; may be repeated"),
    _facet_parameter("form", "Kind of form of investment"),
    _facet_parameter("status", "Status"),
    _facet_parameter("capital", "Bucket of capital as in the facet"),
    _facet_parameter("area", "Bucket of area as in the facet"),
    _parameter("capital_min", "VND billion", "number", **_NUMBER),
    _parameter("capital_max", "VND billion", "number", **_NUMBER),
    _parameter("area_min", "Hectares", "number", **_NUMBER),
    _parameter("area_max", "Hectares", "number", **_NUMBER),
    _parameter("capital_unknown", "A range of capital lets pass what has no capital in VND", enum=["0", "1", ""]),
    _parameter("area_unknown", "A range of area lets pass what has no published area", enum=["0", "1", ""]),
    _parameter("tab", "Projects of the city itself, or all others", enum=[*TABS, ""]),
    _parameter(
        "sort",
        "By what the list is sorted: falling with `-` in front, else rising; capital and area always largest first",
        enum=[*SORT_VALUES, ""],
    ),
    _parameter("page", "From 1", "integer", minimum=1, maximum=MAX_PAGE),
    _parameter("page_size", f"At most {MAX_PAGE_SIZE}", "integer", minimum=1, maximum=MAX_PAGE_SIZE),
    _LOCALE,
]


_BYTES = {"type": "string", "format": "binary"}
_FEATURES = {  # RFC 7946
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {"type": "object", "required": ["type", "geometry", "properties"]}},
    },
}


def _file_of(*kinds: str) -> dict[str, Any]:
    """What the document says of a call that answers with a file."""
    content = {kind: {"schema": _FEATURES if kind == _GEOJSON else _BYTES} for kind in kinds}
    return {"parameters": _FILTERS, "responses": {200: {"description": "The file", "content": content}}}


@router.get(
    "/projects",
    response=ProjectListOut,
    auth=OptionalAuth(),
    summary="Projects calling for investment, filtered, with facets",
    openapi_extra={"parameters": _FILTERS},
)
def list_projects(request: HttpRequest) -> dict[str, Any]:
    query = _query(request)
    limits.spend_by_caller(request, "search")
    results = search_projects(query)
    hits = results.hits if results.page == query.page else []  # past the end there is nothing
    with override(query.locale):
        return {
            "count": results.count,
            "page": query.page,
            "page_size": results.page_size,
            "engine": results.engine,
            "results": [_project(hit) for hit in hits],
            "facets": {name: [_facet(facet) for facet in facets] for name, facets in results.facets.items()},
            "did_you_mean": results.corrected,
            "note": str(results.note),
        }


@router.get(
    "/projects.csv", auth=OptionalAuth(), summary="The filtered list as CSV", openapi_extra=_file_of("text/csv")
)
def projects_csv(request: HttpRequest) -> HttpResponse:
    return _file(exports.to_csv(_table(request)), "text/csv; charset=utf-8", "projects.csv")


@router.get(
    "/projects.xlsx",
    auth=OptionalAuth(),
    summary="The filtered list as a spreadsheet",
    openapi_extra=_file_of(_SPREADSHEET),
)
def projects_xlsx(request: HttpRequest) -> HttpResponse:
    return _file(exports.to_xlsx(_table(request)), _SPREADSHEET, "projects.xlsx")


@router.get(
    "/projects.geojson",
    auth=OptionalAuth(),
    summary="The filtered list as GeoJSON",
    openapi_extra=_file_of(_GEOJSON),
)
def projects_geojson(request: HttpRequest) -> HttpResponse:
    content = json.dumps(exports.to_geojson(_table(request)), ensure_ascii=False)
    return _file(content, _GEOJSON, "projects.geojson")


@router.get(
    "/projects/{code}",
    response=ProjectDetailOut,
    auth=OptionalAuth(),
    summary="One project",
    openapi_extra={"parameters": [_LOCALE]},
)
def get_project(request: HttpRequest, code: str) -> dict[str, Any]:
    query = _query(request)
    project = (
        Project.objects.filter(code__iexact=beginning(code, 20), status__in=LISTED)
        .select_related("ward", "contact_agency")
        .first()
    )
    if project is None:
        raise NotVisible(_("There is no such project."))
    with override(query.locale):
        return _detail(hits_for([project], query.locale)[0])


@router.get(
    "/suggest",
    response=SuggestionsOut,
    auth=OptionalAuth(),
    summary="Completions of what is being typed",
    openapi_extra={"parameters": [_WORDS, _LOCALE]},
)
def get_suggestions(request: HttpRequest) -> dict[str, Any]:
    query = _query(request)
    limits.spend_by_caller(request, "suggestion")
    found = suggest(query.q, SUGGESTIONS, query.locale) if query.q else []
    return {"suggestions": [{"text": s.text, "kind": s.kind, "url": s.url} for s in found]}


def _table(request: HttpRequest) -> Iterable[list[Any]]:
    """Every row of the filtered list, in its order, however many."""
    limits.spend_by_caller(request, "export")
    query = _query(request)
    return exports.rows(scan_projects(query), query.locale, settings.TN_SITE_URL.rstrip("/"))


def _file(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _facet(facet: Facet) -> dict[str, Any]:
    return {"value": facet.value, "label": str(facet.label), "count": facet.count}


def _project(hit: ProjectHit) -> dict[str, Any]:
    project = hit.project
    return {
        "code": project.code,
        "title": hit.title,
        "summary": hit.summary,
        "sector": project.sector or None,
        "province": project.province or None,
        "ward": project.ward.code if project.ward else None,
        "place": project.place or None,
        "place_today": project.place_today or None,
        "area_ha": project.area_ha,
        "capital_vnd_billion": project.capital_vnd_billion,
        "capital_usd_million": project.capital_usd_million,
        "capital_as_published": project.capital_text or None,
        "investment_form": project.investment_form or None,
        "form": project.form,
        "status": project.status,
        "contact_agency": exports.contact(project) or None,
        "source_year": project.source_year,
        "confirmed_on": project.confirmed_on,
        "url": hit.url,
        "highlight": hit.highlight,
    }


def _detail(hit: ProjectHit) -> dict[str, Any]:
    project = hit.project
    return _project(hit) | {
        "sector_as_published": project.sector_as_published or None,
        "period": project.period or None,
        "issuing_agency": project.issuing_agency or None,
        "legal_basis": project.legal_basis or None,
        "record_type": project.record_type or None,
        "source": project.source or None,
        "note": project.note or None,
        "name_vi_is_official": project.name_vi_is_official,
        "latitude": project.latitude,
        "longitude": project.longitude,
        "confirmation_due_on": freshness.standing(project.confirmed_on, timezone.localdate(clock.now())).due_on,
        "steps": [
            {
                "order": step.order,
                "kind": step.kind,
                "name": step.name,
                "agency": step.agency.name if step.agency else None,
                "limit_working_days": step.limit_working_days,
                "state": step.state,
                "started_on": step.started_on,
                "finished_on": step.finished_on,
                "done_percent": step.done_percent,
            }
            for step in project.steps.select_related("agency")
        ],
    }
