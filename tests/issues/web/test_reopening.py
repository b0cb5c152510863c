"""Reopening from the mail of the answer: nothing by opening the link, everything without signing in."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import Membership, User
from core import clock
from issues.actions import enterprise, resolving
from issues.actions.conversation import post_message
from issues.actor import Actor
from issues.mail.answer_token import VALID_DAYS
from issues.mail.rating_tokens import RatingToken
from issues.mail.reopening_token import ReopeningToken
from issues.models import Ticket, TicketEvent, TicketStatus
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import text_of


@pytest.fixture
def answered(force: TaskForce) -> Ticket:
    ticket = force.accepted()
    with clock.at(at("2026-11-18 11:00")):
        return resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Không phải xin.", kind="solved")


@pytest.fixture(autouse=True)
def _the_next_day():
    with clock.at(at("2026-11-19 09:00")):
        yield


def address(ticket: Ticket, user: User) -> str:
    return f"/en/reopening/{ReopeningToken(ticket.pk, ticket.cycle, user.pk).write()}/"


def status(ticket: Ticket) -> str:
    return Ticket.objects.get(pk=ticket.pk).status


def test_opening_the_link_changes_nothing(answered: Ticket, force: TaskForce, client: Client) -> None:
    for send in (client.get, client.head):
        assert send(address(answered, force.filer)).status_code == 200
    assert status(answered) == TicketStatus.RESOLVED


def test_the_page_has_the_words_that_were_written_back(answered: Ticket, force: TaskForce, client: Client) -> None:
    post_message(ticket=answered, actor=Actor.of(force.filer), body="Hồ sơ vẫn bị trả.")
    page = client.get(address(answered, force.filer))
    assert "Hồ sơ vẫn bị trả.</textarea>" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_one_button_reopens(answered: Ticket, force: TaskForce, client: Client) -> None:
    done = client.post(address(answered, force.filer), {"reason": "Hồ sơ vẫn bị trả."})
    assert done.status_code == 200
    assert "The proposal is open again" in text_of(done)
    assert status(answered) == TicketStatus.IN_PROGRESS
    event = TicketEvent.objects.get(ticket=answered, type="ticket.reopened")
    assert (event.actor, event.data["reason"]) == (force.filer, "Hồ sơ vẫn bị trả.")
    again = client.post(address(answered, force.filer), {"reason": "x"})
    assert again.status_code == 409
    assert TicketEvent.objects.filter(ticket=answered, type="ticket.reopened").count() == 1


def test_a_reason_is_needed_and_nothing_typed_is_lost(answered: Ticket, force: TaskForce, client: Client) -> None:
    assert client.post(address(answered, force.filer), {"reason": " "}).status_code == 422
    long = client.post(address(answered, force.filer), {"reason": "dài " * 6000})
    assert long.status_code == 422
    assert "dài dài" in long.content.decode()
    assert status(answered) == TicketStatus.RESOLVED


@pytest.mark.parametrize("token", ["x", "a:b:c", "é"])
def test_what_is_no_link_of_ours(db: None, client: Client, token: str) -> None:
    assert client.get(f"/en/reopening/{token}/").status_code == 404


def test_a_link_that_rates_does_not_reopen(answered: Ticket, force: TaskForce, client: Client) -> None:
    token = RatingToken(answered.pk, 1, force.filer.pk).write()
    assert client.post(f"/en/reopening/{token}/", {"reason": "x"}).status_code == 404


def test_it_ends(answered: Ticket, force: TaskForce, client: Client) -> None:
    url = address(answered, force.filer)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=VALID_DAYS, hours=1)):
        assert client.post(url, {"reason": "x"}).status_code == 410
    assert status(answered) == TicketStatus.RESOLVED


def test_people_who_may_not_reopen_it_any_more(answered: Ticket, force: TaskForce, client: Client) -> None:
    url = address(answered, force.filer)
    assert client.post(address(answered, force.officer), {"reason": "x"}).status_code == 403
    Membership.objects.filter(user=force.filer).delete()
    assert client.post(url, {"reason": "x"}).status_code == 403


def test_too_late_says_the_way_on(answered: Ticket, force: TaskForce, client: Client) -> None:
    url = address(answered, force.filer)
    with clock.at(at("2026-11-18 12:00")):
        enterprise.confirm(ticket=answered, actor=Actor.of(force.filer))
    with clock.at(at("2027-01-18 09:00")):
        page = client.get(url)
    assert page.status_code == 409
    assert "Please file a new one." in text_of(page)
