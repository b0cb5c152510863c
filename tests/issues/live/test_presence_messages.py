"""Who else is looking, over the sockets: to those who asked and work on the ticket, within a moment."""

import pytest

from accounts.models import Role
from issues.live.presence import end_presence, note_presence
from tests.factories.issues import make_agency, make_ticket, make_user
from tests.issues.live.sockets import in_thread, open_socket, session_headers, token_headers

pytestmark = pytest.mark.django_db(transaction=True)
here, gone = in_thread(note_presence), in_thread(end_presence)


async def test_it_comes_and_goes() -> None:
    agency = await in_thread(make_agency)("SXD")
    officer, colleague = [await in_thread(make_user)(Role.OFFICER, agency=agency) for _ in range(2)]
    ticket = await in_thread(make_ticket)(agency=agency)
    headers = await in_thread(session_headers)(officer)
    async with open_socket(f"ticket:{ticket.code}", headers=headers, presence="1") as socket:
        assert (await socket.message())["kind"] == "hello"
        await here(ticket=ticket, user=officer, tab="a", doing="")
        await here(ticket=ticket, user=colleague, tab="b", doing="resolve")
        while not (told := await socket.message())["people"]:
            pass  # of oneself there is nothing to say
        assert told == {
            "kind": "presence",
            "ticket": ticket.code,
            "people": [{"name": str(colleague), "doing": "resolve"}],
        }
        await gone(ticket=ticket, user=colleague, tab="b")
        assert (await socket.message())["people"] == []


async def test_neither_to_the_enterprise_nor_to_who_did_not_ask() -> None:
    agency = await in_thread(make_agency)("SXD")
    officer, filer = await in_thread(make_user)(Role.OFFICER, agency=agency), await in_thread(make_user)()
    ticket = await in_thread(make_ticket)(agency=agency, filer=filer)
    topic = f"ticket:{ticket.code}"
    async with (
        open_socket(topic, headers=await in_thread(token_headers)(filer), presence="1") as outside,
        open_socket(topic, headers=await in_thread(session_headers)(officer)) as silent,
    ):
        for socket in (outside, silent):
            assert (await socket.message())["kind"] == "hello"
        await here(ticket=ticket, user=officer, tab="a", doing="")
        for socket in (outside, silent):
            assert await socket.is_silent(2.5)
