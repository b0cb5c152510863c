"""The connection to Elasticsearch: one client for the process, a time limit on every call, and a circuit breaker.

While the circuit is open nothing is asked, so that a server that hangs costs a page nothing; after ten seconds the
next call is the trial. A query that the server refuses is a mistake of ours and opens no circuit.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from circuitbreaker import CircuitBreaker
from elasticsearch import ApiError, Elasticsearch, NotFoundError, SerializationError, TransportError

from search.engines.base import EngineUnavailable

FAILURES = 3  # in a row open the circuit
REST = 10  # seconds that it stays open
WRITING = 30.0  # seconds for one bulk request, or for making or exchanging an index: nobody's page waits for them
_THREADS = 100  # connections at most; they are made when they are needed
_TOO_MANY_REQUESTS = 429
_SERVER_ERRORS = 500


NO_INDEX = "Elasticsearch has no index yet: run manage.py search_rebuild."


class Incomplete(EngineUnavailable):
    """The server answered in time, but not from all documents."""


class Server:
    """One Elasticsearch address, asked within `timeout` seconds."""

    def __init__(self, url: str, timeout: float) -> None:
        self.timeout = timeout
        self._breaker = CircuitBreaker(FAILURES, REST, _is_outage, name="Elasticsearch")
        self._client = Elasticsearch(
            url, request_timeout=timeout, max_retries=0, retry_on_timeout=False, connections_per_node=_THREADS
        )

    @contextmanager
    def asked(self, seconds: float | None = None) -> Iterator[Elasticsearch]:
        """The client, for one or a few calls of at most `seconds` each. EngineUnavailable for whatever goes wrong."""
        if self._breaker.opened:
            raise EngineUnavailable("Elasticsearch failed a moment ago and is not asked again yet.")
        with _explained(), self._breaker:
            yield self._client.options(request_timeout=seconds or self.timeout)

    @contextmanager
    def inspected(self) -> Iterator[Elasticsearch]:
        """The client, whatever the circuit says: for asking how the server is."""
        with _explained():
            yield self._client

    def search(self, index: str | None, body: dict[str, Any]) -> dict[str, Any]:
        """The answer to one search, from all documents or not at all. `index` is None where the body names a PIT."""
        with self.asked() as client:
            answer = client.search(
                index=index, body={**body, "timeout": self.limit}, allow_partial_search_results=False
            )
            complete(answer.body)
            return dict(answer.body)

    @property
    def limit(self) -> str:
        """The time limit as Elasticsearch reads it: it gives up a little before we do."""
        return f"{int(self.timeout * 900)}ms"


def complete(answer: dict[str, Any]) -> None:
    """Raise Incomplete where a part of the index did not answer, or not in time."""
    if answer.get("timed_out"):
        raise Incomplete("Elasticsearch did not finish a search in time.")
    if "error" in answer or answer.get("_shards", {}).get("failed"):
        raise Incomplete("A part of the Elasticsearch index does not answer.")


@lru_cache(maxsize=8)
def connect(url: str, timeout: float) -> Server:
    """The connection of this process to an address: its sockets and its circuit are shared by all threads."""
    return Server(url, timeout)


# A process must not write to the sockets of the one that it was forked from.
os.register_at_fork(after_in_child=connect.cache_clear)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except NotFoundError as error:
        is_index = error.error == "index_not_found_exception"
        raise EngineUnavailable(NO_INDEX if is_index else f"Elasticsearch: {error}") from error
    except (ApiError, TransportError) as error:
        raise EngineUnavailable(f"Elasticsearch: {error}") from error


def _is_outage(_thrown: type[BaseException], error: BaseException) -> bool:
    """Whether the server is in trouble; anything else that goes wrong is ours."""
    if isinstance(error, ApiError):
        return error.status_code == _TOO_MANY_REQUESTS or error.status_code >= _SERVER_ERRORS
    return isinstance(error, TransportError | Incomplete) and not isinstance(error, SerializationError)
