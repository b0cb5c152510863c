"""Places for sockets: counted by address and by person, free again afterwards."""

import pytest

from core.errors import TooMany
from issues.live.places import Places


def test_one_more_than_there_are_places_is_refused(settings):
    settings.TN_LIMITS = {**settings.TN_LIMITS, "sockets.address": (2, 0), "sockets.person": (1, 0)}
    places = Places()
    with places.taken("address", "10.0.0.1"), places.taken("address", "10.0.0.1"):
        with pytest.raises(TooMany), places.taken("address", "10.0.0.1"):
            pass
        with places.taken("address", "10.0.0.2"), places.taken("person", "10.0.0.1"):
            pass
    with places.taken("address", "10.0.0.1"):
        pass


def test_nothing_is_counted_without_a_key(settings):
    settings.TN_LIMITS = {**settings.TN_LIMITS, "sockets.person": (1, 0)}
    places = Places()
    with places.taken("person", ""), places.taken("person", ""):
        pass


def test_a_place_is_free_after_an_error(settings):
    settings.TN_LIMITS = {**settings.TN_LIMITS, "sockets.person": (1, 0)}
    places = Places()
    for _ in range(3):
        with pytest.raises(OSError, match="gone"), places.taken("person", "7"):
            raise OSError("gone")
