"""Bodies and queries that cannot be read."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import ApiToken, User
from config.parsing import MOST_ERRORS
from core.text import RAW_MOST
from tests.config import small_api
from tests.config.small_api import problem, send

pytestmark = [pytest.mark.django_db, pytest.mark.urls(small_api.__name__)]


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("person@example.vn", "password")


@pytest.fixture
def bearer(person: User) -> dict[str, str]:
    return {"Authorization": f"Bearer {ApiToken.issue(user=person, name='test')[1]}"}


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe", b'{"title": "\xc3"}', "{", '{"title": NaN}', "[" * 50_000, '{"a":' * 60 + "1" + "}" * 60],
    ids=["no UTF-8", "cut character", "cut object", "NaN", "endless nesting", "deep nesting"],
)
def test_a_body_that_cannot_be_read_is_400(client: Client, bearer: dict[str, str], body: Any) -> None:
    problem(send(client, body, bearer), 400)


def test_a_wrong_filter_is_named(client: Client) -> None:
    assert list(problem(client.get("/api/v1/things?page=x"), 422)["errors"]) == ["page"]
    assert list(problem(client.get("/api/v1/things?sector=1&sector=x"), 422)["errors"]) == ["sector"]


def test_a_broken_multipart_body_is_400(client: Client) -> None:
    response = client.post("/api/v1/files", b"nonsense", content_type="multipart/form-data; boundary=")
    problem(response, 400)


def test_a_text_without_end_is_named_before_any_call_reads_it(client: Client, bearer: dict[str, str]) -> None:
    body = json.dumps({"title": "a" + "\u0301" * RAW_MOST, "more": [{"x" * (RAW_MOST + 1): 1}]})
    errors = problem(send(client, body, bearer), 422)["errors"]
    assert {name: "100" in sentences[0] for name, sentences in errors.items()} == {
        "title": True,
        f"more.0.{'x' * 60}": True,
    }


def test_only_the_first_unusable_texts_are_named(client: Client, bearer: dict[str, str]) -> None:
    body = json.dumps({f"x{number}": "\x00" for number in range(500)})
    assert len(problem(send(client, body, bearer), 422)["errors"]) == MOST_ERRORS
