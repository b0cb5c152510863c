"""Pages put together from the engine and the database hold everything once, in order."""

import pytest

from search.engines.base import Document, Engine, SearchQuery
from search.merging import merged


@pytest.fixture
def five(engine: Engine) -> Engine:
    engine.put(
        Document(kind="project", object_id=number, locale="vi", title="Bến cảng", numbers={"confirmed": -number})
        for number in range(1, 6)
    )
    return engine


def pages(engine: Engine, *, front: list[int], left_out: list[int]) -> tuple[set[int], list[int]]:
    found = [
        merged(engine, "bến cảng", SearchQuery(limit=2, offset=offset), front=front, left_out=left_out)
        for offset in (0, 2, 4, 6)
    ]
    return {page.count for page in found}, [pk for page in found for pk in page.ids]


@pytest.mark.parametrize(
    ("front", "left_out", "expected"),
    [
        ([], [], [1, 2, 3, 4, 5]),
        ([4], [], [4, 1, 2, 3, 5]),
        ([9, 4], [2], [9, 4, 1, 3, 5]),
        ([], [1, 2, 99], [3, 4, 5]),
        ([7, 8, 9], [1, 2, 3, 4, 5], [7, 8, 9]),
    ],
)
def test_everything_once(five: Engine, front: list[int], left_out: list[int], expected: list[int]) -> None:
    assert pages(five, front=front, left_out=left_out) == ({len(expected)}, expected)


def test_what_only_the_database_has_is_not_mixed_with_guesses(five: Engine) -> None:
    page = merged(five, "bến cảng zzzz", SearchQuery(limit=5), front=[9])
    assert (page.count, page.ids) == (1, [9])


def test_an_object_that_the_engine_may_not_name_is_not_counted_twice(five: Engine) -> None:
    page = merged(five, "bến", SearchQuery(limit=5, object_ids=(1, 2)), left_out=[2, 3])
    assert (page.count, page.ids) == (1, [1])
