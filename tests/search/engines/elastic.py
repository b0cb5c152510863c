"""Elasticsearch engines for tests: on the real server under names of this process."""

from __future__ import annotations

import atexit
import os
import secrets
import socket
from functools import lru_cache

import pytest
from elasticsearch import Elasticsearch

from search.engines.elastic_engine import ElasticEngine

PREFIX = f"test-{os.getpid()}-{secrets.token_hex(3)}"
PATIENT = 20.0  # seconds: the machine of the tests may be busy with everything else


def elastic_url() -> str:
    """The address of the real server; skips the test where there is none."""
    url = os.environ.get("ELASTICSEARCH_URL")
    if not url:
        pytest.skip("ELASTICSEARCH_URL is not set")
    return url


def elastic_engine(prefix: str = PREFIX, *, timeout: float = PATIENT) -> ElasticEngine:
    """An engine on the real server. Its indexes go when this process ends; `start_rebuild().finish()` empties it."""
    url = elastic_url()
    _clean_up_at_exit(url)
    return ElasticEngine(url, prefix, timeout=timeout)


def closed_port() -> int:
    """A port where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@lru_cache
def _clean_up_at_exit(url: str) -> None:
    atexit.register(_drop_indexes, url)


def _drop_indexes(url: str) -> None:
    client = Elasticsearch(url, request_timeout=PATIENT)
    names = list(client.indices.get_alias(index=f"{PREFIX}*"))
    if names:
        client.indices.delete(index=names)
