"""What one socket gets, from its handshake to its end."""

import asyncio
import time
from typing import Any

import pytest

from accounts.models import ApiToken, Membership, Role, User
from issues.events.types import NotePosted, TicketAccepted
from issues.live import consumer, hub, subscription
from issues.live.hub import current_hub
from issues.live.identity import ANONYMOUS
from issues.live.position import START, Position
from issues.live.subscription import Subscription
from issues.models import TicketEvent
from tests.factories.issues import make_agency, make_event, make_ticket, make_user
from tests.issues.live.sockets import in_thread, open_socket, session_headers, token_headers

pytestmark = pytest.mark.django_db(transaction=True)
new_ticket = in_thread(make_ticket)
new_event = in_thread(make_event)
new_user = in_thread(make_user)
cookie_of = in_thread(session_headers)
token_of = in_thread(token_headers)


def position_of(event: TicketEvent) -> str:
    return f"{event.pk}.{event.hash[:8]}"


async def test_an_event_on_several_topics_comes_once_with_the_widest_view() -> None:
    agency = await in_thread(make_agency)("SXD")
    officer = await new_user(Role.OFFICER, agency=agency)
    ticket = await new_ticket(agency=agency)
    topics = ("public", "board", "agency:SXD", f"ticket:{ticket.code}")
    async with open_socket(*topics, headers=await cookie_of(officer)) as socket:
        await socket.message()
        events = [await new_event(ticket, TicketAccepted(agency="SXD", assignee="SXD-1")) for _ in range(3)]
        messages = [await socket.message() for _ in range(3)]
        assert await socket.is_silent()
    assert [message["event"]["id"] for message in messages] == [event.pk for event in events]
    assert messages[0]["event"]["data"] == {"agency": "SXD", "assignee": "SXD-1"}


async def test_internal_notes_reach_the_agency_and_not_the_filer() -> None:
    agency = await in_thread(make_agency)("SXD")
    officer, filer = await new_user(Role.OFFICER, agency=agency), await new_user()
    ticket = await new_ticket(agency=agency, filer=filer)
    topic = f"ticket:{ticket.code}"
    async with (
        open_socket(topic, headers=await cookie_of(officer)) as inside,
        open_socket(topic, headers=await token_of(filer)) as outside,
    ):
        await inside.message()
        await outside.message()
        note = await new_event(ticket, NotePosted(message=1, body="nội bộ"))
        public = await new_event(ticket)
        assert await inside.event_ids(2) == [note.pk, public.pk]
        assert await outside.event_ids(1) == [public.pk]


async def test_pings_carry_the_id_up_to_which_everything_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumer, "PING_INTERVAL", 0.6)
    ticket = await new_ticket()
    async with open_socket("public") as socket:
        await socket.message()
        unseen = await new_event(ticket, NotePosted(message=1, body="nội bộ"))
        ping = await socket.message()
        while ping["cursor"] < unseen.pk:  # a busy machine may see the event only after the first ping
            assert ping["kind"] == "ping"
            ping = await socket.message()
        assert ping == {"kind": "ping", "cursor": unseen.pk, "position": position_of(unseen)}


async def test_a_client_comes_back_with_a_position_of_this_history_or_is_reset() -> None:
    ticket = await new_ticket()
    first, second = [await new_event(ticket) for _ in range(2)]
    async with open_socket("public", after=position_of(first)) as socket:
        assert (await socket.message())["position"] == position_of(first)
        assert await socket.event_ids(1) == [second.pk]
    async with open_socket("public", after=f"{first.pk}.{second.hash[:8]}") as socket:
        assert (await socket.message())["position"] == position_of(second)
        assert await socket.message() == {"kind": "reset"}


