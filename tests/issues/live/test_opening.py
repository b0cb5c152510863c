"""How a socket begins: who is welcome, and what it missed."""

import pytest

from accounts.models import Role
from issues.models import TicketEvent
from tests.factories.issues import make_agency, make_event, make_ticket, make_user
from tests.issues.live.sockets import in_thread, open_socket, session_headers

pytestmark = pytest.mark.django_db(transaction=True)
new_ticket = in_thread(make_ticket)
new_event = in_thread(make_event)
new_user = in_thread(make_user)
cookie_of = in_thread(session_headers)


def position_of(event: TicketEvent) -> str:
    return f"{event.pk}.{event.hash[:8]}"


async def test_anonymous_people_follow_the_public_topic_without_names() -> None:
    ticket = await new_ticket()
    before = await new_event(ticket)
    async with open_socket("public") as socket:
        assert await socket.message() == {"kind": "hello", "cursor": before.pk, "position": position_of(before)}
        event = await new_event(ticket)
        message = await socket.message()
        found = message["event"]
    assert message["position"] == position_of(event)
    assert (found["id"], found["ticket"], found["seq"]) == (event.pk, ticket.code, 2)
    assert found["actor"] == {"name": "", "role": "system", "agency": None}
    assert "explanation" not in found["data"]


@pytest.mark.parametrize(
    ("topics", "code"),
    [(["board"], 4401), (["ticket:KN-1"], 4401), (["public", "agency:SXD"], 4401), (["nothing"], 4403)],
)
async def test_nobody_without_a_session_follows_more_than_the_public_topic(topics: list[str], code: int) -> None:
    async with open_socket(*topics) as socket:
        assert await socket.close_code() == code


async def test_an_enterprise_follows_neither_board_nor_agency_nor_what_does_not_exist() -> None:
    await in_thread(make_agency)("SXD")
    user = await new_user()
    someone_elses = await new_ticket()
    headers = await cookie_of(user)
    for topic in ("board", "agency:SXD", "agency:NOPE", f"ticket:{someone_elses.code}", "ticket:NOPE", "ticket:"):
        async with open_socket(topic, headers=headers) as socket:
            assert await socket.close_code() == 4403, topic


async def test_a_cookie_from_a_page_of_another_site_is_not_believed() -> None:
    leader = await new_user(Role.LEADER)
    for origin in ("https://evil.example", "http://testserver:81", "null"):
        async with open_socket("board", headers=await cookie_of(leader, origin=origin)) as socket:
            assert await socket.close_code() == 4401, origin
    async with open_socket("board", headers=await cookie_of(leader, origin=None)) as socket:
        assert (await socket.message())["kind"] == "hello"


async def test_a_wrong_token_is_refused_even_where_nobody_needs_one() -> None:
    async with open_socket("public", headers=[(b"authorization", b"Bearer tn_wrong")]) as socket:
        assert await socket.close_code() == 4401


async def test_a_client_that_comes_back_gets_what_it_missed_then_what_happens() -> None:
    ticket = await new_ticket()
    events = [await new_event(ticket) for _ in range(4)]
    async with open_socket("public", after=events[1].pk) as socket:
        assert await socket.message() == {"kind": "hello", "cursor": events[1].pk, "position": position_of(events[1])}
        live = await new_event(ticket)
        assert await socket.event_ids(3) == [events[2].pk, events[3].pk, live.pk]


@pytest.mark.parametrize("after", ["999999", "-1", "abc", "1.5", "0.12345678", "9" * 40, "１"])
async def test_an_id_this_log_never_gave_resets_the_client(after: str) -> None:
    newest = await new_event(await new_ticket())
    async with open_socket("public", after=after) as socket:
        assert await socket.message() == {"kind": "hello", "cursor": newest.pk, "position": position_of(newest)}
        assert await socket.message() == {"kind": "reset"}
        event = await new_event(await new_ticket())
        assert await socket.event_ids(1) == [event.pk]


async def test_a_client_that_is_too_far_behind_is_reset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("issues.live.opening.REPLAY_LIMIT", 3)
    ticket = await new_ticket()
    events = [await new_event(ticket) for _ in range(5)]
    async with open_socket("public", after=events[0].pk) as socket:
        assert (await socket.message())["cursor"] == events[-1].pk
        assert await socket.message() == {"kind": "reset"}
    async with open_socket("public", after=events[1].pk) as socket:
        assert await socket.event_ids(3) == [event.pk for event in events[2:]]
