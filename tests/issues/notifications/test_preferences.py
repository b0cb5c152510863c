"""Choices of what one is told, by which way and when."""

from datetime import time

import pytest

from accounts.models import Role, User
from core import clock
from issues.actions.notification_preferences import change_choices
from issues.actor import Actor
from issues.events.clock_events import ClockBreached, ClockTimer
from issues.events.drain import drain
from issues.events.types import MessagePosted, TicketAccepted
from issues.mail import outbox
from issues.models import About, Notification, NotificationChoices
from issues.notifications.about import is_always_mailed
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


class TestChoices:
    def test_switched_off_is_not_told_at_all_and_app_only_is_not_mailed(self, member):
        ticket = ticket_of(member)
        choose(member, progress="off")
        post(ticket)
        drain(MAIL)
        assert not Notification.objects.filter(user=member).exists()
        choose(member, progress="app")
        post(ticket)
        drain(MAIL)
        assert [row.channel for row in Notification.objects.filter(user=member)] == ["app"]

    @pytest.mark.parametrize("data", [
        ClockBreached(clock="resolution", clock_id=1),
        ClockTimer(clock="resolution", clock_id=1, percent=150),
    ])  # fmt: skip
    def test_the_person_who_answers_for_a_breach_is_always_told_at_once(self, data):
        agency = make_agency()
        head, leader = make_user(Role.HEAD, agency=agency), make_user(Role.LEADER)
        for person in (head, leader):
            choose(person, clock="app")
        make_event(make_ticket(agency=agency), data)
        make_event(make_ticket(agency=agency), ClockTimer(clock="resolution", clock_id=1, percent=75))
        drain(MAIL)
        assert [(row.mode, row.about) for row in mails(head)] == [("once", "clock")]
        assert [(row.mode, row.about) for row in mails(leader)] == [("once", "clock")]
        assert is_always_mailed("clock.breached", mails(head)[0].reason, mails(head)[0].event.data)

    def test_leading_people_read_progress_once_a_day_unless_they_choose_otherwise(self):
        agency = make_agency()
        head = make_user(Role.HEAD, agency=agency)
        data = TicketAccepted(agency=agency.code, assignee="x")
        ticket = make_ticket(agency=agency, assignee=head)
        with clock.at(MORNING):
            make_event(ticket, data)
            make_event(ticket, MessagePosted(message=1, body="a"))
            drain(MAIL)
        assert {row.mode for row in mails(head)} == {"once"}  # both wait for the head
        assert not NotificationChoices.objects.exists()

    def test_a_new_choice_holds_for_what_waits_already(self, member):
        with clock.at(MORNING):
            choose(member, progress="digest")
            post(ticket_of(member), "một")
            drain(MAIL)
            assert outbox.send_due() == 0
            choose(member, progress="now")
            assert outbox.send_due() == 1
            choose(member, progress="digest")
            post(ticket_of(member), "hai")
            drain(MAIL)
            choose(member, progress="app")
        assert [row.state for row in mails(member)] == [State.SENT, State.SKIPPED]

    def test_quiet_hours_hold_back_even_a_breach(self):
        head = make_user(Role.HEAD, agency=(agency := make_agency()))
        with clock.at(at("2026-11-18 22:00")):
            choose(head, quiet_from=time(21), quiet_to=time(7))
            make_event(make_ticket(agency=agency), ClockBreached(clock="resolution", clock_id=1))
            drain(MAIL)
            outbox.send_due()
            assert [row.state for row in mails(head)] == [State.WAITING]
        with clock.at(at("2026-11-19 07:00")):
            outbox.send_due()
            assert [row.state for row in mails(head)] == [State.SENT]


def _composed(user: User) -> str:
    user.language = "en"
    user.save()
    row = Notification.objects.select_related("user", "event__ticket").filter(user=user, channel="mail").first()
    return outbox.compose(row).body
