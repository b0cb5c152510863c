"""Draining: once, in order, whatever fails in between."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from core import clock
from issues.events import consumers as registry
from issues.events import drain as draining
from issues.events.consumers import Consumer
from issues.events.types import NotePosted, TicketInfoProvided
from issues.models import ConsumerCursor, ConsumerFailure, Notification, TicketEvent
from issues.notifications.mail import MAIL
from tests.factories.issues import make_event, make_ticket, make_user

pytestmark = pytest.mark.django_db
Handler = Callable[[Sequence[TicketEvent]], None]


@pytest.fixture
def only(monkeypatch):
    """Register nothing but the given consumers."""

    def register(*consumers: Consumer) -> None:
        monkeypatch.setattr(registry, "_consumers", {consumer.name: consumer for consumer in consumers})

    return register


def three_events() -> list[int]:
    ticket = make_ticket()
    return [make_event(ticket).pk for _ in range(3)]


def noting(seen: list[int], broken: Sequence[int] = ()) -> Handler:
    """A handler that notes the ids it gets, and fails at those that are broken."""

    def handle(events: Sequence[TicketEvent]) -> None:
        if any(event.pk in broken for event in events):
            raise ValueError("broken")
        seen.extend(event.pk for event in events)

    return handle


def cursor_of(name: str) -> int:
    return ConsumerCursor.objects.get(name=name).last_event_id


def test_events_are_handled_once_in_order(only, monkeypatch):
    monkeypatch.setattr(draining, "BATCH", 2)
    seen: list[int] = []
    only(Consumer("list", noting(seen)))
    ids = three_events()

    assert draining.drain_all() == {"list": 3}
    assert draining.drain_all() == {"list": 0}
    assert seen == ids


def test_a_failing_consumer_stops_at_its_event_and_holds_nobody_back(only):
    ids = three_events()
    bad, good = [], []
    only(Consumer("bad", noting(bad, broken=[ids[1]])), Consumer("good", noting(good)))
    draining.drain_all()

    assert (bad, good) == (ids[:1], ids)
    assert (cursor_of("bad"), cursor_of("good")) == (ids[0], ids[2])
    failure = ConsumerFailure.objects.get()
    assert (failure.consumer, failure.event_id, failure.attempts) == ("bad", ids[1], 1)


def test_a_failed_event_waits_and_then_goes_on(only):
    ids = three_events()
    seen: list[int] = []
    broken = [ids[0]]
    only(Consumer("slow", noting(seen, broken=broken)))
    draining.drain_all()
    draining.drain_all()
    assert ConsumerFailure.objects.get().attempts == 1  # the second call comes too early to try again
    assert seen == []

    broken.clear()
    with clock.at(clock.now() + draining.FIRST_PAUSE):
        draining.drain_all()
    assert seen == ids
    assert not ConsumerFailure.objects.exists()


def test_a_poisoned_event_is_stepped_over_listed_and_can_be_handled_later(only):
    ids = three_events()
    seen: list[int] = []
    poison = [ids[0]]
    only(Consumer("strict", noting(seen, broken=poison)))
    at = clock.now()
    for _try in range(draining.TRIES):
        with clock.at(at):
            draining.drain_all()
        at += timedelta(hours=1)

    assert seen == ids[1:]
    assert ConsumerFailure.objects.get(skipped_at__isnull=False).event_id == ids[0]
    poison.clear()
    assert draining.retry_skipped() == {"strict": 1}
    assert seen == [*ids[1:], ids[0]]
    assert not ConsumerFailure.objects.exists()


def info_provided_with_assignee():
    ticket = make_ticket(assignee=make_user())
    return make_event(ticket, TicketInfoProvided(text="Đây", due_at=clock.now(), paused_minutes=5))


def test_redelivery_notifies_nobody_twice(only):
    only(MAIL)
    info_provided_with_assignee()
    draining.drain_all()
    assert Notification.objects.count() == 2  # application and mail

    ConsumerCursor.objects.update(last_event_id=0)
    draining.drain_all()
    assert Notification.objects.count() == 2


def test_a_crash_before_the_cursor_is_saved_leaves_nothing_behind(only, monkeypatch):
    only(MAIL)
    info_provided_with_assignee()

    def killed(*args, **kwargs):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(ConsumerCursor, "save", killed)
        with pytest.raises(SystemExit):
            draining.drain_all()
    assert not Notification.objects.exists()

    draining.drain_all()
    assert Notification.objects.count() == 2


def test_a_note_is_told_to_nobody(only):
    only(MAIL)
    make_event(make_ticket(assignee=make_user()), NotePosted(message=1, body="nội bộ"))
    draining.drain_all()
    assert not Notification.objects.exists()


def test_what_is_long_past_is_found_in_the_application_but_not_mailed(only):
    only(MAIL)
    with clock.at(clock.now() - timedelta(days=10)):
        info_provided_with_assignee()
    draining.drain_all()
    assert [row.channel for row in Notification.objects.all()] == ["app"]
