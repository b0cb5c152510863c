"""How many sockets one address and one person may have open, and how often they may open one."""

from typing import Any

import pytest

from issues.live.subscription import TOO_MANY
from tests.factories.issues import make_user
from tests.issues.live.sockets import in_thread, open_socket, session_headers

pytestmark = pytest.mark.django_db(transaction=True)


def only(settings: Any, **most: int) -> None:
    changed = {f"{name.replace('__', '.')}": (count, settings.TN_LIMITS[name.replace("__", ".")][1])
               for name, count in most.items()}  # fmt: skip
    settings.TN_LIMITS = {**settings.TN_LIMITS, **changed}


async def test_sockets_of_one_address(settings: Any) -> None:
    only(settings, sockets__address=2)
    settings.TN_TRUSTED_PROXIES = ["10.0.0.1"]
    by_proxy: Any = [(b"x-forwarded-for", b"203.0.113.9")]
    async with (
        open_socket("public", address="203.0.113.9") as first,
        open_socket("public", address="10.0.0.1", headers=by_proxy) as second,
    ):
        assert [(await one.message())["kind"] for one in (first, second)] == ["hello", "hello"]
        async with open_socket("public", address="203.0.113.9") as third:
            assert await third.close_code() == TOO_MANY == 4429
        async with open_socket("public", address="203.0.113.10") as neighbour:
            assert (await neighbour.message())["kind"] == "hello"
    async with open_socket("public", address="203.0.113.9") as again:
        assert (await again.message())["kind"] == "hello"


async def test_sockets_of_one_person_from_anywhere(settings: Any) -> None:
    only(settings, sockets__person=1)
    headers = await in_thread(session_headers)(await in_thread(make_user)())
    async with open_socket("public", address="203.0.113.1", headers=headers) as first:
        assert (await first.message())["kind"] == "hello"
        async with open_socket("public", address="203.0.113.2", headers=headers) as second:
            assert await second.close_code() == TOO_MANY
        async with open_socket("public", address="203.0.113.2") as anybody:
            assert (await anybody.message())["kind"] == "hello"


async def test_opening_again_and_again(settings: Any) -> None:
    only(settings, socket_opening__address=2)
    for kind in ("hello", "hello", None):
        async with open_socket("public", address="2001:db8::1") as socket:
            if kind is None:
                assert await socket.close_code() == TOO_MANY
            else:
                assert (await socket.message())["kind"] == kind


async def test_a_person_with_many_tabs_is_let_in() -> None:
    headers = await in_thread(session_headers)(await in_thread(make_user)())
    for _ in range(20):
        async with open_socket("public", address="203.0.113.1", headers=headers) as socket:
            assert (await socket.message())["kind"] == "hello"
