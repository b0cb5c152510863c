"""Draining: once, in order, whatever fails in between."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.core import mail
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from core import clock
from issues.actions import filing
from issues.actor import Actor
from issues.events import consumers as registry
from issues.events import drain as draining
from issues.events.consumers import Consumer
from issues.events.types import NotePosted, TicketInfoProvided
from issues.mail import outbox
from issues.models import ConsumerCursor, ConsumerFailure, Notification, TicketEvent, WebhookEndpoint
from issues.notifications.mail import MAIL
from tests.factories.issues import make_enterprise, make_event, make_ticket, make_user
from tests.issues.conftest import MORNING, TaskForce

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


def test_a_poisoned_event_in_the_middle_of_a_batch_undoes_the_batch_and_stops_before_it(only):
    """What the batch had written before it failed is written once, by the events that can be handled."""
    officer = make_user()
    ticket = make_ticket(assignee=officer)
    ids = [make_event(ticket, TicketInfoProvided(text="Đây", due_at=clock.now(), paused_minutes=5)).pk for _ in "12345"]
    poison = [ids[2]]

    def notify_then_fail(events: Sequence[TicketEvent]) -> None:
        MAIL.handle(events)
        if any(event.pk in poison for event in events):
            raise ValueError("poison")

    only(Consumer("mail", notify_then_fail))
    assert draining.drain_all() == {"mail": 2}
    assert notified() == ids[:2]
    assert cursor_of("mail") == ids[1]
    assert ConsumerFailure.objects.get().event_id == ids[2]

    poison.clear()
    with clock.at(clock.now() + draining.FIRST_PAUSE):
        assert draining.drain_all() == {"mail": 3}
    assert notified() == ids
    assert not ConsumerFailure.objects.exists()


def notified() -> list[int]:
    return list(Notification.objects.filter(channel="app").order_by("event_id").values_list("event_id", flat=True))


def test_a_batch_is_handled_together_and_the_rest_of_a_failed_one_too(only):
    ids = three_events()
    batches: list[list[int]] = []
    broken = [ids[0]]

    def handle(events: Sequence[TicketEvent]) -> None:
        batches.append([event.pk for event in events])
        if any(event.pk in broken for event in events):
            raise ValueError("broken")

    only(Consumer("list", handle))
    draining.drain_all()
    assert batches == [ids, ids[:1]]

    broken.clear()
    ConsumerFailure.objects.all().delete()
    draining.drain_all()
    assert batches[2:] == [ids]


def test_consumers_take_turns_batch_by_batch(only, monkeypatch):
    monkeypatch.setattr(draining, "BATCH", 2)
    three_events(), three_events()
    order: list[str] = []
    only(
        Consumer("mail", lambda events: order.append("mail")),
        Consumer("search", lambda events: order.append("search")),
        Consumer("webhooks", lambda events: order.append("webhooks")),
    )
    draining.drain_all()
    assert order == ["mail", "search", "webhooks"] * 3


def test_a_consumer_that_is_ahead_ends_before_the_others(only, monkeypatch):
    monkeypatch.setattr(draining, "BATCH", 2)
    ids = [*three_events(), *three_events()]
    order: list[str] = []
    only(Consumer("late", lambda events: order.append("late")), Consumer("early", lambda events: order.append("early")))
    ConsumerCursor.objects.create(name="early", last_event_id=ids[3])
    assert draining.drain_all() == {"late": 6, "early": 2}
    assert order == ["late", "early", "late", "late"]


def test_a_consumer_whose_database_fails_leaves_the_others_their_turns(only, monkeypatch):
    ids = three_events()
    good: list[int] = []
    drain_batch = draining._drain_batch

    def away(consumer: Consumer):
        if consumer.name == "bad":
            raise OperationalError("the database went away")
        return drain_batch(consumer)

    only(Consumer("bad", noting([])), Consumer("good", noting(good)))
    monkeypatch.setattr(draining, "_drain_batch", away)
    assert draining.drain_all() == {"bad": 0, "good": 3}
    assert good == ids


def test_with_nothing_to_do_two_questions_are_asked(only, django_assert_num_queries):
    only(Consumer("one", noting([])), Consumer("two", noting([])))
    three_events()
    draining.drain_all()
    with django_assert_num_queries(2):
        draining.drain_all()


class TestStatements:
    """What following a filing costs, for a hundred filings (two hundred events) with an endpoint and the search."""

    DRAIN = {"sqlite": 122, "postgresql": 110}
    SEND = {"sqlite": 125, "postgresql": 125}

    @pytest.fixture
    def filed(self, force: TaskForce) -> int:
        WebhookEndpoint.objects.create(name="Hệ thống", url="https://example.com", audience="internal")
        draining.drain_all()
        before = TicketEvent.objects.count()
        for _ in range(100):
            filer = make_user(Role.ENTERPRISE, enterprise=make_enterprise())
            with clock.at(MORNING):
                filing.file_ticket(actor=Actor.of(filer), title="Giấy phép", body="Xin phép.", category="construction")
        assert TicketEvent.objects.count() - before == 200
        return 200

    def test_of_all_consumers_and_the_mails(self, filed: int) -> None:
        with clock.at(MORNING):
            with CaptureQueriesContext(connection) as drained:
                draining.drain_all()
            with CaptureQueriesContext(connection) as sent:
                while outbox.send_due():
                    pass
        assert len(mail.outbox) == 102  # a receipt for each filer, and one for each of two officers
        assert len(drained) + len(sent) <= 3 * filed
        assert (len(drained), len(sent)) == (self.DRAIN[connection.vendor], self.SEND[connection.vendor])

    def test_people_of_other_agencies_cost_nothing(self, filed: int, force: TaskForce) -> None:
        for _ in range(30):
            make_user(Role.OFFICER, agency=force.finance)
        with clock.at(MORNING), CaptureQueriesContext(connection) as drained:
            draining.drain_all()
        assert len(drained) == self.DRAIN[connection.vendor]
