"""Answers that go out as they are (`issues.api.answers`) say exactly what the schema of their call says."""

from typing import Any

import pytest
from django.test import Client

from issues.api.schemas import FiledOut, TicketDetailOut, TicketListOut
from tests.issues.conftest import TaskForce, make_task_force

pytestmark = pytest.mark.django_db
BODY = {"title": "Hỏi về giấy phép xây dựng", "body": "Nhà xưởng khởi công năm 2012.", "public_consent": True}


@pytest.fixture
def force() -> TaskForce:
    return make_task_force()


def same(schema: Any, answer: dict[str, Any]) -> bool:
    """Reading it with the schema and writing it again changes nothing: no field is missing, none is too many."""
    written: dict[str, Any] = schema.model_validate(answer).model_dump(mode="json")
    return written == answer


def test_a_filing(force: TaskForce, client: Client) -> None:
    client.force_login(force.filer)
    answer = client.post("/api/v1/tickets", BODY, content_type="application/json")
    assert answer.status_code == 201
    assert same(FiledOut, answer.json())


def test_one_ticket_with_everything(force: TaskForce, client: Client) -> None:
    ticket = force.accepted()
    client.force_login(force.officer)
    question = {"agency": force.justice.code, "question": "Có vướng gì không?"}
    asked = client.post(f"/api/v1/tickets/{ticket.code}/consultations", question, content_type="application/json")
    assert asked.status_code == 201
    answer = client.get(f"/api/v1/tickets/{ticket.code}").json()
    assert answer["consultations"]
    assert same(TicketDetailOut, answer)


def test_a_list(force: TaskForce, client: Client) -> None:
    force.accepted()
    force.file()
    client.force_login(force.coordinator)
    answer = client.get("/api/v1/tickets").json()
    assert answer["count"] == 2
    assert same(TicketListOut, answer)
