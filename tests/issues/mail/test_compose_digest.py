"""Several messages in one mail."""

import pytest
from django.core import mail

from accounts.models import Role, User
from core import clock
from issues.actions.notification_preferences import change_choices
from issues.actor import Actor
from issues.events.drain import drain
from issues.events.types import MessagePosted
from issues.mail import outbox
from issues.models import About, Notification
from issues.notifications.mail import MAIL
from tests.factories.issues import make_agency, make_enterprise, make_event, make_ticket, make_user
from tests.issues.conftest import at

pytestmark = pytest.mark.django_db
State = Notification.State
USUAL = {About.WAITS: "now", About.PROGRESS: "now", About.CLOCK: "now", About.REST: "digest"}
MORNING = at("2026-11-18 09:00")


def choose(user: User, *, digest_time: str = "opening", **changed) -> None:
    ways = {about: changed.pop(about, way) for about, way in USUAL.items()}
    change_choices(actor=Actor.of(User.objects.get(pk=user.pk)), ways=ways, digest_time=digest_time, **changed)


@pytest.fixture
def member() -> User:
    return make_user(Role.ENTERPRISE, enterprise=make_enterprise())


def ticket_of(member: User):
    return make_ticket(enterprise=member.memberships.get().enterprise, filer=member, agency=make_agency())


def post(ticket, text: str = "Xin chào"):
    return make_event(ticket, MessagePosted(message=1, body=text))


def mails(member: User) -> list[Notification]:
    return list(Notification.objects.filter(user=member, channel="mail").order_by("id"))


def test_a_digest_has_a_section_for_each_ticket_and_each_event_once(member):
    one, two = ticket_of(member), ticket_of(member)
    with clock.at(MORNING):
        choose(member, progress="digest")
        for ticket, text in ((one, "thứ nhất"), (two, "thứ hai"), (one, "thứ ba")):
            post(ticket, text)
        drain(MAIL)
        assert outbox.send_due() == 0
    with clock.at(at("2026-11-19 08:00")):
        assert outbox.send_due() == 1
        assert outbox.send_due() == 0
    sent = mail.outbox[0]
    html = sent.alternatives[0].content
    for part in (sent.body, html):
        assert [part.count(text) for text in ("thứ nhất", "thứ hai", "thứ ba")] == [1, 1, 1]
    assert html.count("<h2") == 2
    assert {row.state for row in mails(member)} == {State.SENT}


def test_a_burst_becomes_one_mail(member):
    with clock.at(MORNING):
        for n in range(outbox.BURST):
            post(ticket_of(member), f"số {n}")
        drain(MAIL)
        assert outbox.send_due() == 1
    assert mail.outbox[0].body.count("----------------------------------------") == outbox.BURST
