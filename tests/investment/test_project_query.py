"""Facets rolled up from grouped counts, and words marked in a text."""

import pytest

from investment.project_query import ProjectQuery, facets_from, marked

SAME = {"status": "published", "capital": "", "area": "none"}
GROUPS: list[dict[str, object]] = [
    {"sector": "it", "province": "HN", "form": "ppp", **SAME, "n": 3},
    {"sector": "it", "province": "HCM", "form": "ppp", **SAME, "n": 2},
    {
        "sector": "energy",
        "province": "HN",
        "form": "none",
        "status": "published",
        "capital": "",
        "area": "none",
        "n": 1,
    },
]


def counts(query: ProjectQuery, name: str) -> tuple[int, dict[str, int]]:
    total, facets = facets_from(GROUPS, query)
    return total, {facet.value: facet.count for facet in facets[name]}


def test_with_nothing_chosen_everything_is_counted() -> None:
    assert counts(ProjectQuery(), "sector") == (6, {"it": 5, "energy": 1})


def test_a_facet_ignores_what_is_chosen_in_itself_and_respects_the_others() -> None:
    query = ProjectQuery(sector=("it",), province=("HN",))
    assert counts(query, "sector") == (3, {"it": 3, "energy": 1})
    assert counts(query, "province") == (3, {"HN": 3, "HCM": 2})
    assert counts(query, "form") == (3, {"ppp": 3})


def test_a_chosen_value_stays_with_nothing_in_it() -> None:
    total, facets = facets_from(GROUPS, ProjectQuery(sector=("tourism",)))
    assert total == 0
    assert [(facet.value, facet.count, facet.selected) for facet in facets["sector"]][-1] == ("tourism", 0, True)


@pytest.mark.parametrize(
    ("text", "spans", "html"),
    [
        ("Cầu", [], "Cầu"),
        ("Cầu mới", [(0, 3)], "<mark>Cầu</mark> mới"),
        ("a<b>&c", [(1, 4)], "a<mark>&lt;b&gt;</mark>&amp;c"),
        ("xyz", [(0, 1), (2, 3)], "<mark>x</mark>y<mark>z</mark>"),
    ],
)
def test_marks_escape_everything_else(text: str, spans: list[tuple[int, int]], html: str) -> None:
    assert marked(text, spans) == html
