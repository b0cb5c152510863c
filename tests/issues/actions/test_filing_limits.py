"""How many proposals an enterprise may file in an hour: by page and by interface, and nothing typed is lost."""

import uuid
from typing import Any

import pytest
from django.test import Client

from issues.models import Ticket
from tests.issues.conftest import TaskForce

pytestmark = pytest.mark.django_db
TYPED = {"title": "Hỏi về giấy phép xây dựng", "body": "Công trình khởi công năm 2012.", "kind": "difficulty"}


@pytest.fixture
def client(force: TaskForce) -> Client:
    client = Client()
    client.force_login(force.filer)
    return client


def file_page(client: Client, **changed: str) -> Any:
    return client.post("/en/tickets/new/", {**TYPED, "key": str(uuid.uuid4()), **changed})


def file_api(client: Client) -> Any:
    return client.post("/api/v1/tickets", TYPED, content_type="application/json")


def test_page_and_interface_count_together(settings: Any, force: TaskForce, client: Client) -> None:
    settings.TN_LIMITS = {**settings.TN_LIMITS, "filing.enterprise": (2, 3600)}
    assert file_page(client, title="").status_code == 422  # what is not filed does not count
    assert file_page(client).status_code == 302
    assert file_api(client).status_code == 201
    page, problem = file_page(client), file_api(client)
    assert (page.status_code, problem.status_code) == (429, 429)
    assert 3500 < int(page["Retry-After"]) <= 3600
    assert 3500 < int(problem["Retry-After"]) <= 3600
    html = page.content.decode()
    assert "Too many requests. Wait 1 h, then try again." in html
    assert TYPED["title"] in html
    assert TYPED["body"] in html
    assert Ticket.objects.count() == 2
    other = Client()
    other.force_login(force.other_filer)
    assert file_page(other).status_code == 302


def test_thirty_in_a_row_pass(client: Client) -> None:
    assert {file_api(client).status_code for _ in range(30)} == {201}


def test_the_same_form_sent_twice_counts_once(settings: Any, client: Client) -> None:
    settings.TN_LIMITS = {**settings.TN_LIMITS, "filing.enterprise": (1, 3600)}
    key = str(uuid.uuid4())
    assert [file_page(client, key=key).status_code for _ in range(3)] == [302, 302, 302]


def test_an_officer_answers_thirty_tickets_in_a_minute(force: TaskForce) -> None:
    tickets, officer = [force.file() for _ in range(30)], Client()
    officer.force_login(force.officer)
    for ticket in tickets:
        for name, body in (("accept", {}), ("resolve", {"answer": "Được miễn phép.", "kind": "solved"})):
            url = f"/api/v1/tickets/{ticket.code}/transitions/{name}"
            assert officer.post(url, body, content_type="application/json").status_code == 200
