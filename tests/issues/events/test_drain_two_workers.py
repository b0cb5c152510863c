"""Two workers at once, with real transactions: everything is done once."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection

from accounts.models import Role
from issues.events import drain as draining
from issues.events.consumers import Consumer
from issues.events.types import MessagePosted
from issues.mail import outbox
from issues.models import ConsumerCursor, Notification
from tests.factories.issues import make_agency, make_event, make_ticket, make_user

pytestmark = pytest.mark.django_db(transaction=True)
EVENTS = 60


def at_once(work: Callable[[], object], workers: int = 2) -> None:
    """Run the work in threads that begin together; an error of one fails the test."""
    barrier, errors = threading.Barrier(workers), []

    def run() -> None:
        try:
            barrier.wait()
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_no_event_is_handled_twice_or_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draining, "BATCH", 7)
    ticket = make_ticket()
    ids = [make_event(ticket).pk for _ in range(EVENTS)]
    handled: list[int] = []
    consumer = Consumer("both", lambda events: handled.extend(event.pk for event in events))

    at_once(lambda: draining.drain(consumer))
    draining.drain(consumer)  # on PostgreSQL a worker that found the cursor taken left the rest to the other

    assert Counter(handled) == Counter(ids)
    assert handled == sorted(handled)
    assert ConsumerCursor.objects.get(name="both").last_event_id == ids[-1]


def test_no_mail_is_sent_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BURST", 100)
    officer = make_user()
    officer.memberships.create(role="coordinator")
    ticket = make_ticket(agency=make_agency())
    for n in range(12):
        event = make_event(ticket, MessagePosted(message=n, body="Chào"))
        Notification.objects.create(event=event, user=officer, channel="mail", reason="coordinator")

    at_once(outbox.send_due)
    outbox.send_due()

    assert len(mail.outbox) == 12
    assert set(Notification.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_two_workers_make_one_mail_of_what_belongs_together() -> None:
    officer = make_user()
    officer.memberships.create(role="coordinator")
    ticket = make_ticket(agency=make_agency())
    for n in range(outbox.BURST + 2):
        event = make_event(ticket, MessagePosted(message=n, body="Chào"))
        Notification.objects.create(event=event, user=officer, channel="mail", reason="coordinator")

    at_once(outbox.send_due)

    assert len(mail.outbox) == 1
    assert mail.outbox[0].body.count("* ") == outbox.BURST + 2
    assert set(Notification.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_two_workers_share_the_mails_of_many_people() -> None:
    """Each takes the people that the other has not locked; nobody's mail is sent twice or left."""
    agency = make_agency()
    event = make_event(make_ticket(agency=agency), MessagePosted(message=1, body="Chào"))
    for _ in range(40):
        officer = make_user(Role.OFFICER, agency=agency)
        Notification.objects.create(event=event, user=officer, channel="mail", reason="assignee")

    def send_all() -> None:
        while outbox.send_due(limit=7):
            pass

    at_once(send_all)
    send_all()

    recipients = Counter(message.to[0] for message in mail.outbox)
    assert len(recipients) == 40
    assert set(recipients.values()) == {1}
    assert set(Notification.objects.values_list("state", "attempts")) == {("sent", 1)}
