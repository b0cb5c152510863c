import math

import pytest

from accounts.demo import load_agencies
from cms.ward_map import Pin, draw
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
