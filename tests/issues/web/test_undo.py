"""The undo button of a message: for the one who did it, for a few minutes, and back to where they were."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from issues.models import Ticket
from issues.web import undo
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import text_of

pytestmark = pytest.mark.usefixtures("half_past_nine")
SignIn = Callable[[User], Client]


def handed_over(force: TaskForce, client: Client) -> tuple[Ticket, str]:
    """A ticket handed over on its page, and what the button of the message sends."""
    ticket = force.accepted()
    page = client.post(
        f"/en/tickets/{ticket.code}/reassign/", {"assignee": force.colleague.email, "reason": ""}, follow=True
    )
    assert Ticket.objects.get(pk=ticket.pk).assignee == force.colleague
    assert "Handed over." in text_of(page)
    found = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert found is not None
    return ticket, found[1]


def press(client: Client, token: str, following: str = "") -> Any:
    return client.post("/en/undo/", {"token": token, "next": following}, follow=True)


def test_the_former_state_comes_back(force: TaskForce, as_user: SignIn) -> None:
    client = as_user(force.officer)
    ticket, token = handed_over(force, client)
    page = press(client, token, f"/en/tickets/{ticket.code}/")
    assert page.redirect_chain == [(f"/en/tickets/{ticket.code}/", 302)]
    assert "is in charge again" in text_of(page)
    assert Ticket.objects.get(pk=ticket.pk).assignee == force.officer


def test_not_for_others_not_later_not_invented(
    force: TaskForce, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_user(force.officer)
    ticket, token = handed_over(force, client)
    assert "Only the person who did this can undo it." in text_of(press(as_user(force.head), token))
    assert "It is too late to undo this." in text_of(press(client, token + "x"))
    assert "It is too late to undo this." in text_of(press(client, ""))
    monkeypatch.setattr(undo, "UNDO_WITHIN", timedelta(seconds=-1))
    assert "It is too late to undo this." in text_of(press(client, token))
    assert Ticket.objects.get(pk=ticket.pk).assignee == force.colleague


@pytest.mark.parametrize("following", ["https://example.com/", "//example.com/", "nothing", "a b", "\u0301x"])
def test_it_leads_nowhere_else(force: TaskForce, as_user: SignIn, following: str) -> None:
    client = as_user(force.officer)
    _ticket, token = handed_over(force, client)
    assert press(client, token, following).redirect_chain == [("/en/inbox/", 302)]


def test_a_message_without_an_undo_has_no_button(force: TaskForce, as_user: SignIn) -> None:
    ticket = force.file()
    page = as_user(force.officer).post(f"/en/tickets/{ticket.code}/accept/", follow=True)
    assert "Accepted." in text_of(page)
    assert 'name="token"' not in page.content.decode()
