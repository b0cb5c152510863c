from search.facets import roll_up

GROUPS = [
    ({"sector": ("water",), "province": ("Hà Nội", "Huế")}, 2),
    ({"sector": ("energy",), "province": ("Huế",)}, 1),
    ({"sector": ("water",)}, 4),
]


def test_every_document_counts_under_each_of_its_values() -> None:
    assert roll_up(GROUPS, ("sector", "province"), {}) == (
        7,
        {"sector": {"water": 6, "energy": 1}, "province": {"Hà Nội": 2, "Huế": 3}},
    )


def test_a_facet_ignores_what_is_chosen_in_itself() -> None:
    total, counts = roll_up(GROUPS, ("sector", "province"), {"sector": ("energy",)})
    assert (total, counts["sector"], counts["province"]) == (1, {"energy": 1, "water": 6}, {"Huế": 1})


def test_a_chosen_value_that_nothing_has_counts_as_none() -> None:
    total, counts = roll_up(GROUPS, ("sector",), {"sector": ("health",)})
    assert (total, counts["sector"]["health"]) == (0, 0)
