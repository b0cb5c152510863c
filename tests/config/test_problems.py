"""Every error of the HTTP interface is a problem with the right status, also those that never reach a call."""

from typing import Any

import pytest
from django.test import Client, override_settings

from accounts.models import ApiToken, User
from tests.config import small_api
from tests.config.small_api import problem, send

pytestmark = [pytest.mark.django_db, pytest.mark.urls(small_api.__name__)]


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("person@example.vn", "password")


@pytest.fixture
def bearer(person: User) -> dict[str, str]:
    return {"Authorization": f"Bearer {ApiToken.issue(user=person, name='test')[1]}"}


def test_anonymous_is_401(client: Client) -> None:
    response = send(client, {"title": "x"}, {})
    assert problem(response, 401)["code"] == "not_signed_in"
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "title"),
        ({"title": 1}, "title"),
        ({"title": "x", "inner": {"street": "a"}}, "inner.street"),
        ({"title": "a\x00b"}, "title"),
        ({"title": "x", "inner": {"street": "\x00"}}, "inner.street"),
        ('{"title": "\\ud800"}', "title"),
        ("", "body"),
    ],
)
def test_a_wrong_field_is_named(client: Client, bearer: dict[str, str], body: Any, field: str) -> None:
    found = problem(send(client, body, bearer), 422)
    assert list(found["errors"]) == [field]


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100)
def test_a_body_that_is_too_large_is_413(client: Client, bearer: dict[str, str]) -> None:
    problem(send(client, {"title": "x" * 200}, bearer), 413)


@pytest.mark.parametrize(("kind", "status"), [("forbidden", 403), ("missing", 404), ("conflict", 409), ("limit", 429)])
def test_a_refused_operation_has_its_status(client: Client, kind: str, status: int) -> None:
    problem(client.get(f"/api/v1/refuse/{kind}"), status)


def test_a_refusal_carries_its_fields_and_facts(client: Client) -> None:
    assert problem(client.get("/api/v1/refuse/invalid"), 422)["errors"] == {"title": ["Too short."]}
    assert problem(client.get("/api/v1/refuse/conflict"), 409)["last_event"] == 7
    assert client.get("/api/v1/refuse/limit")["Retry-After"] == "30"


def test_an_unexpected_error_shows_nothing_of_itself(client: Client) -> None:
    client.raise_request_exception = False
    assert problem(client.get("/api/v1/refuse/bug"), 500)["code"] == "internal"


@pytest.mark.parametrize("url", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/things", "/api/v1/things/"])
def test_an_unknown_address_is_404(client: Client, url: str) -> None:
    problem(client.get(url), 404)
    problem(Client(enforce_csrf_checks=True).post(url), 404)


def test_an_unsupported_method_is_405(client: Client) -> None:
    response = client.delete("/api/v1/things")
    problem(response, 405)
    assert set(response["Allow"].replace(" ", "").split(",")) == {"GET", "POST"}
