import pytest

from tests.factories.issues import make_event, make_ticket
from tests.issues.live.sockets import in_thread, open_socket

pytestmark = pytest.mark.django_db(transaction=True)


async def test_anonymous_people_follow_the_public_topic() -> None:
    ticket = await in_thread(make_ticket)()
    before = await in_thread(make_event)(ticket)
    async with open_socket("public") as socket:
        assert await socket.message() == {"kind": "hello", "cursor": before.pk}
        event = await in_thread(make_event)(ticket)
        message = await socket.message()
    assert message["event"]["id"] == event.pk
    assert message["event"]["ticket"] == ticket.code
    assert message["event"]["actor"] == {"name": "", "role": "system", "agency": None}
    assert "explanation" not in message["event"]["data"]
