"""Rights to read a mail, for many at once: those of the moment, each person by their own."""

from typing import Any

import pytest

from accounts.models import Membership, Role
from core import clock
from issues.events.types import MessagePosted
from issues.mail.receivable import receivable
from issues.models import Message, Notification, Party
from issues.notifications.recipients import Group
from tests.factories.issues import make_agency, make_enterprise, make_event, make_ticket, make_user

pytestmark = pytest.mark.django_db


def row_for(event: Any, user: Any, reason: str) -> Notification:
    return Notification.objects.create(event=event, user=user, channel="mail", reason=reason)


def test_each_row_is_judged_by_its_own_person_ticket_and_message() -> None:
    agency, friends = make_agency(), make_enterprise()
    officer, stranger = make_user(Role.OFFICER, agency=agency), make_user(Role.OFFICER, agency=make_agency())
    friend = make_user(Role.ENTERPRISE, enterprise=friends)
    gone = make_user(Role.OFFICER, agency=agency)
    gone.is_active = False
    gone.save()
    joined, other = make_ticket(agency=agency), make_ticket(agency=agency)
    Party.objects.create(ticket=joined, enterprise=friends, joined_by=friend)
    kept, withdrawn = (Message.objects.create(ticket=joined, author=officer, body=text) for text in "ab")
    withdrawn.taken_back_at = clock.now()
    withdrawn.save()
    event, taken_back = (make_event(joined, MessagePosted(message=one.pk, body="x")) for one in (kept, withdrawn))
    elsewhere = make_event(other)

    allowed = [row_for(event, officer, Group.ASSIGNEE), row_for(event, friend, Group.PARTY)]
    refused = [
        row_for(event, stranger, Group.ASSIGNEE),
        row_for(event, gone, Group.ASSIGNEE),
        row_for(taken_back, officer, Group.ASSIGNEE),
        row_for(elsewhere, friend, Group.PARTY),
    ]
    assert receivable([*refused[:2], *allowed, *refused[2:]]) == allowed
    Membership.objects.filter(user=officer).delete()
    fresh = Notification.objects.filter(pk__in=[row.pk for row in allowed])
    assert [row.reason for row in receivable(list(fresh))] == [Group.PARTY]
