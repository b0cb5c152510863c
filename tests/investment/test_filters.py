import pytest
from hypothesis import given
from hypothesis import strategies as st

from investment.filters import MAX_VALUE, MAX_VALUES, parse
from tests.factories.investment import make_project
from tests.factories.issues import make_agency

CLOSED = ("sector", "form", "status", "capital", "area", "sort", "locale", "tab", "capital_unknown", "area_unknown")


@pytest.mark.parametrize("name", CLOSED)
def test_an_unknown_value_names_its_field(name: str) -> None:
    query, errors = parse({name: ["nonsense"]}, locale="vi")
    assert set(errors) == {name}
    assert query == parse({}, locale="vi")[0]


@pytest.mark.parametrize("name", ["capital_min", "capital_max", "area_min", "area_max"])
@pytest.mark.parametrize("text", ["abc", "-1", "nan", "inf", "1e400", "1e12", "8.000,5"])
def test_ranges_take_plain_numbers_only(name: str, text: str) -> None:
    assert set(parse({name: [text]}, locale="vi")[1]) == {name}


@pytest.mark.parametrize(
    ("text", "sort", "falls"),
    [
        ("", "relevance", True),
        ("relevance", "relevance", True),
        ("-relevance", "relevance", True),
        ("confirmed", "confirmed", False),
        ("-confirmed", "confirmed", True),
        ("year", "year", False),
        ("-year", "year", True),
        ("name", "name", False),
        ("-name", "name", True),
        ("capital", "capital", True),
        ("-capital", "capital", True),
        ("area", "area", True),
        ("-area", "area", True),
    ],
)
def test_a_minus_sign_means_falling(text: str, sort: str, falls: bool) -> None:
    query, errors = parse({"sort": [text]}, locale="vi")
    assert (query.sort, query.is_descending, errors) == (sort, falls, {})
    assert parse({"sort": [query.sort_text]}, locale="vi")[0] == query  # the address of a list gives the same list


@pytest.mark.parametrize("text", ["--name", "- name", "+name", "-", "Name"])
def test_other_signs_are_wrong(text: str) -> None:
    assert set(parse({"sort": [text]}, locale="vi")[1]) == {"sort"}


@pytest.mark.parametrize(("tab", "where"), [("", ()), ("all", ()), ("city", ("city",)), ("elsewhere", ("elsewhere",))])
def test_tabs(tab: str, where: tuple[str, ...]) -> None:
    query, errors = parse({"tab": [tab], "capital_unknown": ["1"], "area_unknown": ["0"]}, locale="vi")
    assert (query.where, query.capital_unknown, query.area_unknown, errors) == (where, True, False, {})


@pytest.mark.parametrize("name", ["page", "page_size"])
@pytest.mark.parametrize("text", ["0", "-1", "1.5", "x", "٣", "99999999999999999999"])
def test_pages_are_whole_numbers_from_one(name: str, text: str) -> None:
    assert set(parse({name: [text]}, locale="vi")[1]) == {name}


def test_page_size_ends_at_a_hundred() -> None:
    assert parse({"page_size": ["100"]}, locale="vi")[0].page_size == 100
    assert set(parse({"page_size": ["101"]}, locale="vi")[1]) == {"page_size"}


def test_an_inverted_range_is_refused() -> None:
    query, errors = parse({"capital_min": ["9"], "capital_max": ["8"]}, locale="vi")
    assert set(errors) == {"capital_min"}
    assert (query.capital_min, query.capital_max) == (None, None)


def test_several_values_repeated_or_with_commas() -> None:
    query, errors = parse({"sector": ["transport,health", "HEALTH", "water"], "form": ["PPP"]}, locale="vi")
    assert not errors
    assert set(query.sector) == {"transport", "health", "water"}
    assert query.form == ("ppp",)


@pytest.mark.django_db
def test_provinces_may_be_typed_without_marks() -> None:
    make_project(province="Đà Nẵng")
    assert parse({"province": ["da nang"]}, locale="vi")[0].province == ("Đà Nẵng",)
    assert parse({"province": ["Atlantis"]}, locale="vi") == (
        parse({}, locale="vi")[0].__class__(province=("Atlantis",)),
        {},
    )


@pytest.mark.django_db
def test_wards_are_looked_up() -> None:
    make_agency("00004", level="ward")
    query, errors = parse({"ward": ["00004", "99999"]}, locale="vi")
    assert query.ward == ("00004",)
    assert set(errors) == {"ward"}


@given(st.dictionaries(st.sampled_from([*CLOSED, "q", "page", "capital_min", "area_max"]), st.lists(st.text())))
def test_any_text_is_read_without_an_exception(parameters: dict[str, list[str]]) -> None:
    query, _errors = parse(parameters, locale="vi")
    assert 1 <= query.page_size <= 100


@pytest.mark.django_db
def test_endless_values_are_refused_with_a_sentence() -> None:
    query, errors = parse({"ward": [",".join(map(str, range(50_000)))], "province": ["x" * 5000]}, locale="vi")
    assert set(errors) == {"ward"}
    assert str(MAX_VALUES) in errors["ward"][0]
    assert [len(name) for name in query.province] == [MAX_VALUE]
