"""The hub with writers that do not wait: nothing lost, nothing twice, always in order."""

import asyncio
import threading

import pytest
from django.db import OperationalError, connection

from issues.live import hub
from issues.models import Ticket, TicketEvent
from tests.factories.issues import make_event, make_ticket
from tests.issues.live.sockets import in_thread, open_socket

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
