from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from search.engines.elastic_engine import ElasticEngine
from tests.search.engines.elastic import PATIENT, elastic_engine, elastic_url
from tests.search.engines.fake_server import FakeServer


@pytest.fixture
def elastic() -> ElasticEngine:
    """An empty engine on the real server."""
    made = elastic_engine()
    made.start_rebuild().finish()
    return made


@pytest.fixture
def server() -> Elasticsearch:
    """The real server, as an operator sees it."""
    return Elasticsearch(elastic_url(), request_timeout=PATIENT)


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    """Something that answers in Elasticsearch's place, as badly as a test wants."""
    with FakeServer() as started:
        yield started
