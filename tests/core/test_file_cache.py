"""The cache in files counts right when several threads and processes count at once."""

from pathlib import Path

import pytest

from core.file_cache import CountingFileCache
from tests.core.side_by_side import side_by_side

MANY = 24


@pytest.fixture
def cache(tmp_path: Path) -> CountingFileCache:
    return CountingFileCache(str(tmp_path / "cache"), {"TIMEOUT": 60})


def test_each_gets_a_number_of_its_own(cache: CountingFileCache) -> None:
    cache.add("n", 0)
    assert sorted(side_by_side(MANY, lambda: cache.incr("n"))) == list(range(1, MANY + 1))


def test_one_of_many_adds(cache: CountingFileCache) -> None:
    assert side_by_side(MANY, lambda: cache.add("n", 0)).count(True) == 1


def test_as_djangos_otherwise(cache: CountingFileCache) -> None:
    with pytest.raises(ValueError, match="not found"):
        cache.incr("n")
    assert (cache.add("n", 1), cache.decr("n"), cache.get("n")) == (True, 0, 0)
    cache.clear()
    assert cache.get("n") is None
