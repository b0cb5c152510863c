"""Old communes and the wards of 2025 that they belong to, by a list of four wards."""

import pytest

from investment.places import NewPlace, OldPlaces

WARDS = [
    {"code": "1", "name": "Xã Sóc Sơn", "legacy_wards": "Xã Tiên Dược, huyện Sóc Sơn; Xã Mai Đình, huyện Sóc Sơn"},
    {"code": "2", "name": "Xã Đa Phúc", "legacy_wards": "Xã Bắc Phú, huyện Sóc Sơn; Xã Đức Hòa (một phần), Sóc Sơn"},
    {"code": "3", "name": "Xã Nội Bài", "legacy_wards": "Xã Đức Hòa (một phần), Sóc Sơn"},
    {"code": "4", "name": "Phường Long Biên", "legacy_wards": "Phường Long Biên, quận Long Biên"},
]


@pytest.fixture(scope="module")
def places() -> OldPlaces:
    return OldPlaces(WARDS)


@pytest.mark.parametrize(
    ("place", "codes", "text"),
    [
        ("xã Mai Đình, huyện Sóc Sơn", ("1",), "xã Sóc Sơn"),
        ("Mai Dinh, huyen Soc Son", (), ""),  # without marks no district is recognised
        ("xã Mai Đình và xã Bắc Phú, huyện Sóc Sơn", ("1", "2"), "xã Sóc Sơn, xã Đa Phúc"),
        ("xã Mai Đình, Tiên Dược, huyện Sóc Sơn", ("1",), "xã Sóc Sơn"),  # both became one
        ("xã Đức Hòa, huyện Sóc Sơn", ("2", "3"), "xã Đa Phúc, xã Nội Bài"),  # it was split
        ("phường Long Biên, quận Long Biên", ("4",), "phường Long Biên"),
    ],
)
def test_the_wards_of_today(places: OldPlaces, place: str, codes: tuple[str, ...], text: str) -> None:
    assert places.find(place) == NewPlace(codes, text)


def test_what_the_source_says_of_today_counts(places: OldPlaces) -> None:
    assert places.find("xã Mai Đình, huyện Sóc Sơn (nay thuộc xã Nội Bài)").codes == ("3",)


@pytest.mark.parametrize(
    "place", ["", "Sóc Sơn", "xã Mai Đình", "xã Mai Đình và xã Nowhere, huyện Sóc Sơn", "xã Mai Đình, huyện Gia Lâm"]
)
def test_nothing_is_guessed(places: OldPlaces, place: str) -> None:
    assert places.find(place) == NewPlace()
