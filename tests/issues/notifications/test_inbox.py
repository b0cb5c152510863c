"""What a person was told in the application, as far as they may still see it."""

from typing import Any

import pytest

from accounts import people
from accounts.models import Membership, User
from accounts.people import NOBODY
from issues.models import Notification, TicketEvent
from issues.notifications.inbox import notifications, unread_count
from tests.issues.conftest import TaskForce


def told(user: User, type_: str, *, reason: str = "assignee", channel: str = "app") -> Notification:
    event = TicketEvent.objects.filter(type=type_).latest("id")
    return Notification.objects.create(user=user, event=event, channel=channel, reason=reason)


def shown(user: User, **chosen: Any) -> list[Notification]:
    return list(notifications(people.of(User.objects.get(pk=user.pk)), **chosen))


def test_the_newest_first_and_no_mails(force: TaskForce) -> None:
    force.accepted()
    rows = [told(force.officer, "ticket.routed"), told(force.officer, "ticket.accepted")]
    told(force.officer, "ticket.accepted", channel="mail")
    assert shown(force.officer) == rows[::-1]


def test_what_may_no_longer_be_seen_is_left_out(force: TaskForce) -> None:
    force.accepted()
    told(force.officer, "ticket.accepted")
    Membership.objects.filter(user=force.officer).delete()
    assert shown(force.officer) == []


def test_mentions_and_what_is_unread(force: TaskForce) -> None:
    force.accepted()
    read, mention = told(force.officer, "ticket.routed"), told(force.officer, "ticket.accepted", reason="mentioned")
    Notification.objects.filter(pk=read.pk).update(read_at=read.event.at)
    assert shown(force.officer, mentions=True) == shown(force.officer, unread=True) == [mention]
    assert unread_count(people.of(force.officer)) == 1


@pytest.mark.django_db
def test_nobody_was_told_nothing_and_it_costs_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert list(notifications(NOBODY)) == []
        assert unread_count(NOBODY) == 0
