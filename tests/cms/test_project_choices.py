"""What is chosen in the list, in words."""

import pytest
from django.utils.translation import override

from cms.project_choices import in_words, range_label
from investment.catalogue import ProjectQuery


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (ProjectQuery(), []),
        (ProjectQuery(q="cầu", sector=("transport",)), ["“cầu”", "Transport"]),
        (ProjectQuery(province=("Hà Nội",), status=("completed",)), ["Hà Nội", "Completed"]),
    ],
)
def test_choices_are_said_with_their_labels(query: ProjectQuery, words: list[str]) -> None:
    with override("en"):
        assert in_words(query) == words


@pytest.mark.parametrize(
    ("query", "part"),
    [
        (ProjectQuery(capital_min=100), "100"),
        (ProjectQuery(capital_max=2000), "2,000"),
        (ProjectQuery(capital_min=100, capital_max=2000), "100"),
    ],
)
def test_a_range_names_its_ends(query: ProjectQuery, part: str) -> None:
    with override("en"):
        assert part in range_label(query, "capital")
