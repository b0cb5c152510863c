"""Mail to contact persons that was given up: listed, sent again, settled, counted."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from core import clock
from core.errors import NotAllowed
from issues.actions import outgoing
from issues.actor import Actor
from issues.mail.contact import send_contact_notices
from issues.models import ContactNotice
from tests.factories.issues import make_user
from tests.issues.conftest import MORNING, TaskForce
from tests.issues.mail.test_contact import file_for, tell

PAGE, ACT = "undelivered:contacts", "undelivered:contacts_act"


@pytest.fixture
def dead(force: TaskForce) -> ContactNotice:
    """A receipt that the address refused."""
    ticket = file_for(force, email="ba@example.com", language="en")
    with clock.at(MORNING):
        tell(ticket)
    ContactNotice.objects.update(state="failed", attempts=1, last_error="SMTPRecipientsRefused: 550 no mailbox")
    return ContactNotice.objects.get()


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(make_user(role))
    return client


def state_of(row: ContactNotice) -> str:
    return str(ContactNotice.objects.get(pk=row.pk).state)


def test_it_is_listed_with_its_reason_for_operators_alone(dead: ContactNotice) -> None:
    page = signed_in(Role.ADMIN).get(reverse(PAGE)).content.decode()
    for words in ("ba@example.com", str(dead.event.ticket.code), "550 no mailbox"):
        assert words in page
    assert signed_in(Role.EDITOR).get(reverse(PAGE)).status_code == 302
    signed_in(Role.EDITOR).post(reverse(ACT), {"row": dead.pk})
    assert state_of(dead) == "failed"
    for action in (outgoing.resend_to_contacts, outgoing.settle_contacts):
        with pytest.raises(NotAllowed):
            action(actor=Actor.of(make_user(Role.LEADER)), ids=[dead.pk])


def test_it_goes_out_again(dead: ContactNotice) -> None:
    signed_in(Role.COORDINATOR).post(reverse(ACT), {"row": dead.pk, "resend": ""})
    assert send_contact_notices() == 1
    assert (state_of(dead), len(mail.outbox)) == ("sent", 1)


def test_it_is_settled(dead: ContactNotice) -> None:
    signed_in(Role.COORDINATOR).post(reverse(ACT), {"row": dead.pk, "settle": ""})
    assert state_of(dead) == "settled"
    assert send_contact_notices() == 0


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 40])
def test_ids_that_are_none_change_nothing(dead: ContactNotice, value: str) -> None:
    assert signed_in(Role.ADMIN).post(reverse(ACT), {"row": value}).status_code == 302
    assert state_of(dead) == "failed"
