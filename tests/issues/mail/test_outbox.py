"""The outbox: what waits is sent once, failures wait longer each time and end, rights are those of the moment."""

from collections import Counter
from datetime import timedelta
from smtplib import SMTPException
from typing import ClassVar

import pytest
from django.core import mail
from django.core.mail.backends import locmem

from accounts.models import Membership, Role
from core import clock
from issues.clocks import calendars
from issues.events.types import MessagePosted, NotePosted
from issues.mail import outbox
from issues.mail.compose import compose
from issues.mail.receivable import receivable
from issues.models import Notification, Party
from issues.notifications.recipients import Group
from tests.factories.issues import make_agency, make_enterprise, make_event, make_ticket, make_user

pytestmark = pytest.mark.django_db
State = Notification.State


@pytest.fixture
def row():
    """A mail to a member of the enterprise, waiting."""
    enterprise = make_enterprise()
    member = make_user(Role.ENTERPRISE, enterprise=enterprise)
    ticket = make_ticket(enterprise=enterprise, filer=member, agency=make_agency())
    event = make_event(ticket, MessagePosted(message=1, body="Xin gửi thêm hồ sơ"))
    return Notification.objects.create(event=event, user=member, channel="mail", reason=Group.ENTERPRISE)


def fresh(row: Notification) -> Notification:
    return Notification.objects.get(pk=row.pk)


@pytest.fixture
def broken(monkeypatch):
    def fail(*args, **kwargs):
        raise SMTPException("no server")

    monkeypatch.setattr(outbox, "_deliver", fail)


def test_a_waiting_mail_is_sent_once(row):
    assert (outbox.send_due(), outbox.send_due()) == (1, 0)
    assert len(mail.outbox) == 1
    assert fresh(row).state == State.SENT
    assert fresh(row).sent_at is not None


def test_failures_wait_longer_each_time_and_end_as_a_dead_letter(row, broken):
    at = clock.now()
    pauses = []
    for _try in range(outbox.TRIES):
        with clock.at(at):
            assert outbox.send_due() == 0
        pauses.append(fresh(row).next_attempt_at - at)
        at = fresh(row).next_attempt_at

    assert pauses == [timedelta(minutes=2**n) for n in range(8)]
    assert fresh(row).state == State.FAILED
    assert "no server" in fresh(row).last_error
    with clock.at(at + timedelta(days=1)):
        assert outbox.send_due() == 0
    assert fresh(row).attempts == outbox.TRIES


def test_a_mail_that_failed_goes_out_later(row, broken, monkeypatch):
    outbox.send_due()
    monkeypatch.undo()
    assert outbox.send_due() == 0  # not yet
    with clock.at(clock.now() + outbox.FIRST_PAUSE):
        assert outbox.send_due() == 1
    assert fresh(row).last_error == ""


def test_a_worker_that_dies_while_sending_leaves_the_mail_to_the_next_try(row, monkeypatch):
    def killed(*args):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_deliver", killed)
        with pytest.raises(SystemExit):
            outbox.send_due()
    assert outbox.send_due() == 0  # claimed: nobody sends it at the same time
    with clock.at(clock.now() + outbox.FIRST_PAUSE):
        assert outbox.send_due() == 1


def test_one_failure_does_not_stop_the_others(row, monkeypatch):
    other = Notification.objects.create(
        event=row.event, user=make_user(Role.ENTERPRISE, enterprise=row.event.ticket.enterprise), channel="mail"
    )
    deliver = outbox._deliver

    def fail_for_first(backend, claimed, background):
        if claimed[0].pk == row.pk:
            raise SMTPException("refused")
        deliver(backend, claimed, background)

    monkeypatch.setattr(outbox, "_deliver", fail_for_first)
    assert outbox.send_due() == 1
    assert (fresh(row).state, fresh(other).state) == (State.WAITING, State.SENT)


def test_the_person_who_lost_the_right_in_the_meantime_gets_nothing(row):
    Membership.objects.filter(user=row.user).delete()
    assert outbox.send_due() == 0
    assert (fresh(row).state, mail.outbox) == (State.SKIPPED, [])


