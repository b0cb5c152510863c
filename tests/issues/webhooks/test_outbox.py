"""Webhook messages: what goes to whom, once, in order, again when it failed, and not for ever."""

import json
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Role
from core import clock
from issues.actions import webhooks
from issues.actor import Actor
from issues.events.drain import drain
from issues.events.serialize import event_json
from issues.events.types import MessagePosted, NotePosted, TicketResolved
from issues.models import TicketEvent, Visibility, WebhookDelivery, WebhookEndpoint
from issues.webhooks import outbox
from issues.webhooks.consumer import WEBHOOKS, book
from tests.factories.issues import make_agency, make_event, make_ticket, make_user
from tests.issues.webhooks.receiver import Receiver

pytestmark = pytest.mark.django_db
State = WebhookDelivery.State


def types_sent(receiver: Receiver) -> list[str]:
    return [json.loads(body)["type"] for _headers, body in receiver.got]


def seqs_sent(receiver: Receiver) -> list[int]:
    return [json.loads(body)["seq"] for _headers, body in receiver.got]


def three_events(**ticket: Any) -> list[TicketEvent]:
    """Public, for the parties, internal."""
    made = make_ticket(agency=make_agency("SXD"), **ticket)
    resolved = TicketResolved(agency="SXD", kind="solved", answer="Bí mật", used_minutes=1, in_time=True, cycle=1)
    return [
        make_event(made, data)
        for data in (resolved, MessagePosted(message=1, body="a"), NotePosted(message=2, body="b"))
    ]


