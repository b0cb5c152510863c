"""What people search for on the list of projects is counted like the search of the whole site."""

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from search import engines, sync
from search.engines.base import Engine, EngineUnavailable
from search.models import SearchedText
from tests.search.conftest import make_project

pytestmark = pytest.mark.django_db

LIST = "/vi/projects/"


@pytest.fixture(autouse=True)
def _projects(engine: Engine, site: None) -> None:
    for number in range(25):
        province = "Hà Nội" if number else "Đà Nẵng"
        make_project(f"HN-{number:03d}", f"Cầu vượt số {number}", province=province, sector="transport")
    sync.drain()


def counts() -> list[tuple[str, str, int, int]]:
    return list(SearchedText.objects.values_list("text", "locale", "searches", "results"))


def test_a_search_is_counted_with_all_that_it_found(client: Client) -> None:
    assert client.get(LIST, {"q": " Cầu  vượt "}).status_code == 200
    client.get("/en/projects/", {"q": "xyzzyq"}, headers={"hx-request": "true"})
    assert sorted(counts()) == [("cầu vượt", "vi", 1, 25), ("xyzzyq", "en", 1, 0)]


@pytest.mark.parametrize(
    "more",
    [
        {"page": "2"},
        {"sector": "transport"},
        {"province": "Hà Nội"},
        {"capital_min": "5"},
        {"area_max": "0"},
        {"sort": "name"},
        {"tab": "elsewhere"},
    ],
)
def test_leafing_filtering_and_sorting_are_the_same_search(client: Client, more: dict[str, str]) -> None:
    assert client.get(LIST, {"q": "cầu vượt"} | more).status_code == 200
    assert counts() == []


def test_the_list_says_which_result_is_opened(client: Client) -> None:
    page = client.get(LIST, {"q": "cầu vượt", "page": "2", "tab": "all"}).content.decode()
    assert 'data-position="21"' in page
    assert f'data-clicked action="{reverse("search:clicked")}"' in page
    assert '<input form="clicked" type="hidden" name="q" value="cầu vượt">' in page
    assert "js/search.js" in page
    client.get(LIST, {"q": "cầu vượt"})
    assert client.post(reverse("search:clicked"), {"q": "cầu vượt", "position": "21"}).status_code == 204
    assert SearchedText.objects.values_list("clicks", "positions").get() == (1, 21)
    assert 'form="clicked"' not in client.get(LIST).content.decode()


def test_without_words_nothing_is_counted(client: Client) -> None:
    client.get(LIST)
    client.head(LIST, {"q": "cầu vượt"})
    assert counts() == []


@pytest.mark.parametrize(
    "url", ["/api/v1/projects", "/api/v1/projects.csv", "/api/v1/suggest", "/map/projects.geojson"]
)
def test_programs_exports_and_the_map_are_not_counted(client: Client, url: str) -> None:
    assert client.get(url, {"q": "cầu vượt"}).status_code == 200
    assert counts() == []


def test_what_the_database_finds_is_not_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_args: Any, **_kwargs: Any) -> None:
        raise EngineUnavailable("down")

    monkeypatch.setattr(type(engines.current()), "search", down)
    assert client.get(LIST, {"q": "cầu vượt"}).status_code == 200
    assert counts() == []


def test_a_count_that_fails_breaks_no_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(SearchedText.objects, "filter", broken)
    assert client.get(LIST, {"q": "cầu vượt"}).status_code == 200
