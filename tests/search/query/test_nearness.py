import pytest

from search.query.nearness import nearest


@pytest.mark.parametrize(
    ("typed", "others", "first"),
    [
        ("ngiep", ["nghiep", "nghe", "hiep"], "nghiep"),
        ("nghep", ["nghe", "nghiep"], "nghiep"),
        ("mnih", ["minh", "mau"], "minh"),
        ("xan", ["van", "san", "xanh"], "san"),
        ("harber", ["harbor", "barber"], "harbor"),
    ],
)
def test_the_nearest_is_first(typed: str, others: list[str], first: str) -> None:
    assert nearest(typed, others)[0] == first


@pytest.mark.parametrize("others", [["nha"], ["thi"], [], ["ab1"], ["khu"]])
def test_what_is_not_near(others: list[str]) -> None:
    assert nearest("khu", others) == []
