"""Who is in charge inside the agency: handing one ticket over, and taking that back."""

from typing import Any

import pytest
from django.utils import translation

from accounts.models import User
from core import clock
from core.errors import Invalid, NotAllowed, NotPossible
from issues.actions import assigning, conversation, resolving
from issues.actor import Actor
from issues.events.serialize import event_data
from issues.models import Notification, Ticket, TicketEvent
from issues.notifications.mail import notify
from tests.issues.conftest import MORNING, TaskForce

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_morning() -> Any:
    with clock.at(MORNING), translation.override("en"):
        yield


def hand_over(ticket: Ticket, by: User, to: Any, **more: Any) -> Ticket:
    return assigning.reassign(ticket=ticket, actor=Actor.of(by), assignee=to, **more)


def test_the_assignee_hands_it_to_a_colleague_and_state_and_clocks_stay(force: TaskForce) -> None:
    before = force.accepted()
    after = hand_over(before, force.officer, force.colleague.email, reason="Nghỉ phép")
    assert (after.assignee, after.status, after.due_at) == (force.colleague, "in_progress", before.due_at)
    event = TicketEvent.objects.get(pk=after.last_event_id)
    assert event.type == "ticket.reassigned"
    assert event.data["previous_id"] == force.officer.pk
    assert (event.data["reason"], event.data["batch"]) == ("Nghỉ phép", False)


def test_the_head_may_and_a_colleague_may_not(force: TaskForce) -> None:
    ticket = force.accepted()
    with pytest.raises(NotAllowed):
        hand_over(ticket, force.colleague, force.colleague.pk)
    assert hand_over(ticket, force.head, force.colleague.pk).assignee == force.colleague


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("", "required"),
        ("finance_officer", "not an officer of the lead agency"),
        ("officer", "already in charge"),
        (True, "not an officer of the lead agency"),
        ("nobody@example.com\x00", "not an officer of the lead agency"),
    ],
)
def test_wrong_people_are_refused_at_their_field(force: TaskForce, who: Any, sentence: str) -> None:
    email = getattr(force, who).email if isinstance(who, str) and hasattr(force, who) else who
    with pytest.raises(Invalid) as refused:
        hand_over(force.accepted(), force.head, email)
    assert sentence in refused.value.fields["assignee"][0]


def test_what_is_answered_stays_with_the_person_who_answered(force: TaskForce) -> None:
    ticket = force.accepted()
    resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Được.", kind="solved")
    with pytest.raises(NotPossible):
        hand_over(ticket, force.head, force.colleague.pk)


def test_the_enterprise_reads_who_is_in_charge_and_not_why(force: TaskForce) -> None:
    after = hand_over(force.accepted(), force.officer, force.colleague.pk, reason="Ốm")
    event = TicketEvent.objects.get(pk=after.last_event_id)
    assert set(event_data(event, audience="parties")) == {"agency", "assignee", "previous"}
    assert event.visibility == "parties"


def test_the_new_one_gets_a_mail_and_the_one_before_finds_it(force: TaskForce) -> None:
    after = hand_over(force.accepted(), force.head, force.colleague.pk)
    notify([TicketEvent.objects.get(pk=after.last_event_id)])
    told = Notification.objects.filter(event_id=after.last_event_id).values_list("user_id", "channel", "reason")
    assert set(told) == {
        (force.colleague.pk, "mail", "assignee"),
        (force.colleague.pk, "app", "assignee"),
        (force.officer.pk, "app", "previous"),
    }


def test_undone_while_nothing_has_happened_since(force: TaskForce) -> None:
    after = hand_over(force.accepted(), force.officer, force.colleague.pk)
    event_id = after.last_event_id
    undone = assigning.undo_reassignment(ticket=after, actor=Actor.of(force.officer), event_id=event_id)
    assert undone.assignee == force.officer
    last = TicketEvent.objects.get(pk=undone.last_event_id)
    assert (last.type, last.data["undoes"]) == ("ticket.reassigned", event_id)
    with pytest.raises(NotPossible) as refused:
        assigning.undo_reassignment(ticket=after, actor=Actor.of(force.officer), event_id=event_id)
    assert refused.value.code == "touched"


def test_undoing_is_for_the_one_who_did_it_and_stops_at_the_next_word(force: TaskForce) -> None:
    after = hand_over(force.accepted(), force.officer, force.colleague.pk)
    with pytest.raises(NotAllowed):
        assigning.undo_reassignment(ticket=after, actor=Actor.of(force.head), event_id=after.last_event_id)
    conversation.post_message(ticket=after, actor=Actor.of(force.colleague), body="Tôi nhận", visibility="internal")
    with pytest.raises(NotPossible):
        assigning.undo_reassignment(ticket=after, actor=Actor.of(force.officer), event_id=after.last_event_id)
    assert Ticket.objects.get(pk=after.pk).assignee == force.colleague


def test_another_event_is_nothing_to_undo(force: TaskForce) -> None:
    ticket = force.accepted()
    with pytest.raises(NotAllowed):
        assigning.undo_reassignment(ticket=ticket, actor=Actor.of(force.officer), event_id=ticket.last_event_id)


def test_before_the_acceptance_it_is_the_affair_of_the_agency_alone(force: TaskForce) -> None:
    ticket = force.file()
    chosen = ticket.assignee
    other = force.colleague if chosen == force.officer else force.officer
    after = hand_over(ticket, force.head, other.pk, reason="Ốm")
    event = TicketEvent.objects.get(pk=after.last_event_id)
    assert (event.type, event.visibility, event.internal_to) == ("ticket.suggested", "internal", "SXD")
    assert after.status == "routed"
    undone = assigning.undo_reassignment(ticket=after, actor=Actor.of(force.head), event_id=event.pk)
    assert undone.assignee == chosen
