"""Choices in the outbox: digests, quiet hours, bursts. Each row is told once, and never in quiet hours."""

from collections import Counter
from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Membership, Role, User
from core import clock
from issues.actions.notification_preferences import change_choices
from issues.actor import Actor
from issues.events.drain import drain
from issues.events.types import MessagePosted
from issues.mail import outbox
from issues.models import About, Notification, Way
from issues.notifications.mail import MAIL
from tests.factories.issues import make_agency, make_enterprise, make_event, make_ticket, make_user
from tests.issues.conftest import at
from tests.long import either

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


def test_what_the_night_held_back_comes_in_one_mail_when_it_ends(member):
    ticket = ticket_of(member)
    with clock.at(at("2026-11-18 22:30")):
        choose(member, quiet_from=time(21), quiet_to=time(7))
        post(ticket, "một")
        post(ticket, "hai")
        drain(MAIL)
        assert outbox.send_due() == 0
    with clock.at(at("2026-11-19 06:59")):
        assert outbox.send_due() == 0
    with clock.at(at("2026-11-19 07:00")):
        assert outbox.send_due() == 1
    assert ("một" in mail.outbox[0].body, "hai" in mail.outbox[0].body) == (True, True)


def test_one_mail_that_was_held_back_is_an_ordinary_one(member):
    with clock.at(at("2026-11-18 22:30")):
        choose(member, quiet_from=time(21), quiet_to=time(7))
        ticket = ticket_of(member)
        post(ticket)
        drain(MAIL)
    with clock.at(at("2026-11-19 07:00")):
        outbox.send_due()
    assert mail.outbox[0].subject.startswith(f"[{ticket.code}]")


def test_a_second_try_waits_for_the_end_of_the_quiet_hours_too(member, monkeypatch):
    with monkeypatch.context() as broken, clock.at(at("2026-11-18 20:59:30")):
        broken.setattr(outbox, "_deliver", lambda *_: (_ for _ in ()).throw(OSError("no server")))
        choose(member, quiet_from=time(21), quiet_to=time(7))
        post(ticket_of(member))
        drain(MAIL)
        outbox.send_due()
    with clock.at(at("2026-11-18 21:05")):
        assert outbox.send_due() == 0
    with clock.at(at("2026-11-19 07:00")):
        assert outbox.send_due() == 1
    assert mails(member)[0].attempts == 2  # waiting is no try


def test_a_digest_that_failed_is_the_same_mail_again_and_takes_nothing_new_in(member, monkeypatch):
    ticket = ticket_of(member)
    with clock.at(MORNING):
        choose(member, progress="digest")
        post(ticket, "một")
        post(ticket, "hai")
        drain(MAIL)
    opening = at("2026-11-19 08:00")
    sent = []
    with monkeypatch.context() as broken, clock.at(opening):

        def fail(_backend, rows, _background):
            sent.append(outbox.compose_digest(rows))
            raise OSError("no server")

        broken.setattr(outbox, "_deliver", fail)
        outbox.send_due()
    with clock.at(opening + timedelta(minutes=1)):
        choose(member)
        post(ticket, "ba")
        drain(MAIL)
        assert outbox.send_due() == 2
    again = next(m for m in mail.outbox if "một" in m.body)
    assert again.extra_headers["Message-ID"] == sent[0].extra_headers["Message-ID"]
    assert "ba" not in again.body.split("một")[1].split("hai")[1][:3]
    assert Counter(text for m in mail.outbox for text in ("một", "hai") if f"“{text}”" in m.body) == {
        "một": 1,
        "hai": 1,
    }


def test_rights_are_those_of_the_moment_for_each_part_of_a_digest(member):
    kept = ticket_of(member)
    other = make_enterprise()
    Membership.objects.create(user=member, role=Role.ENTERPRISE, enterprise=other)
    lost = make_ticket(enterprise=other, filer=make_user(), agency=make_agency())
    with clock.at(MORNING):
        choose(member, progress="digest")
        post(kept, "còn")
        post(kept, "vẫn còn")
        post(lost, "mất")
        drain(MAIL)
        Membership.objects.filter(user=member, enterprise=other).delete()
    with clock.at(at("2026-11-19 08:00")):
        outbox.send_due()
    assert ("còn" in mail.outbox[0].body, "mất" in mail.outbox[0].body) == (True, False)
    assert Counter(row.state for row in mails(member)) == {State.SENT: 2, State.SKIPPED: 1}


steps = st.lists(
    st.tuples(
        st.sampled_from(["event", "send", "fail", "choose"]), st.integers(1, 600), st.sampled_from(Way.values[:2])
    ),
    min_size=3,
    max_size=14,
)


@given(steps, st.booleans())
@settings(max_examples=either(10, 50), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_nothing_is_lost_or_doubled_or_sent_in_quiet_hours(steps, free_days):
    member = make_user(Role.ENTERPRISE, enterprise=make_enterprise())
    ticket = ticket_of(member)
    now, written = at("2026-11-20 16:00"), []
    quiet = {"quiet_from": time(20), "quiet_to": time(6, 30), "quiet_closed_days": free_days}
    mail.outbox.clear()
    sent_at: list[datetime] = []
    for kind, minutes, way in [("choose", 1, "now"), *steps]:
        now += timedelta(minutes=minutes)
        with clock.at(now):
            if kind == "event":
                text = f"lời nhắn {len(written)} hết"
                written.append(text)
                post(ticket, text)
                drain(MAIL)
            elif kind == "choose":
                choose(member, progress=way, **quiet)
            else:
                _send(sent_at, now, broken=kind == "fail")
    for _day in range(24):
        now += timedelta(hours=7, minutes=13)
        with clock.at(now):
            _send(sent_at, now)
    texts = Counter(text for m in mail.outbox for text in written for _ in range(m.body.count(f"{text}")))
    assert texts == dict.fromkeys(written, 1)
    assert all(time(6, 30) <= moment.time() < time(20) for moment in sent_at)
    assert not free_days or all(moment.weekday() < 5 for moment in sent_at)


def _send(sent_at: list[datetime], now: datetime, *, broken: bool = False) -> None:
    before = len(mail.outbox)
    deliver = outbox._deliver
    try:
        if broken:
            outbox._deliver = lambda *_: (_ for _ in ()).throw(OSError("no server"))
        outbox.send_due()
    finally:
        outbox._deliver = deliver
    sent_at += [now] * (len(mail.outbox) - before)
