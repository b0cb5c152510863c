import itertools
import math

import pytest

from accounts.demo import load_agencies
from cms.ward_map import Pin, areas, draw
from tests.factories.issues import make_agency

pytestmark = pytest.mark.django_db


def pin(text: str, latitude: float, longitude: float) -> Pin:
    return Pin(text, "Dự án", "/vi/", latitude, longitude)


def test_no_map_without_pins_or_wards() -> None:
    assert draw([]) is None
    assert draw([pin("1", 21.0, 105.8)]) is None


def test_every_pin_is_inside_and_none_covers_another() -> None:
    load_agencies()
    pins = [pin(str(n), 21.0 + n / 100, 105.8) for n in range(5)] + [pin("x", 21.0, 105.8), pin("y", 21.0, 105.8)]
    found = draw(pins)
    assert found is not None
    assert found.path.startswith("M")
    assert all(0 < mark.x < found.width and 0 < mark.y < found.height for mark in found.pins)
    for a in found.pins:
        assert all(math.dist((a.x, a.y), (b.x, b.y)) >= 29 for b in found.pins if b is not a)


def test_north_is_up_and_east_is_right() -> None:
    make_agency("00004", level="ward", abbr="A", latitude=21.0, longitude=105.8, area_km2=5)
    south, north = draw([pin("s", 21.00, 105.80), pin("n", 21.08, 105.85)]).pins
    assert north.y < south.y
    assert north.x > south.x


def test_areas_are_closed_rings_around_their_wards() -> None:
    load_agencies()
    found = areas()["features"]
    assert len(found) == 126
    for feature in found:
        (ring,) = feature["geometry"]["coordinates"]
        longitude, latitude = feature["properties"]["at"]
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
        assert all(here != there for here, there in itertools.pairwise(ring))
        # counter-clockwise (RFC 7946, 3.1.6), and its own centre is inside: to the left of every edge
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            assert (x2 - x1) * (latitude - y1) - (y2 - y1) * (longitude - x1) > 0


def test_areas_lie_where_the_wards_lie() -> None:
    make_agency("00004", level="ward", abbr="A", latitude=21.0, longitude=105.8, area_km2=5)
    make_agency("00008", level="ward", abbr="B", latitude=21.1, longitude=105.8, area_km2=5)
    assert [feature["properties"] for feature in areas()["features"]] == [
        {"name": "A", "at": [105.8, 21.0]},
        {"name": "B", "at": [105.8, 21.1]},
    ]


def test_without_positions_there_are_no_areas() -> None:
    make_agency("00004", level="ward", abbr="A")
    assert areas() == {"type": "FeatureCollection", "features": []}
