"""A simple map of the city, drawn from the position and the area of its wards. No tiles, no borders, and it says so.

Every ward gets the ground that lies nearer to its centre than to any other (a Voronoi cell), within a circle that
grows with the ward's area.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from accounts.models import Agency

Point = tuple[float, float]
_Row = tuple[str, float, float, float | None]

KM_PER_DEGREE = 111.32
_CIRCLE = 20  # corners of the circle that bounds a cell
_REACH = 2.2  # its radius, in radii of a disc with the ward's area
_SPAN_KM = 16.0  # a map never shows less than this from side to side
_MARGIN = 0.18
_PIN_RADIUS = 15
_LABEL_GAP = 38


@dataclass(frozen=True)
class Pin:
    """A mark on the map."""

    text: str
    title: str
    url: str
    latitude: float
    longitude: float
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True)
class Label:
    text: str
    x: float
    y: float


@dataclass(frozen=True)
class WardMap:
    """Ready to be put into an SVG of `width` × `height`; `path` holds all cells."""

    width: int
    height: int
    path: str = ""
    labels: list[Label] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)


@dataclass(frozen=True)
class _Ward:
    name: str
    at: Point  # km east and south of the origin
    radius: float


def draw(pins: Sequence[Pin], width: int = 420, height: int = 325) -> WardMap | None:
    """A map that shows all `pins`; None without any, or where no ward has a position. One query."""
    if not pins:
        return None
    rows = _rows()
    if not rows:
        return None
    origin = _origin(rows)
    wards, cells = _cells(rows, origin)
    placed = [(pin, _project(pin.latitude, pin.longitude, origin)) for pin in pins]
    to_view, in_view = _window([at for _pin, at in placed], width, height)
    shown = [number for number, cell in enumerate(cells) if any(in_view(corner) for corner in cell)]
    return WardMap(
        width=width,
        height=height,
        path="".join(_path([to_view(corner) for corner in cells[number]]) for number in shown),
        labels=_labels([(wards[number].name, to_view(wards[number].at)) for number in shown], width, height),
        pins=_spread([(pin, to_view(at)) for pin, at in placed]),
    )


def areas() -> dict[str, Any]:
    """The cells of all wards as GeoJSON, longitude before latitude, rounded to about ten metres. One query."""
    rows = _rows()
    if not rows:
        return {"type": "FeatureCollection", "features": []}
    origin = _origin(rows)
    wards, cells = _cells(rows, origin)
    features = [
        {
            "type": "Feature",
            "properties": {"name": ward.name, "at": _degrees(ward.at, origin)},
            "geometry": {"type": "Polygon", "coordinates": [_ring(cell, origin)]},
        }
        for ward, cell in zip(wards, cells, strict=True)
        if len(cell) > 2
    ]
    return {"type": "FeatureCollection", "features": features}


def _ring(cell: Sequence[Point], origin: Point) -> list[list[float]]:
    """A closed ring, counter-clockwise as RFC 7946 asks, without corners that rounding made the same."""
    corners = [_degrees(corner, origin) for corner in reversed(cell)]
    kept = [here for here, before in zip(corners, [corners[-1], *corners[:-1]], strict=True) if here != before]
    return [*kept, kept[0]]


def _degrees(point: Point, origin: Point) -> list[float]:
    """Longitude and latitude of a point in km: the way back from `_project`."""
    longitude = origin[1] + point[0] / (math.cos(math.radians(origin[0])) * KM_PER_DEGREE)
    return [round(longitude, 4), round(origin[0] - point[1] / KM_PER_DEGREE, 4)]


def _origin(rows: Sequence[_Row]) -> Point:
    return sum(row[1] for row in rows) / len(rows), sum(row[2] for row in rows) / len(rows)


def _rows() -> tuple[_Row, ...]:
    wards = Agency.objects.filter(level=Agency.Level.WARD).order_by("code")
    found = wards.values_list("abbr", "latitude", "longitude", "area_km2")
    return tuple((name, lat, lon, area) for name, lat, lon, area in found if lat is not None and lon is not None)


def _project(latitude: float, longitude: float, origin: Point) -> Point:
    east = (longitude - origin[1]) * math.cos(math.radians(origin[0])) * KM_PER_DEGREE
    return east, (origin[0] - latitude) * KM_PER_DEGREE


@lru_cache(maxsize=2)
def _cells(rows: tuple[_Row, ...], origin: Point) -> tuple[list[_Ward], list[list[Point]]]:
    wards = [
        _Ward(name, _project(latitude, longitude, origin), math.sqrt((area or 5.0) / math.pi) * _REACH)
        for name, latitude, longitude, area in rows
    ]
    return wards, [_cell(ward, wards) for ward in wards]


def _cell(ward: _Ward, wards: Sequence[_Ward]) -> list[Point]:
    (x, y), step = ward.at, 2 * math.pi / _CIRCLE
    cell = [(x + ward.radius * math.cos(step * i), y + ward.radius * math.sin(step * i)) for i in range(_CIRCLE)]
    for other in wards:
        if other is not ward and math.dist(ward.at, other.at) < 2 * ward.radius:
            cell = _nearer(cell, ward.at, other.at)
    return cell


def _nearer(cell: list[Point], here: Point, there: Point) -> list[Point]:
    """The part of a convex polygon that is nearer to `here` than to `there` (Sutherland–Hodgman, one edge)."""
    dx, dy = there[0] - here[0], there[1] - here[1]
    middle = (dx * (here[0] + there[0]) + dy * (here[1] + there[1])) / 2
    kept: list[Point] = []
    for a, b in zip(cell, [*cell[1:], *cell[:1]], strict=True):
        side_a, side_b = dx * a[0] + dy * a[1] - middle, dx * b[0] + dy * b[1] - middle
        if side_a <= 0:
            kept.append(a)
        if (side_a < 0 < side_b) or (side_b < 0 < side_a):
            share = side_a / (side_a - side_b)
            kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
    return kept


def _window(points: Sequence[Point], width: int, height: int):  # type: ignore[no-untyped-def]
    """Functions from km to the drawing, and whether a point in km falls into it."""
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    center = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    span = max(
        _SPAN_KM, (max(xs) - min(xs)) * (1 + 2 * _MARGIN), (max(ys) - min(ys)) * (1 + 2 * _MARGIN) * width / height
    )
    scale = width / span

    def to_view(point: Point) -> Point:
        return (point[0] - center[0]) * scale + width / 2, (point[1] - center[1]) * scale + height / 2

    def in_view(point: Point) -> bool:
        x, y = to_view(point)
        return -width / 4 < x < width * 1.25 and -height / 4 < y < height * 1.25

    return to_view, in_view


def _path(corners: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in corners) + "z" if corners else ""


def _labels(names: Sequence[tuple[str, Point]], width: int, height: int) -> list[Label]:
    """Names of wards inside the drawing, leaving out those that would run into one another."""
    kept: list[Label] = []
    for name, (x, y) in names:
        inside = _LABEL_GAP < x < width - _LABEL_GAP and 12 < y < height - 6
        if inside and all(abs(x - other.x) > 1.6 * _LABEL_GAP or abs(y - other.y) > 16 for other in kept):
            kept.append(Label(name, round(x), round(y)))
    return kept


def _spread(pins: Sequence[tuple[Pin, Point]]) -> list[Pin]:
    """Pins in the same place step aside, so that each number can be read and reached."""
    placed: list[Pin] = []
    for pin, (x, y) in pins:
        for step in range(12):
            angle, distance = step * 2.4, _PIN_RADIUS * 2.1 * math.sqrt(step)
            at = (x + distance * math.cos(angle), y + distance * math.sin(angle))
            if all(math.dist(at, (other.x, other.y)) >= _PIN_RADIUS * 2 for other in placed):
                break
        placed.append(Pin(pin.text, pin.title, pin.url, pin.latitude, pin.longitude, round(at[0]), round(at[1])))
    return placed
