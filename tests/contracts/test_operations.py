"""Every call of the HTTP interface with nothing right about it: an empty body, a wrong token, another method.

Who may do what, everything else being right, stands in `test_access`.
"""

import json
from typing import Any

import pytest
from django.test import Client

from core import clock
from tests.contracts.test_access import ROWS
from tests.contracts.world import World, address_of, token_of
from tests.issues.conftest import MORNING

pytestmark = pytest.mark.django_db

# Of the calls that take a body: who may make them, and what an empty one gives.
EMPTY: dict[str, tuple[str, int]] = {
    "POST /tickets/preview": ("leader", 422),
    "POST /tickets": ("filer", 422),
    "POST /tickets/{code}/transitions/{name}": ("assignee", 422),
    "POST /tickets/{code}/messages": ("filer", 422),
    "POST /tickets/{code}/attachments": ("filer", 422),
    "POST /tickets/{code}/consultations": ("assignee", 422),
    "POST /tickets/{code}/extensions": ("head", 422),
    "POST /tickets/{code}/complex": ("leader", 422),
    "POST /tickets/{code}/rating": ("filer", 422),
    "POST /tickets/{code}/assignee": ("assignee", 422),
    "POST /tickets/{code}/split": ("officer", 422),
    "POST /tickets/{code}/merge": ("coordinator", 422),
    "POST /tickets/{code}/join": ("stranger", 201),  # it needs nothing
    "POST /consultations/{consultation_id}/answer": ("consulted", 422),
    "POST /consultations/{consultation_id}/cancel": ("assignee", 422),
    "POST /extensions/{extension_id}/decision": ("leader", 422),
}
CALLS = list(dict.fromkeys(call.partition(" (")[0] for call in ROWS))


def problem(response: Any, status: int) -> None:
    """The status, and that an error is a problem that repeats it."""
    assert response.status_code == status, response.content
    if status >= 400:
        assert response["Content-Type"] == "application/problem+json"
        assert json.loads(response.content)["status"] == status


def test_every_call_with_a_body_is_listed() -> None:
    assert set(EMPTY) == {call for call in CALLS if call.startswith("POST")}


@pytest.mark.parametrize("call", EMPTY)
def test_an_empty_body_is_told_what_it_lacks(call: str, world: World) -> None:
    who, status = EMPTY[call]
    headers = token_of(world.people[who])
    with clock.at(MORNING):
        response = Client().post(address_of(world, call), {}, content_type="application/json", headers=headers)
    problem(response, status)
    if status == 422:
        assert response.json()["errors"]


@pytest.mark.parametrize("call", CALLS)
def test_a_wrong_token_is_refused_everywhere(call: str, world: World) -> None:
    send = getattr(Client(), call.split()[0].lower())
    problem(send(address_of(world, call), headers={"Authorization": "Bearer tn_wrong"}), 401)


@pytest.mark.parametrize("call", EMPTY)
def test_other_methods_are_refused(call: str, world: World) -> None:
    problem(Client().delete(address_of(world, call)), 405)
