import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from core import clock
from investment.catalogue import ProjectQuery
from investment.database_backend import search, similar, suggest
from investment.models import Project, ProjectStatus
from tests.factories.investment import make_project

pytestmark = pytest.mark.django_db


def codes(query: ProjectQuery) -> list[str]:
    return [hit.project.code for hit in search(query).hits]


@pytest.fixture
def three() -> None:
    make_project(code="A", sector="transport", capital_vnd_billion="500", name_vi="Cầu Đông Anh")
    make_project(code="B", sector="transport", province="Đà Nẵng", capital_vnd_billion="6000", area_ha="40")
    make_project(code="C", sector="health", capital_usd_million="3", investment_form="Đấu thầu rộng rãi")


@pytest.mark.parametrize(
    "q",
    ["Đông Anh", "dong anh", "DONG ANH", "đông  anh", "anh dong", "dong a", unicodedata.normalize("NFD", "Đông Anh")],
)
def test_words_are_found_however_they_are_typed(three: None, q: str) -> None:
    assert codes(ProjectQuery(q=q)) == ["A"]


@pytest.mark.parametrize("q", ["xyz", "%", "' OR 1=1 --", "_", "ong", "\\"])
def test_what_is_not_there_is_not_found(three: None, q: str) -> None:
    assert codes(ProjectQuery(q=q)) == ([] if any(c.isalnum() for c in q) else ["A", "B", "C"])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"sector": ("transport",)}, {"A", "B"}),
        ({"sector": ("transport", "health")}, {"A", "B", "C"}),
        ({"province": ("Đà Nẵng",)}, {"B"}),
        ({"form": ("bidding",)}, {"C"}),
        ({"capital": ("5000-20000",)}, {"B"}),
        ({"capital": ("usd",)}, {"C"}),
        ({"area": ("none",)}, {"A", "C"}),
        ({"capital_min": 500}, {"A", "B"}),
        ({"capital_max": 500}, {"A"}),
        ({"area_min": 40, "area_max": 40}, {"B"}),
        ({"capital_min": 1000, "capital_unknown": True}, {"B", "C"}),
        ({"capital_max": 500, "capital_unknown": True}, {"A", "C"}),
        ({"capital_unknown": True}, {"A", "B", "C"}),
        ({"area_min": 50, "area_unknown": True}, {"A", "C"}),
        ({"where": ("elsewhere",)}, {"B"}),
        ({"where": ("city",)}, {"A", "C"}),
        ({"where": ("city", "elsewhere")}, {"A", "B", "C"}),
        ({"status": ("completed",)}, set()),
        ({"status": ("draft",)}, set()),
    ],
)
def test_filters(three: None, changes: dict, expected: set[str]) -> None:
    make_project(code="D", status=ProjectStatus.DRAFT)
    assert set(codes(replace(ProjectQuery(), **changes))) == expected


@pytest.mark.parametrize(
    ("sort", "falling", "expected"),
    [
        ("capital", None, ["B", "A", "C"]),
        ("capital", False, ["C", "A", "B"]),
        ("area", None, ["B", "A", "C"]),
        ("area", False, ["B", "A", "C"]),
        ("name", None, ["A", "B", "C"]),
        ("name", True, ["C", "B", "A"]),
        ("confirmed", None, ["C", "A", "B"]),
        ("confirmed", False, ["A", "B", "C"]),
    ],
)
def test_sorting_with_blanks_last(three: None, sort: str, falling: bool | None, expected: list[str]) -> None:
    Project.objects.filter(code="C").update(confirmed_on=timezone.localdate(clock.now()))
    Project.objects.filter(code="B").update(name_vi="Dự án B")
    Project.objects.filter(code="C").update(name_vi="Dự án C")
    assert codes(ProjectQuery(sort=sort, descending=falling)) == expected


@pytest.mark.parametrize(("dollars", "expected"), [("239", ["B", "C", "A"]), ("241", ["C", "B", "A"])])
def test_capital_in_dollars_is_sorted_by_its_worth(three: None, dollars: str, expected: list[str], settings) -> None:
    settings.USD_RATE = 25_000
    Project.objects.filter(code="C").update(capital_usd_million=dollars)
    assert codes(ProjectQuery(sort="capital")) == expected


def test_a_list_without_words_begins_with_the_own_projects_that_have_numbers() -> None:
    make_project(code="ELSE", province="Đà Nẵng", capital_vnd_billion="9", area_ha="9", place="x", sector="health")
    make_project(code="BARE", province="Hà Nội", place="x", sector="health", investment_form="PPP")
    make_project(code="AREA", province="hà nội", area_ha="4")
    make_project(code="BOTH", province="Hà Nội", area_ha="4", capital_usd_million="3", capital_vnd_billion="70")
    assert codes(ProjectQuery()) == ["BOTH", "AREA", "BARE", "ELSE"]


def test_tabs_are_counted_whatever_is_chosen(three: None) -> None:
    counts = {facet.value: facet.count for facet in search(ProjectQuery(where=("city",))).facets["where"]}
    assert counts == {"city": 2, "elsewhere": 1}


def test_projects_past_their_confirmation_sink() -> None:
    today = timezone.localdate(clock.now())
    make_project(code="OLD", name_vi="Cầu", confirmed_on=today - timedelta(days=91))
    make_project(code="NEW", name_vi="Cầu", confirmed_on=today - timedelta(days=90))
    assert codes(ProjectQuery(q="cau")) == ["NEW", "OLD"]


def test_pages_and_the_page_past_the_end(three: None) -> None:
    assert codes(ProjectQuery(sort="name", page=2, page_size=2)) != []
    past = search(ProjectQuery(page=9))
    assert (past.count, past.hits) == (3, [])


def test_the_highlight_is_safe() -> None:
    make_project(code="X", place="<b>xã</b> Đông Anh & Mê Linh")
    (hit,) = search(ProjectQuery(q="dong")).hits
    assert hit.highlight == "&lt;b&gt;xã&lt;/b&gt; <mark>Đông</mark> Anh &amp; Mê Linh"


@pytest.mark.parametrize("number", [1, 3])
def test_two_queries_for_the_facts_and_one_for_the_words(django_assert_num_queries, number: int) -> None:
    for _ in range(number):
        make_project()
    with django_assert_num_queries(3):
        search(ProjectQuery())


def test_suggestions_hold_projects_places_and_sectors(three: None) -> None:
    assert [(found.kind, found.text) for found in suggest("cau dong", 8, "vi")] == [("project", "Cầu Đông Anh")]
    assert ("place", "Đà Nẵng") in [(found.kind, found.text) for found in suggest("da n", 8, "vi")]
    assert suggest("transp", 8, "en")[0].kind == "sector"
    assert suggest("", 8, "vi") == []


def test_similar_projects_share_the_sector(three: None) -> None:
    assert [project.code for project in similar(Project.objects.get(code="A"))] == ["B"]
