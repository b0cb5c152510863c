"""Complex cases: asked for or granted unasked, by a leader alone, with the time limit of the settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import caches

from core import clock
from core.errors import Invalid, NotAllowed, NotPossible
from issues.actions import complex_cases, enterprise, extensions, resolving, timers
from issues.actor import Actor
from issues.events.consultation_events import ExtensionDecided, ExtensionRequested
from issues.mail.compose import compose
from issues.models import ClockKind, Extension, Notification, TargetSetting, Ticket, TicketEvent
from issues.notifications.recipients import Group
from issues.sla import WorkingDays, target_from_dict
from tests.factories.issues import make_event
from tests.issues.conftest import TaskForce, at

# Received on Wednesday 18 November; Tuesday 24 November 2026 is a holiday: the fifth working day is Thursday 26.
COMPLEX_DUE = at("2026-11-26 17:30")


def do(time: str, action: Any, user: Any, **fields: Any) -> Any:
    with clock.at(at(time if " " in time else f"2026-11-18 {time}")):
        return action(actor=Actor.of(user), **fields)


@contextmanager
def not_possible(code: str) -> Iterator[None]:
    with pytest.raises(NotPossible) as caught:
        yield
    assert caught.value.code == code


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


@pytest.fixture
def ticket(force: TaskForce) -> Ticket:
    return force.accepted()


@pytest.fixture
def asked(force: TaskForce, ticket: Ticket) -> Extension:
    return do(
        "10:00", extensions.request_extension, force.officer, ticket=ticket, as_complex=True, reason="Ba sở liên quan"
    )


def test_asked_and_granted(force: TaskForce, ticket: Ticket, asked: Extension) -> None:
    assert (asked.working_days, asked.old_due_at, asked.new_due_at) == (5, at("2026-11-18 17:30"), COMPLEX_DUE)
    assert fresh(ticket).kind == "difficulty"
    done = do(
        "10:05", extensions.decide_extension, force.leader, extension=asked, granted=True, reason="Đúng là phức tạp"
    )
    after = fresh(ticket)
    row = after.clocks.get(kind=ClockKind.RESOLUTION)
    assert (after.kind, after.due_at, row.due_at) == ("complex", COMPLEX_DUE, COMPLEX_DUE)
    assert target_from_dict(row.target) == WorkingDays(5)
    assert (done.status, done.old_due_at, done.new_due_at) == ("granted", at("2026-11-18 17:30"), COMPLEX_DUE)
    event = TicketEvent.objects.get(type="extension.decided")
    assert (event.data["as_complex"], event.data["asked"], event.visibility) == (True, True, "parties")


def test_refused_changes_nothing(force: TaskForce, ticket: Ticket, asked: Extension) -> None:
    do("10:05", extensions.decide_extension, force.leader, extension=asked, granted=False, reason="Không phức tạp")
    after = fresh(ticket)
    assert (after.kind, after.due_at) == ("difficulty", at("2026-11-18 17:30"))


def test_granted_unasked_with_a_reason(force: TaskForce, ticket: Ticket) -> None:
    with pytest.raises(Invalid):
        do("10:00", complex_cases.grant_complex, force.leader, ticket=ticket)
    done = do("10:00", complex_cases.grant_complex, force.leader, ticket=ticket, reason="Liên ngành")
    assert (done.status, done.as_complex, done.working_days, done.new_due_at) == ("granted", True, 5, COMPLEX_DUE)
    assert fresh(ticket).kind == "complex"
    assert TicketEvent.objects.get(type="extension.decided").data["asked"] is False


def test_only_a_leader_grants(force: TaskForce, ticket: Ticket) -> None:
    for user in (force.officer, force.head, force.coordinator, force.filer):
        with pytest.raises(NotAllowed):
            do("10:00", complex_cases.grant_complex, user, ticket=ticket, reason="x")


def test_a_request_is_decided_and_not_passed_over(force: TaskForce, ticket: Ticket, asked: Extension) -> None:
    with not_possible("extension_open"):
        do("10:05", complex_cases.grant_complex, force.leader, ticket=ticket, reason="x")


def test_once_only(force: TaskForce, ticket: Ticket) -> None:
    do("10:00", complex_cases.grant_complex, force.leader, ticket=ticket, reason="x")
    with not_possible("complex_already"):
        do("10:05", complex_cases.grant_complex, force.leader, ticket=ticket, reason="x")
    with not_possible("complex_already"):
        do("10:05", extensions.request_extension, force.officer, ticket=ticket, as_complex=True, reason="x")
    more = do("10:05", extensions.request_extension, force.officer, ticket=ticket, working_days=10, reason="x")
    do("10:06", extensions.decide_extension, force.leader, extension=more, granted=True, reason="x")
    assert fresh(ticket).due_at == at("2026-12-03 17:30")


def test_either_days_or_a_complex_case(force: TaskForce, ticket: Ticket) -> None:
    for fields in ({"as_complex": True, "working_days": 3}, {"as_complex": "perhaps", "working_days": 3}, {}):
        with pytest.raises(Invalid):
            do("10:00", extensions.request_extension, force.officer, ticket=ticket, reason="x", **fields)


def test_where_it_gives_no_more_time_it_is_refused(force: TaskForce, ticket: Ticket) -> None:
    with not_possible("complex_no_gain"):
        do("2026-11-27 09:00", complex_cases.grant_complex, force.leader, ticket=ticket, reason="x")
    longer = do("10:00", extensions.request_extension, force.officer, ticket=ticket, working_days=10, reason="x")
    do("10:01", extensions.decide_extension, force.leader, extension=longer, granted=True, reason="x")
    with not_possible("complex_no_gain"):
        do("10:05", complex_cases.grant_complex, force.leader, ticket=ticket, reason="x")


def test_while_paused_the_time_left_grows(force: TaskForce, ticket: Ticket) -> None:
    do("09:30", resolving.request_info, force.officer, ticket=ticket, question="?")
    granted = do("10:00", complex_cases.grant_complex, force.leader, ticket=ticket, reason="x")
    assert granted.new_due_at is None
    do("10:30", enterprise.provide_info, force.filer, ticket=ticket, text="x")
    # Half a working hour was used, one was spent waiting.
    assert fresh(ticket).due_at == at("2026-11-27 09:00")


def test_shares_that_lie_behind_are_not_told_again(force: TaskForce, ticket: Ticket) -> None:
    with clock.at(at("2026-11-18 17:31")):
        timers.sweep()
    do("2026-11-19 09:00", complex_cases.grant_complex, force.leader, ticket=ticket, reason="x")
    with clock.at(at("2026-11-19 09:01")):
        assert timers.sweep() == 0
    row = ticket.clocks.get(kind=ClockKind.RESOLUTION)
    assert row.next_percent == 50


def test_reopening_keeps_the_target(force: TaskForce, ticket: Ticket) -> None:
    do("10:00", complex_cases.grant_complex, force.leader, ticket=ticket, reason="x")
    do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="partly")
    do("2026-11-19 09:00", enterprise.reopen, force.filer, ticket=ticket, reason="Chưa đủ")
    after = fresh(ticket)
    row = after.clocks.get(kind=ClockKind.RESOLUTION, stopped_at=None)
    assert (after.kind, after.due_at) == ("complex", at("2026-11-27 17:30"))
    assert target_from_dict(row.target) == WorkingDays(5)


def test_the_settings_give_the_target(force: TaskForce, ticket: Ticket) -> None:
    setting = TargetSetting.objects.get(clock="resolution", kind="complex")
    setting.target = {"type": "working_days", "days": 8}
    setting.save()
    caches["process"].clear()  # an edit is seen within seconds
    granted = do("10:00", complex_cases.grant_complex, force.leader, ticket=ticket, reason="x")
    assert (granted.working_days, fresh(ticket).due_at) == (8, at("2026-12-01 17:30"))


def test_the_mails_say_what_it_is(force: TaskForce, ticket: Ticket) -> None:
    times: dict[str, Any] = {
        "old_due_at": at("2026-11-18 17:30"),
        "new_due_at": COMPLEX_DUE,
        "reason": "Liên ngành",
        "as_complex": True,
    }
    mails = (
        (ExtensionRequested(extension=1, working_days=5, **times), force.leader, Group.LEADER, "complex case"),
        (ExtensionDecided(extension=1, granted=True, **times), force.officer, Group.ASSIGNEE, "now a complex case"),
        (ExtensionDecided(extension=1, granted=True, **times), force.filer, Group.ENTERPRISE, "it is a complex case"),
    )
    for data, user, group, words in mails:
        user.language = "en"
        user.save()
        event = make_event(ticket, data)
        row = Notification.objects.create(event=event, user=user, channel="mail", reason=group)
        rows = Notification.objects.select_related("user", "event__ticket__lead_agency")
        with clock.at(at("2026-11-18 10:10")):
            message = compose(rows.get(pk=row.pk))
        assert words in message.body
        assert "17:30 on 26 Nov 2026" in message.body
