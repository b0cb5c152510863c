"""The outbox: what waits is sent once, failures wait longer each time and end, rights are those of the moment."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail

from accounts.models import Membership, Role
from core import clock
from issues.events.types import MessagePosted, NotePosted
from issues.mail import outbox
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


def test_whoever_lost_the_right_meanwhile_gets_nothing(row):
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
