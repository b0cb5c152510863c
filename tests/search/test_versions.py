from datetime import UTC, datetime

import pytest

from core import clock
from search.models import IndexState
from search.versions import next_version

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 18, 5, tzinfo=UTC)


def test_versions_rise_also_when_the_clock_stands_or_goes_back() -> None:
    with clock.at(NOON):
        found = [next_version(), next_version()]
    with clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
        found.append(next_version())
    assert found == sorted(set(found))


def test_a_restored_database_is_not_behind_the_index() -> None:
    with clock.at(NOON):
        of_the_index = [next_version() for _ in range(100)][-1]
    IndexState.objects.all().delete()
    assert next_version() > of_the_index
    assert IndexState.objects.count() == 1
