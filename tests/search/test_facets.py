from search.facets import roll_up

GROUPS = [(("water", "Hà Nội"), 3), (("water", "Huế"), 2), (("energy", "Hà Nội"), 5)]
NAMES = ("sector", "province")


def test_without_filters_everything_is_counted() -> None:
    assert roll_up(GROUPS, NAMES, {}) == (
        10,
        {"sector": {"water": 5, "energy": 5}, "province": {"Hà Nội": 8, "Huế": 2}},
    )


def test_a_facet_ignores_its_own_filter_and_respects_the_others() -> None:
    total, counts = roll_up(GROUPS, NAMES, {"sector": ("water",)})
    assert total == 5
    assert counts == {"sector": {"water": 5, "energy": 5}, "province": {"Hà Nội": 3, "Huế": 2}}


def test_two_filters() -> None:
    total, counts = roll_up(GROUPS, NAMES, {"sector": ("energy",), "province": ("Huế",)})
    assert total == 0
    assert counts == {"sector": {"energy": 0, "water": 2}, "province": {"Huế": 0, "Hà Nội": 5}}
