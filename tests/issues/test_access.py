"""Who sees what: the rule in Python and the rule in SQL are one."""

import pytest

from accounts import people
from accounts.models import User
from issues.access import TicketFacts, audience_of, may_see_ticket, visible_events, visible_tickets
from issues.actions import consultations, drafts
from issues.actor import Actor
from issues.models import Ticket, Visibility
from tests.issues.conftest import TaskForce


@pytest.fixture
def tickets(force: TaskForce) -> dict[str, Ticket]:
    mine = force.accepted()
    consultations.request_consultation(ticket=mine, actor=Actor.of(force.officer), agency="STP", question="?")
    return {
        "construction, consulted justice": mine,
        "waiting": force.file(title="Xin chào", body="Cảm ơn.", category=""),
        "draft": drafts.save_draft(actor=Actor.of(force.filer), title="Nháp", body=""),
    }


AUDIENCES = {
    "filer": ("parties", "parties", "parties"),
    "other_filer": ("public", "public", "public"),
    "officer": ("internal", "public", "public"),
    "head": ("internal", "public", "public"),
    "finance_officer": ("public", "public", "public"),
    "justice_officer": ("internal", "public", "public"),
    "coordinator": ("internal", "internal", "public"),
    "leader": ("internal", "internal", "public"),
}


@pytest.mark.parametrize("role", AUDIENCES)
def test_the_audience_of_everybody(force: TaskForce, tickets: dict[str, Ticket], role: str) -> None:
    person = people.of(User.objects.get(pk=getattr(force, role).pk))
    found = tuple(str(audience_of(person, TicketFacts.of(t))) for t in tickets.values())
    assert found == AUDIENCES[role]


@pytest.mark.parametrize("role", AUDIENCES)
def test_sql_and_python_agree(force: TaskForce, tickets: dict[str, Ticket], role: str) -> None:
    person = people.of(User.objects.get(pk=getattr(force, role).pk))
    by_python = {t.pk for t in tickets.values() if may_see_ticket(person, TicketFacts.of(t))}
    assert set(visible_tickets(person).values_list("pk", flat=True)) == by_python


def test_nobody_sees_nothing(tickets: dict[str, Ticket]) -> None:
    assert not visible_tickets(people.NOBODY).exists()
    assert all(audience_of(people.NOBODY, TicketFacts.of(t)) == Visibility.PUBLIC for t in tickets.values())


def test_rights_end_with_the_membership(force: TaskForce, tickets: dict[str, Ticket]) -> None:
    force.officer.memberships.all().delete()
    person = people.of(User.objects.get(pk=force.officer.pk))
    assert not visible_tickets(person).exists()


def test_a_deactivated_person_sees_nothing(force: TaskForce, tickets: dict[str, Ticket]) -> None:
    User.objects.filter(pk=force.coordinator.pk).update(is_active=False)
    person = people.of(User.objects.get(pk=force.coordinator.pk))
    assert not visible_tickets(person).exists()


def test_the_enterprise_reads_no_internal_event(force: TaskForce, tickets: dict[str, Ticket]) -> None:
    from issues.actions import conversation

    ticket = tickets["construction, consulted justice"]
    conversation.post_message(ticket=ticket, actor=Actor.of(force.officer), body="Nội bộ", visibility="internal")
    seen = visible_events(people.of(force.filer), ticket).values_list("type", flat=True)
    assert "note.posted" not in seen
    assert "note.posted" in visible_events(people.of(force.officer), ticket).values_list("type", flat=True)
