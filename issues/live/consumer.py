"""`/ws/events/`: live events over a WebSocket (design §7).

    ?topic=…&topic=…&after=…         topics: ticket:<code>, agency:<code>, board, public (the default)
                                     after: an id, or a position `<id>.<first 8 characters of the event's hash>`

Messages, in this order; hello, event and ping also carry `position`, which distinguishes histories:
    {"kind": "hello", "cursor": n}   every event after n that the reader may see follows, in id order, each once.
                                     n is `after`; without it, or with a reset, the newest id at this moment
    {"kind": "reset"}                only if `after` is unknown, of another history (the database was restored), or
                                     more than 1,000 events ago: load the page again
    {"kind": "event", "event": {…}}  first what was missed since `after`, then new events
    {"kind": "presence", …}          only with `&presence=1`, to those who work on a ticket: who else looks at it
    {"kind": "ping", "cursor": n}    every 20 s; everything up to n was sent, so n may be the next `after`

Close codes: 4401 no session (or it has ended), 4403 no right to a topic (or it has ended) or an unknown one,
4408 the client reads too slowly, 4429 too many sockets of one address or person are open, or were opened within a
minute, 1013 the server cannot serve now. After 4408 and 1013: reconnect with `after`. After 4429: use the feed over
HTTP, and try a socket again a minute later.
"""

import asyncio
import json
import logging
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from core.addresses import address_key, scope_address
from core.errors import TooMany
from core.limits import spend
from issues.live.hub import current_hub
from issues.live.identity import BadToken, identify
from issues.live.opening import Opening, Wish, open_stream
from issues.live.position import Position
from issues.live.subscription import NO_RIGHT, NO_SESSION, TOO_MANY, TOO_SLOW, TRY_LATER, Subscription

logger = logging.getLogger(__name__)

PING_INTERVAL = 20.0  # seconds
SEND_LIMIT = 10.0  # seconds a client may take for one message

_count_opening = database_sync_to_async(spend, thread_sensitive=False)
_identify = database_sync_to_async(identify, thread_sensitive=False)
_open_stream = database_sync_to_async(open_stream, thread_sensitive=False)


class EventsConsumer(AsyncWebsocketConsumer):
    """One socket. It is accepted before it is checked, because only then a client learns the close code."""

    # The hub listens for all sockets together; a channel of its own per socket would cost ten times as much.
    channel_layer_alias = "none"

    _stream: "asyncio.Task[None] | None" = None

    async def connect(self) -> None:
        await self.accept()
        self._stream = asyncio.create_task(self._run())

    async def disconnect(self, code: int) -> None:
        if self._stream is not None:
            self._stream.cancel()

    async def _run(self) -> None:
        try:
            await self.close(await self._serve())
        except OSError:
            logger.debug("a client went away while it was written to", exc_info=True)
        except Exception:
            logger.exception("a live socket failed")
            await self.close(TRY_LATER)

    async def _serve(self) -> int:
        """Serve until there is a reason to close; the close code."""
        address = address_key(scope_address(self.scope))
        try:
            with current_hub().places.taken("address", address):
                if address:
                    await _count_opening("socket_opening.address", address)
                return await self._serve_wish(Wish.of(self.scope["query_string"]))
        except TooMany:
            return TOO_MANY

    async def _serve_wish(self, wish: Wish) -> int:
        """As `_serve`, for a socket that has its place. Raises TooMany when its person has no more."""
        if wish.topics is None:
            return NO_RIGHT
        try:
            identity = await _identify(self.scope["headers"])
        except BadToken:
            return NO_SESSION
        subscription = Subscription(identity, wish.topics, wish.presence)
        hub = current_hub()
        await hub.subscribe(subscription)  # first, so that nothing falls between the past and the present
        try:
            opening = await _open_stream(identity, wish.topics, wish.after)
            if opening.refused is not None:
                return opening.refused
            with hub.places.taken("person", str(opening.user_id or "")):
                position = await self._greet(opening, subscription)
                return await self._follow(subscription, position)
        except TimeoutError:
            return TOO_SLOW
        finally:
            hub.unsubscribe(subscription)

    async def _greet(self, opening: Opening, subscription: Subscription) -> Position:
        """Say hello and send what was missed; the position up to which the client is served."""
        await self._send({"kind": "hello", "cursor": opening.cursor, "position": str(opening.start)})
        if opening.reset:
            await self._send({"kind": "reset"})
        for message in opening.missed:
            if subscription.closed_with is not None:
                break
            await self._send_text(message)
        return opening.position

    async def _follow(self, subscription: Subscription, position: Position) -> int:
        """Send what happens, dropping what was replayed; the close code."""
        loop = asyncio.get_running_loop()
        next_ping = loop.time() + PING_INTERVAL
        while subscription.closed_with is None:
            try:
                async with asyncio.timeout_at(next_ping):
                    message = await subscription.next()
            except TimeoutError:
                # Messages may have been queued in the same step of the event loop: the subscription knows.
                position = max(position, subscription.position)
                await self._send({"kind": "ping", "cursor": position.id, "position": str(position)})
                next_ping = loop.time() + PING_INTERVAL
                continue
            if message is None:
                continue
            at, text = message
            if at is None or at.id > position.id:
                position = at or position
                await self._send_text(text)
        return subscription.closed_with

    async def _send(self, message: dict[str, Any]) -> None:
        await self._send_text(json.dumps(message))

    async def _send_text(self, text: str) -> None:
        """Raises TimeoutError when the client does not take it."""
        async with asyncio.timeout(SEND_LIMIT):
            await self.send(text_data=text)
