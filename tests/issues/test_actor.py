"""In which role, and for which agency, somebody meets a ticket."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Membership, Role
from issues.actor import SYSTEM, SYSTEM_ROLE, Actor, mark_of, marked_user, role_on, speaker_of
from issues.models import Ticket
from tests.issues.conftest import TaskForce


@pytest.fixture
def ticket(force: TaskForce) -> Ticket:
    """Of construction, finance has a part in it."""
    ticket = force.accepted()
    ticket.coordinating_agencies.add(force.finance)
    return ticket


@pytest.mark.parametrize(
    ("who", "role", "agency"),
    [
        ("filer", Role.ENTERPRISE, None),
        ("other_filer", Role.ENTERPRISE, None),
        ("officer", Role.OFFICER, "SXD"),
        ("head", Role.HEAD, "SXD"),
        ("finance_officer", Role.OFFICER, "STC"),
        ("justice_officer", Role.OFFICER, None),
        ("coordinator", Role.COORDINATOR, None),
        ("leader", Role.LEADER, None),
    ],
)
def test_everybody_has_a_role(force: TaskForce, ticket: Ticket, who: str, role: Role, agency: str | None) -> None:
    actor = Actor.of(getattr(force, who))
    speaks_for = speaker_of(actor, ticket)
    assert (role_on(actor, ticket), speaks_for and speaks_for.code) == (role, agency)


def test_the_system_is_nobody(ticket: Ticket) -> None:
    assert role_on(SYSTEM, ticket) == SYSTEM_ROLE
    assert SYSTEM.is_system
    assert speaker_of(SYSTEM, ticket) is None


def test_an_officer_of_the_filing_enterprise_is_on_its_side(force: TaskForce, ticket: Ticket) -> None:
    Membership.objects.create(user=force.officer, role=Role.ENTERPRISE, enterprise=ticket.enterprise)
    assert role_on(Actor.of(type(force.officer).objects.get(pk=force.officer.pk)), ticket) == Role.ENTERPRISE


def test_a_receipt_is_for_one_ticket_and_no_account(ticket: Ticket) -> None:
    holder = Actor.with_receipt(ticket)
    assert (holder.user, holder.receipt_of, holder.is_system) == (None, ticket.pk, False)


def test_a_forged_mark_names_nobody(force: TaskForce) -> None:
    assert marked_user(mark_of(force.officer)) == force.officer.pk
    forged = ("", str(force.officer.pk), f"{force.officer.pk}:x", mark_of(AnonymousUser()))
    assert [marked_user(mark) for mark in forged] == [None] * 4
