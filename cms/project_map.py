"""What the map of projects loads: the areas of the wards, and the projects of the filtered list that have a place.

Both are GeoJSON (RFC 7946), public, and small: areas are simplified, a project has only what its pin shows.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cms import ward_map
from cms.project_places import Places
from core import limits
from core.text import fold
from investment.catalogue import MAX_PAGE_SIZE, ProjectHit, ProjectQuery, search_projects
from investment.filters import parse

GEOJSON = "application/geo+json"
MOST = 2_000  # projects: each hundred is a search, and somebody waits for the pins
_KEPT_FOR = 3600  # seconds for which a browser shows areas that were edited since


@require_safe
def wards(request: HttpRequest) -> HttpResponseBase:
    """The areas of the wards, as the simple map draws them. One query; a browser that has them gets 304."""
    response = _geojson(ward_map.areas())
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:20]}"'
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=_KEPT_FOR)
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The projects of the list with these filters, on all its pages, and how many there are in each place.

    Wrong filters are left out, as the list does. 429 where somebody asks too often.
    """
    limits.spend_by_caller(request, "map")
    query, _wrong = parse(dict(request.GET.lists()), locale="vi", page_size=MAX_PAGE_SIZE)
    with override(query.locale):
        return _geojson(_collection(*_all(query)))


def _collection(hits: Sequence[ProjectHit], count: int) -> dict[str, Any]:
    """The pins, and under `places` what is counted where, projects without a position included."""
    places = Places()
    features, counts, provinces = [], Counter[str](), {}
    for hit in hits:
        project, name, spot = hit.project, places.name(hit.project), places.spot(hit.project)
        counts[name] += 1
        provinces[name] = "" if places.is_here(project) else project.province
        if spot is None:
            continue
        properties = {"code": project.code, "title": hit.title, "url": hit.url, "near": name, "about": spot.about}
        properties |= {
            "place": ", ".join(filter(None, (project.place, project.province))),
            "province": project.province,
        }
        point = {"type": "Point", "coordinates": [round(spot.longitude, 5), round(spot.latitude, 5)]}
        features.append({"type": "Feature", "id": project.code, "geometry": point, "properties": properties})
    ordered = sorted(counts.items(), key=lambda item: (-item[1], fold(item[0])))
    listed = [{"name": name, "count": n, "province": provinces[name]} for name, n in ordered]
    return {"type": "FeatureCollection", "features": features, "places": listed, "count": count}


def _all(query: ProjectQuery) -> tuple[list[ProjectHit], int]:
    """The projects of the list, and how many it has; asked for page by page, so that map and list never differ."""
    query = replace(query, page=1, page_size=MAX_PAGE_SIZE)
    results = search_projects(query)
    hits = list(results.hits)
    while len(hits) < min(results.count, MOST) and results.hits:
        query = replace(query, page=query.page + 1)
        results = search_projects(query)
        if results.page != query.page:
            break  # the list became shorter since then
        hits += results.hits
    return hits, results.count


def _geojson(content: dict[str, Any]) -> HttpResponse:
    return HttpResponse(json.dumps(content, ensure_ascii=False, separators=(",", ":")), content_type=GEOJSON)
