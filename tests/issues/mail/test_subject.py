"""Mails about one thing belong together."""

from datetime import UTC, datetime

import pytest

from accounts.models import Role, User
from core import clock
from issues.events.event_data import EventData
from issues.events.types import MessagePosted
from issues.mail.compose import compose
from issues.models import Notification, Ticket
from issues.notifications.recipients import Group
from tests.factories.issues import make_agency, make_enterprise, make_event, make_ticket, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)  # 12:00 in Hanoi, a Wednesday


@pytest.fixture(autouse=True)
def _at_noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def member() -> User:
    return make_user(Role.ENTERPRISE, enterprise=make_enterprise())


@pytest.fixture
def ticket(member) -> Ticket:
    agency = make_agency("STC", name_vi="Sở Tài chính", name_en="Department of Finance")
    enterprise = member.memberships.get().enterprise
    return make_ticket(enterprise=enterprise, filer=member, agency=agency, code="KN-2026-0034", title="Hoàn thuế GTGT")


def composed(ticket: Ticket, data: EventData, user: User, *, language="en", group=Group.ENTERPRISE):
    user.language = language
    user.save()
    event = make_event(ticket, data)
    row = Notification.objects.create(event=event, user=user, channel="mail", reason=group)
    return compose(Notification.objects.select_related("user", "event__ticket__lead_agency").get(pk=row.pk))


def test_mails_of_a_ticket_form_a_thread(ticket, member):
    one = composed(ticket, MessagePosted(message=1, body="một"), member)
    two = composed(ticket, MessagePosted(message=2, body="hai"), member)
    assert one.extra_headers["References"] == two.extra_headers["References"] == "<kn-2026-0034@testserver>"
    assert one.extra_headers["Message-ID"] != two.extra_headers["Message-ID"]
    assert one.extra_headers["Auto-Submitted"] == "auto-generated"
