"""Two programs at once, in real transactions, over HTTP."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import ApiToken, User
from issues.models import Ticket, TicketEvent
from tests.issues.conftest import make_task_force

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*requests: tuple[User, str, dict[str, Any], dict[str, str]]) -> list[Any]:
    """Send every request in a thread of its own, begun together; the answers, in order."""
    tokens = [ApiToken.issue(user=user, name="test")[1] for user, *_rest in requests]
    barrier, answers = threading.Barrier(len(requests)), [None] * len(requests)

    def send(index: int) -> None:
        _user, path, body, headers = requests[index]
        headers = {**headers, "Authorization": f"Bearer {tokens[index]}"}
        barrier.wait()
        try:
            answers[index] = Client().post("/api/v1" + path, body, content_type="application/json", headers=headers)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(index,)) for index in range(len(requests))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def test_of_two_who_accept_one_wins_and_the_other_is_told() -> None:
    force = make_task_force()
    ticket = force.file()
    path = f"/tickets/{ticket.code}/transitions/accept"
    body = {"expected_event": ticket.last_event_id}
    answers = at_once((force.officer, path, body, {}), (force.colleague, path, body, {}))
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert (won.status_code, lost.status_code) == (200, 409)
    assert (lost.json()["code"], lost.json()["last_event_id"]) == ("out_of_date", won.json()["last_event_id"])
    assert TicketEvent.objects.filter(type="ticket.accepted").count() == 1


def test_one_key_makes_one_ticket_however_often_it_is_sent() -> None:
    force = make_task_force()
    body = {"title": "Hỏi về giấy phép xây dựng", "body": "Nhà xưởng", "category": "construction"}
    answers = at_once(*[(force.filer, "/tickets", body, {"Idempotency-Key": "k"})] * 4)
    assert [answer.status_code for answer in answers] == [201] * 4
    assert {answer.json()["code"] for answer in answers} == {Ticket.objects.get().code}
