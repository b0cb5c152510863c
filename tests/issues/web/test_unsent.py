"""What somebody typed before signing in: kept for them and no one else, within bounds."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User
from issues.actions.unsent import MOST_BYTES
from issues.actor import mark_of
from issues.models import Ticket
from tests.factories.issues import make_user
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import text_of

ANSWER = "Gõ khi phiên đăng nhập đã hết"
NEW = "/en/tickets/new/"


@pytest.fixture
def ticket(force: TaskForce) -> Ticket:
    return force.accepted()


def send(client: Client, ticket: Ticket | None = None, name: str = "message", /, **fields: Any) -> Any:
    code = fields.pop("code", ticket.code if ticket else "KN-2026-9999")
    return client.post(f"/en/tickets/{code}/{name}/", fields)


def page_for(client: Client, user: User, ticket: Ticket) -> str:
    client.force_login(user)
    response = client.get(f"/en/tickets/{ticket.code}/?tab=message")
    return text_of(response) if response.status_code == 200 else ""


def stored(client: Client) -> str:
    return str(dict(client.session.items()))


def test_it_is_back_after_the_sign_in(force: TaskForce, ticket: Ticket, client: Client) -> None:
    page = page_for(client, force.officer, ticket)
    mark = re.search(r'name="typed_by" value="([^"]+)"', page)
    assert mark is not None
    Session.objects.all().delete()
    response = send(client, ticket, body=ANSWER, typed_by=mark[1])
    assert response.url.startswith("/en/account/login/")
    assert ANSWER in page_for(client, force.officer, ticket)


def test_it_is_gone_for_anybody_else(force: TaskForce, ticket: Ticket, client: Client) -> None:
    send(client, ticket, body=ANSWER, typed_by=mark_of(force.officer))
    assert ANSWER in stored(client)
    assert ANSWER not in page_for(client, force.colleague, ticket)
    assert ANSWER not in stored(client)
    assert ANSWER not in page_for(client, force.officer, ticket)


def test_it_is_gone_for_who_may_not_see_the_ticket(force: TaskForce, ticket: Ticket, client: Client) -> None:
    send(client, ticket, body=ANSWER)
    page_for(client, force.other_filer, ticket)
    assert ANSWER not in stored(client)


def test_a_proposal_typed_by_one_person_is_not_shown_to_another(force: TaskForce, client: Client) -> None:
    client.post(NEW, {"title": ANSWER, "body": "x", "typed_by": mark_of(force.filer)})
    assert ANSWER in stored(client)
    client.force_login(force.other_filer)
    assert ANSWER not in text_of(client.get(NEW))
    assert ANSWER not in stored(client)


@pytest.mark.parametrize("name", ["nothing", "close_unconfirmed", "accept"])
def test_nothing_is_kept_of_what_no_form_of_ours_sends(ticket: Ticket, client: Client, name: str) -> None:
    response = send(client, ticket, name, body=ANSWER, anything=ANSWER)
    assert response.url.startswith("/en/account/login/")
    assert not Session.objects.exists()


def test_nothing_is_kept_for_tickets_that_there_are_not(force: TaskForce, ticket: Ticket, client: Client) -> None:
    closed = make_user()
    User.objects.filter(pk=closed.pk).update(is_active=False)
    answers = [
        send(client, None, body=ANSWER),
        send(client, ticket, body=ANSWER, code="K" * 500),
        send(client, ticket, body=ANSWER, typed_by=mark_of(force.other_filer)),
        send(client, ticket, body=ANSWER, typed_by=mark_of(closed)),
    ]
    assert all(answer.url.startswith("/en/account/login/") for answer in answers)
    assert not Session.objects.exists()


def test_too_much_is_not_kept_and_not_lost(ticket: Ticket, client: Client) -> None:
    response = send(client, ticket, body=ANSWER + "é" * (MOST_BYTES // 2))
    assert response.status_code == 422
    assert ANSWER in text_of(response)
    assert "too long to be kept" in text_of(response)
    filing = client.post(NEW, {"title": ANSWER, "body": "x" * MOST_BYTES})
    assert filing.status_code == 422
    assert ANSWER in text_of(filing)
    autosave = client.post(f"{NEW}draft/", {"body": "x" * MOST_BYTES}, headers={"Accept": "application/json"})
    assert autosave.status_code == 422
    assert autosave.json().keys() == {"problem"}
    assert not Session.objects.exists()


def test_one_address_begins_no_more_than_the_limit(ticket: Ticket, settings: Any) -> None:
    settings.TN_LIMITS = settings.TN_LIMITS | {"unsent.address": (2, 3600)}
    for last in range(2):
        fresh = Client(REMOTE_ADDR=f"2001:db8::{last}")
        for _again in range(3):  # the same session is counted once
            assert send(fresh, ticket, body=ANSWER).status_code == 302
    third = Client(REMOTE_ADDR="2001:db8::ffff")
    refused = send(third, ticket, body=ANSWER)
    assert (refused.status_code, int(refused["Retry-After"]) > 3500) == (429, True)
    assert ANSWER in text_of(refused)
    page = third.post(NEW, {"title": ANSWER, "body": "x"})
    assert (page.status_code, int(page["Retry-After"]) > 3500) == (429, True)
    assert ANSWER in text_of(page)
    assert send(Client(REMOTE_ADDR="2001:db8:1::1"), ticket, body=ANSWER).status_code == 302
    assert Session.objects.count() == 3
