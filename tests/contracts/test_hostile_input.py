"""Whatever is sent: an answer that says what is wrong, never a traceback."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.contracts.test_operations import EMPTY
from tests.contracts.world import PREFIX, World, address_of, token_of

pytestmark = pytest.mark.django_db

READ_NO_JSON = ("/attachments", "/join")
# Who may do each call, so that the body is really read.
CALLERS = {call: who for call, (who, _status) in EMPTY.items() if not call.endswith(READ_NO_JSON)}
TRANSITIONS = {
    "route": "coordinator",
    "accept": "assignee",
    "return": "assignee",
    "resolve": "assignee",
    "decline": "coordinator",
}
BODIES: dict[str, bytes] = {
    "no UTF-8": b'{"title": "\xff\xfe"}',
    "not JSON": b"{",
    "a list": b"[]",
    "a number": b"5",
    "a text": b'"x"',
    "not a number": b'{"score": NaN}',
    "deep": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    "deeper": b"[" * 100_000,
}
FIELDS = (
    "title", "body", "kind", "category", "ward", "project", "public_consent", "lead_agency", "coordinating_agencies",
    "reason", "assignee", "question", "text", "agency", "legal_basis", "answer", "visibility", "score", "comment",
    "working_days", "granted", "into", "expected_event",
)  # fmt: skip
VALUES: dict[str, Any] = {
    "NUL": "a\x00b",
    "surrogate": "a\ud800b",
    "200,000 characters": "x" * 200_000,
    "huge number": 10**400,
    "infinity": float("inf"),
    "true": True,
    "object": {"a": {"b": ["c"]}},
    "list of objects": [{}, [], None],
    "nested": [[[[["x"]]]]],
}


def send(world: World, call: str, who: str, content: bytes, **parameters: str) -> Any:
    return Client(raise_request_exception=True).post(
        address_of(world, call, **parameters),
        content,
        content_type="application/json",
        headers=token_of(world.people[who]),
    )


def refused(response: Any) -> None:
    assert 400 <= response.status_code < 500, response.content[:500]
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["status"] == response.status_code


@pytest.mark.parametrize("kind", BODIES)
def test_bodies_that_are_none(world: World, kind: str) -> None:
    for call, who in CALLERS.items():
        refused(send(world, call, who, BODIES[kind]))


@pytest.mark.parametrize("kind", VALUES)
def test_every_field_of_every_call(world: World, kind: str) -> None:
    body = json.dumps(dict.fromkeys(FIELDS, VALUES[kind])).replace("Infinity", "1e999").encode()
    for call, who in CALLERS.items():
        refused(send(world, call, who, body))
    for name, who in TRANSITIONS.items():
        refused(send(world, "POST /tickets/{code}/transitions/{name}", who, body, name=name))


@pytest.mark.parametrize(
    "query",
    [
        "page=99999999999999999999999999", "page=-1", "page=1e3", "page=%F0%9F%98%80", "page_size=101", "agency=%00",
        "agency=NOWHERE", "agency=%ED%A0%80", "status=%00", "status=draft%27--", "category=", "overdue=2", "mine=%00",
        "q=%00", "q=" + "x" * 5_000, "after=-1",
    ],
)  # fmt: skip
def test_filters(world: World, query: str) -> None:
    client = Client()
    client.force_login(world.people["assignee"])
    response = client.get(f"{PREFIX}/tickets?{query}")
    if query == "after=-1":  # what nobody asked for is ignored
        assert response.status_code == 200
    else:
        refused(response)


@pytest.mark.parametrize(
    "path",
    [
        "/tickets/%00", "/tickets/%ED%A0%80", "/tickets/" + "x" * 3_000, "/tickets/..%2f..%2fetc",
        "/tickets/'%20OR%201=1",
        "/tickets/KN-2026-0001%0a", "/tickets/None", "/tickets/null", "/attachments/" + "9" * 500, "/nothing",
    ],
)  # fmt: skip
def test_addresses(world: World, path: str) -> None:
    client = Client()
    client.force_login(world.people["coordinator"])
    refused(client.get(PREFIX + path))


def test_headers(world: World) -> None:
    for header in ("Bearer \x00", "Bearer " + "x" * 5_000, "Bearer", "Basic eDp5", "Bearer é"):
        refused(Client().get(f"{PREFIX}/tickets", headers={"Authorization": header}))
    send_key = {
        "Idempotency-Key": "é" * 300,
        **token_of(world.people["filer"]),
    }
    body = {"title": "a", "body": "b"}
    refused(Client().post(f"{PREFIX}/tickets", body, content_type="application/json", headers=send_key))
