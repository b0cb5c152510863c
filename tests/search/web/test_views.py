"""Searching and opening results, as the report counts them."""

import pytest
from django.test import Client
from django.urls import reverse

from search.engines.base import Document, Engine, Kind
from search.models import SearchedText

pytestmark = pytest.mark.django_db

URL = "/vi/search/"


@pytest.fixture
def _found(engine: Engine) -> None:
    engine.put(
        Document(kind=Kind.PAGE, object_id=n, locale="vi", title=f"Quy chế số {n}", url=f"/vi/{n}/") for n in range(25)
    )


def counts() -> list[tuple[str, int, int, int, int]]:
    return list(SearchedText.objects.values_list("text", "searches", "results", "clicks", "positions"))


@pytest.mark.usefixtures("_found")
def test_a_search_is_counted_once_whatever_is_leafed_through(client: Client) -> None:
    for parameters in ({"q": "Quy chế"}, {"q": "quy chế", "page": "2"}, {"q": "quy chế", "kind": "page"}):
        assert client.get(URL, parameters).status_code == 200
    client.head(URL, {"q": "quy chế"})
    client.get(URL)
    assert counts() == [("quy chế", 1, 25, 0, 0)]


@pytest.mark.usefixtures("_found")
def test_the_page_says_which_result_is_opened(client: Client) -> None:
    page = client.get(URL, {"q": "quy chế", "page": "2"}).content.decode()
    assert 'data-position="21"' in page
    assert 'data-position="25"' in page
    assert f'action="{reverse("search:clicked")}"' in page
    assert "js/search.js" in page


@pytest.mark.usefixtures("_found")
def test_an_opened_result_is_counted(client: Client) -> None:
    client.get(URL, {"q": "quy chế"})
    assert client.post(URL + "clicked/", {"q": "quy chế", "position": "21"}).status_code == 204
    assert counts() == [("quy chế", 1, 25, 1, 21)]


@pytest.mark.parametrize("position", ["", "0", "-1", "x", "٣", "1e3", "9" * 5000])
@pytest.mark.usefixtures("_found")
def test_what_is_no_position_is_not_counted(client: Client, position: str) -> None:
    client.get(URL, {"q": "quy chế"})
    assert client.post(URL + "clicked/", {"q": "quy chế", "position": position}).status_code == 204
    assert counts() == [("quy chế", 1, 25, 0, 0)]


def test_only_our_own_page_may_say_so() -> None:
    assert Client(enforce_csrf_checks=True).post(URL + "clicked/", {"q": "x", "position": "1"}).status_code == 403
    assert Client().get(URL + "clicked/").status_code == 405


def test_too_many_are_refused(client: Client, settings: object) -> None:
    settings.TN_LIMITS = settings.TN_LIMITS | {"click.address": (2, 60)}  # type: ignore[attr-defined]
    answers = [client.post(URL + "clicked/", {"q": "x", "position": "1"}).status_code for _ in range(3)]
    assert answers == [204, 204, 429]