def test_an_inactive_person_gets_nothing(row):
    row.user.is_active = False
    row.user.save()
    outbox.send_due()
    assert (fresh(row).state, mail.outbox) == (State.SKIPPED, [])


def test_a_row_that_should_never_be_cannot_leak_a_note(row):
    note = make_event(row.event.ticket, NotePosted(message=2, body="nội bộ"))
    leak = Notification.objects.create(event=note, user=row.user, channel="mail", reason=Group.ENTERPRISE)
    outbox.send_due()
    assert fresh(leak).state == State.SKIPPED


def test_those_who_joined_get_it_as_long_as_they_belong_to_it(row):
    friend = make_enterprise()
    member = make_user(Role.ENTERPRISE, enterprise=friend)
    joined = Notification.objects.create(event=row.event, user=member, channel="mail", reason=Group.PARTY)
    assert not receivable([joined])
    Party.objects.create(ticket=row.event.ticket, enterprise=friend, joined_by=member)
    assert receivable([Notification.objects.get(pk=joined.pk)])


class Server(locmem.EmailBackend):
    """A mail server that counts connections, and refuses or is slow where the test says so."""

    opened = 0
    refused: ClassVar[set[str]] = set()

    def open(self):
        if getattr(self, "is_open", False):
            return False
        self.is_open = True
        Server.opened += 1
        return True

    def close(self):
        self.is_open = False

    def send_messages(self, messages):
        if messages[0].to[0] in self.refused:
            raise SMTPException("refused")
        return super().send_messages(messages)


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(Server, "opened", 0)
    monkeypatch.setattr(Server, "refused", set())
    monkeypatch.setattr(outbox, "get_connection", Server)
    return Server


@pytest.fixture
def rows():
    """Six mails to six people about one ticket, waiting."""
    agency = make_agency()
    event = make_event(make_ticket(agency=agency), MessagePosted(message=1, body="Chào"))
    people = [make_user(Role.OFFICER, agency=agency) for _ in range(6)]
    return [Notification.objects.create(event=event, user=one, channel="mail", reason="assignee") for one in people]


def test_the_mails_of_a_batch_share_a_connection_and_their_reading(rows, server, django_assert_num_queries):
    calendars.default_calendar()  # read once by every process
    # is any due; savepoint, people, roles, rows, agencies, choices, their agencies, booking, end of savepoint;
    # words taken back; six results.
    with django_assert_num_queries(17):
        assert outbox.send_due() == 6
    assert server.opened == 1


def test_after_a_failure_the_others_get_a_connection_of_their_own(rows, server):
    server.refused.add(compose(fresh(rows[2])).to[0])
    assert outbox.send_due() == 5
    assert server.opened == 2
    assert {row.pk for row in Notification.objects.filter(state=State.WAITING)} == {rows[2].pk}


def test_what_a_slow_server_leaves_over_is_no_try_and_may_go_at_once(rows, server, monkeypatch):
    """So that no other worker begins with it when the next try is due."""
    seconds = iter([0, 1, 20, 31])
    monkeypatch.setattr(outbox.time, "monotonic", lambda: next(seconds))
    assert outbox.send_due() == 2
    waiting = Notification.objects.filter(state=State.WAITING)
    assert set(waiting.values_list("attempts", flat=True)) == {0}
    monkeypatch.undo()
    assert outbox.send_due() == 4
    assert Counter(Notification.objects.values_list("state", "attempts")) == {(State.SENT, 1): 6}


def test_a_mail_due_together_with_a_digest_is_a_mail_of_its_own(row):
    for text in ("một", "hai"):
        event = make_event(row.event.ticket, MessagePosted(message=2, body=text))
        Notification.objects.create(event=event, user=row.user, channel="mail", reason=Group.ENTERPRISE, mode="digest")
    assert outbox.send_due() == 2
    single, digest = sorted(mail.outbox, key=lambda message: "hai" in message.body)
    assert ("một" in digest.body, "hai" in digest.body, "hồ sơ" in digest.body) == (True, True, False)
    assert "hồ sơ" in single.body
