"""Every call of the HTTP interface has a row here: who may, who may not know, and what a wrong field gives.

A call without a row fails, so that nobody forgets to decide.
"""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import ApiToken, User
from config.api import api
from issues.actions import between, conversation
from issues.actor import Actor
from tests.issues.conftest import TaskForce, make_task_force

pytestmark = pytest.mark.django_db
PREFIX = "/api/v1"


@dataclass(frozen=True)
class Row:
    """Statuses by who calls, with an empty body. `wrong` is (who, status) for whoever may call but sends nothing."""

    anonymous: int
    stranger: int
    forbidden: str | None  # who sees the object but may not do this: 403
    wrong: tuple[str, int]


PUBLIC = Row(200, 200, None, ("leader", 200))
ROWS: dict[tuple[str, str], Row] = {
    ("GET", "/projects"): PUBLIC,
    ("GET", "/projects.csv"): PUBLIC,
    ("GET", "/projects.xlsx"): PUBLIC,
    ("GET", "/projects.geojson"): PUBLIC,
    ("GET", "/projects/{code}"): Row(404, 404, None, ("leader", 404)),
    ("GET", "/suggest"): PUBLIC,
    ("GET", "/stats"): PUBLIC,
    ("GET", "/events"): PUBLIC,
    ("POST", "/tickets/preview"): Row(422, 422, None, ("leader", 422)),
    ("GET", "/tickets"): Row(401, 200, None, ("leader", 200)),
    ("POST", "/tickets"): Row(401, 422, "officer", ("filer", 422)),
    ("GET", "/tickets/{code}"): Row(401, 404, None, ("filer", 200)),
    ("GET", "/tickets/{code}/events"): Row(401, 404, None, ("filer", 200)),
    ("POST", "/tickets/{code}/transitions/{name}"): Row(401, 404, "leader", ("officer", 422)),
    ("POST", "/tickets/{code}/messages"): Row(401, 404, None, ("filer", 422)),
    ("POST", "/tickets/{code}/attachments"): Row(401, 404, "leader", ("filer", 422)),
    ("POST", "/tickets/{code}/consultations"): Row(401, 404, "filer", ("officer", 422)),
    ("POST", "/tickets/{code}/extensions"): Row(401, 404, "filer", ("head", 409)),
    ("POST", "/tickets/{code}/complex"): Row(401, 404, "head", ("leader", 409)),
    ("POST", "/tickets/{code}/rating"): Row(401, 404, "officer", ("filer", 409)),
    ("POST", "/tickets/{code}/assignee"): Row(401, 404, "leader", ("officer", 422)),
    ("POST", "/tickets/{code}/split"): Row(401, 404, "filer", ("officer", 422)),
    ("POST", "/tickets/{code}/merge"): Row(401, 404, "filer", ("coordinator", 422)),
    ("POST", "/tickets/{code}/join"): Row(401, 404, "officer", ("filer", 409)),
    ("POST", "/consultations/{consultation_id}/answer"): Row(401, 404, "officer", ("justice_officer", 422)),
    ("POST", "/consultations/{consultation_id}/cancel"): Row(401, 404, "justice_officer", ("officer", 422)),
    ("POST", "/extensions/{extension_id}/decision"): Row(401, 404, "head", ("leader", 422)),
    ("GET", "/attachments/{attachment_id}"): Row(401, 404, "filer:404", ("officer", 200)),
}
each_call = pytest.mark.parametrize("call", ROWS, ids=lambda call: " ".join(call))


@dataclass
class World:
    force: TaskForce
    parameters: dict[str, Any]

    def send(self, call: tuple[str, str], user: User | None) -> Any:
        method, path = call
        headers = {"Authorization": f"Bearer {ApiToken.issue(user=user, name='test')[1]}"} if user else {}
        content = {} if method == "GET" else {"data": {}, "content_type": "application/json"}
        return getattr(Client(), method.lower())(PREFIX + path.format(**self.parameters), headers=headers, **content)


@pytest.fixture
def world() -> World:
    """One ticket in progress with an open consultation, an extension asked for, and an internal file."""
    force = make_task_force()
    ticket, officer = force.accepted(), Actor.of(force.officer)
    asked = between.request_consultation(ticket=ticket, actor=officer, agency="STP", question="?")
    extension = between.request_extension(ticket=ticket, actor=officer, working_days=1, reason="Đo đạc")
    file = SimpleUploadedFile("a.txt", b"x")
    attachment = conversation.attach(ticket=ticket, actor=officer, upload=file, visibility="internal")
    parameters = {
        "code": ticket.code,
        "name": "request_info",
        "consultation_id": asked.pk,
        "extension_id": extension.pk,
        "attachment_id": attachment.public_id,
    }
    return World(force, parameters)


def problem(response: Any, status: int) -> None:
    assert response.status_code == status, b"".join(response) if response.streaming else response.content
    if status >= 400:
        assert response["Content-Type"] == "application/problem+json"
        assert json.loads(response.content)["status"] == status


def test_every_call_has_a_row() -> None:
    schema = json.loads(json.dumps(api.get_openapi_schema(path_prefix="")))
    calls = {(method.upper(), path) for path, methods in schema["paths"].items() for method in methods}
    assert calls == set(ROWS)


@each_call
def test_nobody_and_strangers(call: tuple[str, str], world: World) -> None:
    problem(world.send(call, None), ROWS[call].anonymous)
    problem(world.send(call, world.force.other_filer), ROWS[call].stranger)


@each_call
def test_those_concerned(call: tuple[str, str], world: World) -> None:
    row = ROWS[call]
    if row.forbidden is not None:
        who, _, status = row.forbidden.partition(":")
        problem(world.send(call, getattr(world.force, who)), int(status or 403))
    who, status_of_wrong = row.wrong
    problem(world.send(call, getattr(world.force, who)), status_of_wrong)


@each_call
def test_a_wrong_token_is_refused_everywhere(call: tuple[str, str], world: World) -> None:
    method, path = call
    response = getattr(Client(), method.lower())(
        PREFIX + path.format(**world.parameters), headers={"Authorization": "Bearer tn_wrong"}
    )
    problem(response, 401)


@pytest.mark.parametrize("call", [call for call in ROWS if call[0] == "POST"], ids=lambda call: " ".join(call))
def test_other_methods_are_refused(call: tuple[str, str], world: World) -> None:
    path = PREFIX + call[1].format(**world.parameters)
    problem(Client().delete(path), 405)
