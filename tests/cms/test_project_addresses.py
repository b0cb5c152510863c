import pytest

from cms.project_addresses import address, pairs_of, plain, tab_of, without
from investment.catalogue import ProjectQuery
from investment.filters import parse


@pytest.mark.parametrize(
    ("number", "text"),
    [(20, "20"), (1400, "1400"), (27.7, "27.7"), (27.125, "27.1250"), (35_000_000, "35000000"), (0.5, "0.5")],
)
def test_a_number_reads_the_same_in_every_language(number: float, text: str) -> None:
    assert plain(number) == text
    assert float(text) == number


def test_the_address_of_a_query_gives_the_query() -> None:
    query = ProjectQuery(
        q="cầu & đường",
        sector=("transport", "health"),
        capital=("usd",),
        capital_max=12.125,
        area_min=20,
        area_unknown=True,
        capital_unknown=True,
        where=("elsewhere",),
        sort="confirmed",
        descending=True,
    )
    pairs = pairs_of(query, "elsewhere")
    parameters: dict[str, list[str]] = {}
    for name, value in pairs:
        parameters.setdefault(name, []).append(value)
    assert parse(parameters, locale="vi") == (query, {})


def test_what_has_no_effect_is_not_in_the_address() -> None:
    assert pairs_of(ProjectQuery(area_unknown=True, where=("city",))) == []
    assert address("/vi/projects/", []) == "/vi/projects/"
    assert without([("q", "a"), ("tab", "all")], "tab") == [("q", "a")]
    assert [tab_of(ProjectQuery(where=w)) for w in ((), ("city",), ("city", "elsewhere"))] == ["all", "city", "all"]