def test_the_message_is_the_event_of_the_interface(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    event = three_events()[0]
    drain(WEBHOOKS)
    assert outbox.deliver_due() == 3
    headers, body = receiver.got[0]
    assert json.loads(body) == event_json(event, code=event.ticket.code, audience=Visibility.INTERNAL)
    assert headers["webhook-id"] == f"msg_{WebhookDelivery.objects.get(event=event).uid.hex}"
    assert headers["webhook-signature"].startswith("v1,")
    assert headers["Content-Type"] == "application/json"
    row = WebhookDelivery.objects.get(event=event)
    assert (row.state, row.status, row.attempts, row.duration_ms is not None) == (State.SENT, 204, 1, True)


def test_a_public_endpoint_gets_what_everybody_may_read(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    WebhookEndpoint.objects.update(audience="public")
    three_events()
    drain(WEBHOOKS)
    outbox.deliver_due()
    assert types_sent(receiver) == ["ticket.resolved"]
    assert "Bí mật" not in receiver.got[0][1].decode()


def test_types_and_agency_narrow_it(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    WebhookEndpoint.objects.update(event_types=["note.posted"], agency=make_agency("SXD"))
    three_events()
    make_event(make_ticket(agency=make_agency("STC")), NotePosted(message=3, body="c"))
    drain(WEBHOOKS)
    outbox.deliver_due()
    assert types_sent(receiver) == ["note.posted"]


def test_an_inactive_endpoint_gets_nothing(endpoint: WebhookEndpoint) -> None:
    WebhookEndpoint.objects.update(active=False)
    three_events()
    drain(WEBHOOKS)
    assert not WebhookDelivery.objects.exists()


def test_booking_twice_books_once(endpoint: WebhookEndpoint) -> None:
    event = three_events()[0]
    book([event])
    book([event])
    assert WebhookDelivery.objects.filter(event=event).count() == 1


def test_a_failure_holds_the_others_back_and_the_order_stays(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    three_events()
    drain(WEBHOOKS)
    receiver.answers = [500, 204]
    assert outbox.deliver_due() == 0
    assert outbox.deliver_due() == 0  # not before its pause is over
    assert seqs_sent(receiver) == [1]
    with clock.at(clock.now() + outbox.FIRST_PAUSE):
        assert outbox.deliver_due() == 3
    assert seqs_sent(receiver) == [1, 1, 2, 3]
    ids = [headers["webhook-id"] for headers, _body in receiver.got]
    assert ids[0] == ids[1]


def test_pauses_grow_and_end_and_the_next_message_follows(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    three_events()
    drain(WEBHOOKS)
    receiver.answers, receiver.body = [503], b"maintenance"
    now, pauses = clock.now(), []
    first = WebhookDelivery.objects.order_by("id").first()
    assert first
    for _try in range(outbox.TRIES):
        with clock.at(now):
            outbox.deliver_due()
        first.refresh_from_db()
        pauses.append(first.next_attempt_at - now)
        now = first.next_attempt_at
    assert pauses == [timedelta(minutes=2**n) for n in range(outbox.TRIES)]
    assert (first.state, first.status, first.response) == (State.FAILED, 503, "maintenance")
    receiver.answers = [200]
    with clock.at(now):
        assert outbox.deliver_due() == 2
    assert WebhookEndpoint.objects.get().failing_since is None


def test_after_a_day_without_any_delivery_it_is_switched_off_and_what_waits_stays(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    three_events()
    drain(WEBHOOKS)
    receiver.answers = [500]
    now = clock.now()
    for _hour in range(27):
        with clock.at(now):
            outbox.deliver_due()
        now += timedelta(hours=1)
    endpoint.refresh_from_db()
    assert endpoint.disabled_at is not None
    tried = len(receiver.got)
    waiting = WebhookDelivery.objects.filter(state=State.WAITING).count()
    assert waiting >= 1
    receiver.answers = [204]
    with clock.at(now):
        three_events()
        drain(WEBHOOKS)
        assert outbox.deliver_due() == 0
        assert len(receiver.got) == tried
        webhooks.switch_on(actor=Actor.of(make_user(Role.ADMIN)), endpoint=endpoint)
        assert outbox.deliver_due() == waiting + 3
    events = [json.loads(body)["id"] for _h, body in receiver.got[tried:]]
    assert events == sorted(events)


def test_one_endpoint_that_fails_stops_no_other(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    WebhookEndpoint.objects.create(name="0 first", url="http://127.0.0.1:1/", audience="internal")
    three_events()
    drain(WEBHOOKS)
    assert outbox.deliver_due() == 3


def test_an_address_that_became_private_gets_nothing(
    endpoint: WebhookEndpoint, receiver: Receiver, settings: Any
) -> None:
    settings.TN_WEBHOOK_PRIVATE = False
    WebhookEndpoint.objects.update(url=receiver.url.replace("http:", "https:"))
    three_events()
    drain(WEBHOOKS)
    assert outbox.deliver_due() == 0
    assert receiver.got == []
    first = WebhookDelivery.objects.order_by("id").first()
    assert first
    assert first.last_error.startswith("AddressRefused")


def test_a_worker_that_died_leaves_the_endpoint_to_others_after_a_while(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    three_events()
    drain(WEBHOOKS)
    WebhookEndpoint.objects.update(claimed_until=clock.now() + outbox.LEASE)
    assert outbox.deliver_due() == 0
    with clock.at(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        assert outbox.deliver_due() == 3


def test_a_program_error_frees_the_endpoint(endpoint: WebhookEndpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_args: Any) -> None:
        raise SystemExit

    three_events()
    drain(WEBHOOKS)
    with monkeypatch.context() as patch:
        patch.setattr(outbox.transport, "post", killed)
        with pytest.raises(SystemExit):
            outbox.deliver_due()
    with clock.at(clock.now() + outbox.FIRST_PAUSE):
        assert outbox.deliver_due() == 3


def test_an_answer_with_zero_bytes_is_kept_without_them(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    three_events()
    drain(WEBHOOKS)
    receiver.answers, receiver.body = [400], b"a\0b\xff"
    outbox.deliver_due()
    first = WebhookDelivery.objects.order_by("id").first()
    assert first
    assert first.response == "ab\ufffd"
