"""Characters that no database keeps, and addresses and letters without end."""

import pytest
from django.test import Client

from config.middleware.unstorable_input import MOST_PATH, MOST_QUERY
from core.text import MOST_MARKS
from tests.config import small_api
from tests.config.small_api import problem

pytestmark = [pytest.mark.django_db, pytest.mark.urls(small_api.__name__)]


@pytest.mark.parametrize("url", ["/api/v1/things?q=%00", "/api/v1/th%00ings", "/vi/?q=%00", "/vi/account/login/?%00"])
def test_nul_in_the_address_is_400(client: Client, url: str) -> None:
    assert client.get(url).status_code == 400


def test_nul_in_a_form_field_is_named(client: Client) -> None:
    response = client.post("/api/v1/files", {"title": "a\x00b"})
    assert list(problem(response, 422)["errors"]) == ["title"]


def test_nul_is_taken_out_of_a_form_of_a_page_and_the_rest_is_kept(client: Client) -> None:
    answer = client.post("/vi/account/login/", {"login": "a\x00b@example.com", "password": "x"})
    assert answer.status_code == 200
    assert "ab@example.com" in answer.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "/vi/" + "x" * MOST_PATH,
        "/vi/?q=" + "x" * MOST_QUERY,
        "/api/v1/things?q=" + "x" * MOST_QUERY,
        "/vi/?next=//" + "%CC%81" * (MOST_QUERY // 6 + 1),
    ],
)
def test_an_address_without_end_is_400(client: Client, url: str) -> None:
    assert client.get(url).status_code == 400


def test_endless_marks_are_cut_from_every_field_of_a_form(client: Client) -> None:
    answer = client.post("/vi/account/login/", {"login": "a" + "\u0301" * 1000, "password": "x", "next": "/"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "a" + "\u0301" * MOST_MARKS in shown
    assert "\u0301" * (MOST_MARKS + 1) not in shown
