"""The hub with writers that do not wait: nothing lost, nothing twice, always in order."""

import asyncio
import threading

import pytest
from django.db import OperationalError, connection

from accounts.models import Role
from issues.events.topics import Topic
from issues.live import fanout, hub
from issues.live.fanout import deliveries
from issues.live.identity import Identity, people_of, same_origin
from issues.live.position import Position
from issues.live.subscription import TOO_SLOW, Subscription
from issues.models import Ticket, TicketEvent
from tests.factories.issues import make_agency, make_event, make_ticket, make_user
from tests.issues.live.sockets import in_thread, open_socket, token_headers

pytestmark = pytest.mark.django_db(transaction=True)


def _writers(tickets: list[Ticket], events_each: int) -> list[threading.Thread]:
    def write(ticket: Ticket) -> None:
        for _ in range(events_each):
            make_event(ticket)
        connection.close()

    return [threading.Thread(target=write, args=[ticket]) for ticket in tickets]


async def test_clients_that_come_and_go_among_writers_get_every_event_once_in_order() -> None:
    """The race between the past and the present: sockets open and reopen while four writers commit."""
    tickets = [await in_thread(make_ticket)() for _ in range(4)]
    writers = _writers(tickets, 40)

    async def follow() -> list[int]:
        found: list[int] = []
        while len(found) < 160:
            async with open_socket("public", after=found[-1] if found else 0) as socket:
                for _ in range(min(23, 160 - len(found))):
                    found += await socket.event_ids(1)
        return found

    for writer in writers:
        writer.start()
    results = await asyncio.gather(*(follow() for _ in range(5)))
    for writer in writers:
        await asyncio.to_thread(writer.join)
    everything = await in_thread(lambda: list(TicketEvent.objects.order_by("id").values_list("id", flat=True)))()
    assert len(everything) == 160
    assert all(found == everything for found in results)


async def test_the_hub_outlives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = await in_thread(make_ticket)()
    failures = iter([OperationalError("the server went away")] * 2)
    original = hub.read_events

    def read(after: int, limit: int) -> list[TicketEvent]:
        if error := next(failures, None):
            raise error
        return original(after, limit)

    async with open_socket("public") as socket:
        await socket.message()
        monkeypatch.setattr(hub, "read_events", read)
        event = await in_thread(make_event)(ticket)
        assert await socket.event_ids(1) == [event.pk]


async def test_many_events_pass_through_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "BATCH", 3)
    ticket = await in_thread(make_ticket)()
    async with open_socket("public") as socket:
        await socket.message()
        events = await in_thread(lambda: [make_event(ticket) for _ in range(20)])()
        assert await socket.event_ids(20) == [event.pk for event in events]


async def test_a_full_queue_ends_the_subscription_and_empties_it() -> None:
    subscription = Subscription(Identity(), (Topic("public"),))
    for number in range(1001):
        subscription.offer(Position(number, "hash"), "x")
    assert subscription.closed_with == TOO_SLOW
    assert await subscription.next() is None
    subscription.offer(Position(2000, "hash"), "x")
    assert await subscription.next() is None


@pytest.mark.parametrize("people", [1, 3])
def test_the_queries_of_a_batch_do_not_grow_with_its_sockets(people: int, django_assert_num_queries: object) -> None:
    agency = make_agency("SXD")
    ticket = make_ticket(agency=agency)
    events = [make_event(ticket) for _ in range(people)]
    topics = (Topic("agency", "SXD"), Topic("ticket", str(ticket.code)))
    subscriptions = []
    for _ in range(people):
        token_headers(user := make_user(Role.OFFICER, agency=agency))
        subscriptions.append(Subscription(Identity("token", user.tokens.get().digest), topics))
    with django_assert_num_queries(8):
        found = deliveries(events, subscriptions)
    assert len(found.messages) == people * people


def test_people_of_leaves_out_who_cannot_be_known() -> None:
    assert people_of([Identity("session", "nothing"), Identity("token", "nothing")]) == {}


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        ("https://example.vn", "example.vn", True),
        ("https://example.vn:443", "EXAMPLE.vn", True),
        ("https://example.vn", "example.vn:443", True),
        ("http://example.vn", "example.vn:8000", False),
        ("https://example.vn.evil.vn", "example.vn", False),
        ("https://example.vn:x", "example.vn", False),
        ("null", "example.vn", False),
        ("", "", False),
        (None, "example.vn", True),
    ],
)
def test_same_origin(origin: str | None, host: str, same: bool) -> None:
    assert same_origin(origin, host) is same


def test_a_message_is_written_once_for_all_who_see_it_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = make_ticket()
    event = make_event(ticket)
    written: list[str] = []
    original = fanout.message_of
    monkeypatch.setattr(fanout, "message_of", lambda *a, **k: written.append("x") or original(*a, **k))
    subscriptions = [Subscription(Identity(), (Topic("public"),)) for _ in range(5)]
    assert len(deliveries([event], subscriptions).messages) == 5
    assert len(written) == 1