async def test_what_is_queued_in_the_turn_in_which_the_ping_falls_due_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumer, "PING_INTERVAL", 0.05)
    subscription, sent = Subscription(ANONYMOUS, ()), []
    socket = consumer.EventsConsumer()

    async def send(message: dict[str, Any]) -> None:
        sent.append((message["kind"], message["cursor"]))

    async def send_text(text: str) -> None:
        sent.append(text)

    def queue_a_batch() -> None:
        for number in (1, 2, 3):
            subscription.offer(Position(number, "hash"), f"event {number}")
        subscription.advance(Position(4, "hash"))  # concerns others

    monkeypatch.setattr(socket, "_send", send)
    monkeypatch.setattr(socket, "_send_text", send_text)
    loop = asyncio.get_running_loop()
    following = asyncio.create_task(socket._follow(subscription, START))
    await asyncio.sleep(0)
    loop.call_later(0.06, queue_a_batch)
    time.sleep(0.1)  # holds the loop, so that both are due in its next turn, the ping first
    while not sent or sent[-1] != ("ping", 4):
        await asyncio.sleep(0.01)
    following.cancel()
    assert sent == [("ping", 0), "event 1", "event 2", "event 3", ("ping", 4)]


@pytest.mark.parametrize("end", ["session", "password", "inactive", "token"])
async def test_nothing_more_arrives_once_the_sign_in_has_ended(end: str) -> None:
    leader = await new_user(Role.LEADER)
    headers = await (token_of if end == "token" else cookie_of)(leader)
    ticket = await new_ticket()

    def finish() -> None:
        if end == "session":
            from django.contrib.sessions.models import Session

            Session.objects.all().delete()
        elif end == "password":
            leader.set_password("another")
            leader.save()
        elif end == "inactive":
            User.objects.filter(pk=leader.pk).update(is_active=False)
        else:
            ApiToken.objects.get().revoke()

    async with open_socket("board", headers=headers) as socket:
        await socket.message()
        await in_thread(finish)()
        await new_event(ticket)
        output = await socket.communicator.receive_output(3)
        assert (output["type"], output["code"]) == ("websocket.close", 4401)


async def test_a_lost_right_is_noticed_at_the_next_event_and_also_in_silence() -> None:
    agency = await in_thread(make_agency)("SXD")
    officer = await new_user(Role.OFFICER, agency=agency)
    ticket = await new_ticket(agency=agency)
    for event_follows in (True, False):
        async with open_socket(f"ticket:{ticket.code}", headers=await cookie_of(officer)) as socket:
            await socket.message()
            await in_thread(Membership.objects.filter(user=officer).delete)()
            if event_follows:
                await new_event(ticket)
            output = await socket.communicator.receive_output(2.5)
            assert (output["type"], output["code"]) == ("websocket.close", 4403)
        await in_thread(Membership.objects.create)(user=officer, role=Role.OFFICER, agency=agency)


async def test_a_rerouted_ticket_is_closed_to_the_agency_that_lost_it() -> None:
    old, new = await in_thread(make_agency)("SXD"), await in_thread(make_agency)("STC")
    officer = await new_user(Role.OFFICER, agency=old)
    ticket = await new_ticket(agency=old)
    async with open_socket("agency:SXD", "board", headers=await cookie_of(officer)) as socket:
        await socket.message()
        ticket.lead_agency = new
        await in_thread(ticket.save)()
        await new_event(ticket)
        assert await socket.is_silent(0.6)


async def test_a_slow_client_is_closed_and_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscription, "QUEUE_SIZE", 5)
    monkeypatch.setattr(hub, "BATCH", 2)
    monkeypatch.setattr(consumer, "SEND_LIMIT", 1.0)
    ticket = await new_ticket()
    blocked = asyncio.Event()
    original = consumer.EventsConsumer.send

    async def slow_send(self: consumer.EventsConsumer, text_data: str, **kwargs: object) -> None:
        if b"after" in self.scope["query_string"] and '"event"' in text_data:
            await blocked.wait()
        await original(self, text_data=text_data, **kwargs)

    monkeypatch.setattr(consumer.EventsConsumer, "send", slow_send)
    async with open_socket("public", after=0) as slow, open_socket("public") as quick:
        await slow.message()
        await quick.message()
        events = [await new_event(ticket) for _ in range(12)]
        assert await quick.event_ids(12) == [event.pk for event in events]
        assert await slow.close_code() == 4408


async def test_the_hub_rests_when_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "_BREATH", 0)
    async with open_socket("public") as socket:
        await socket.message()
        assert current_hub().is_running
        assert len(current_hub()) == 1
    assert not current_hub().is_running
    event = await new_event(await new_ticket())
    async with open_socket("public", after=event.pk - 1) as socket:
        assert await socket.event_ids(1) == [event.pk]
