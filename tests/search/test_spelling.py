import pytest

from search.spelling import distance, untelex


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("nghiep", "nghiep", 0), ("nghiep", "nghep", 1), ("nghiep", "ngheip", 1), ("anh", "ahn", 1), ("a", "abcd", 3)],
)
def test_distance(one: str, other: str, steps: int) -> None:
    assert distance(one, other, 2) == steps
    assert distance(other, one, 2) == steps


@pytest.mark.parametrize(
    ("typed", "meant"), [("ddaauf", "dau"), ("tuw", "tu"), ("coong", "cong"), ("nghieejp", "nghiep"), ("khu", "khu")]
)
def test_telex_without_an_input_method(typed: str, meant: str) -> None:
    assert untelex(typed) == meant
