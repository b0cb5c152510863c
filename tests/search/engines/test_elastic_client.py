"""Elasticsearch away, hanging, half broken: every call ends in EngineUnavailable, and the circuit closes by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import circuitbreaker
import pytest

from search.engines.base import Document, Engine, EngineUnavailable, Kind, Scope, SearchQuery
from search.engines.elastic_client import FAILURES, REST
from search.engines.elastic_engine import ElasticEngine
from search.engines.elastic_mapping import Names
from search.query.parsed import Alternative, ParsedText, Part
from tests.search.engines.elastic import closed_port
from tests.search.engines.fake_server import GOOD, FakeServer

DOCUMENT = Document(kind=Kind.PROJECT, object_id=1, locale="vi", title="Bến cảng")
WORDS = SearchQuery(words=ParsedText((Part((Alternative(("cang",)),)),)))

CALLS: dict[str, Callable[[Engine], Any]] = {
    "search": lambda engine: engine.search(WORDS),
    "deep page": lambda engine: engine.search(SearchQuery(offset=20_000)),
    "suggest": lambda engine: engine.suggest(WORDS),
    "similar": lambda engine: engine.similar("project:1:vi", limit=3),
    "scan": lambda engine: list(engine.scan(WORDS)),
    "known": lambda engine: engine.known([("cang",)], Scope()),
    "near": lambda engine: engine.near("cang", Scope()),
    "count": lambda engine: engine.count(),
    "put": lambda engine: engine.put([DOCUMENT]),
    "remove": lambda engine: engine.remove(["project:1:vi"], 1),
    "start_rebuild": lambda engine: engine.start_rebuild(),
    "resume_rebuild": lambda engine: engine.resume_rebuild(Names("x").new()),
}


@pytest.mark.parametrize("call", CALLS)
class TestEveryCall:
    def test_server_away(self, call: str) -> None:
        engine = ElasticEngine(f"http://127.0.0.1:{closed_port()}", "x", timeout=1)
        with pytest.raises(EngineUnavailable):
            CALLS[call](engine)

    def test_server_that_never_answers(self, call: str, fake: FakeServer) -> None:
        fake.answer = None
        with pytest.raises(EngineUnavailable):
            CALLS[call](ElasticEngine(fake.url, "x", timeout=0.1))

    def test_a_stranger_at_the_address(self, call: str, fake: FakeServer) -> None:
        fake.answer, fake.product = {"message": "welcome"}, "nginx"
        with pytest.raises(EngineUnavailable):
            CALLS[call](ElasticEngine(fake.url, "x"))


class TestHealth:
    def test_server_away(self) -> None:
        health = ElasticEngine(f"http://127.0.0.1:{closed_port()}", "x", timeout=1).health()
        assert (health.ok, health.documents) == (False, 0)
        assert health.problem

    def test_server_that_never_answers(self, fake: FakeServer) -> None:
        fake.answer = None
        assert not ElasticEngine(fake.url, "x", timeout=0.1).health().ok


class TestIncompleteAnswers:
    @pytest.mark.parametrize("flaw", [{"timed_out": True}, {"_shards": {"total": 2, "failed": 1}}])
    def test_part_of_an_answer_is_none(self, fake: FakeServer, flaw: dict[str, Any]) -> None:
        engine = ElasticEngine(fake.url, "x")
        assert engine.search(WORDS).count == 3
        fake.answer = GOOD | flaw
        with pytest.raises(EngineUnavailable):
            engine.search(WORDS)

    def test_part_of_a_set_of_answers_is_none(self, fake: FakeServer) -> None:
        engine = ElasticEngine(fake.url, "x")
        fake.answer = {"responses": [GOOD, {"error": {"type": "x"}, "status": 503}]}
        with pytest.raises(EngineUnavailable):
            engine.known([("a",), ("b",)], Scope())


class TestCircuit:
    @pytest.fixture
    def clock(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        now = [1_000.0]
        monkeypatch.setattr(circuitbreaker, "monotonic", lambda: now[0])
        return now

    def fail(self, engine: Engine, times: int) -> None:
        for _ in range(times):
            with pytest.raises(EngineUnavailable):
                engine.search(WORDS)

    def test_it_opens_after_failures_in_a_row_and_recovers_by_itself(
        self, fake: FakeServer, clock: list[float]
    ) -> None:
        engine = ElasticEngine(fake.url, "x")
        fake.status = 503
        self.fail(engine, FAILURES)
        asked = fake.requests
        self.fail(engine, 5)
        assert fake.requests == asked
        with pytest.raises(EngineUnavailable):
            ElasticEngine(fake.url, "x").count()  # the circuit is that of the process
        assert fake.requests == asked

        clock[0] += REST + 1
        self.fail(engine, 2)  # a trial, and nothing more
        assert fake.requests == asked + 1

        fake.status = 200
        clock[0] += REST + 1
        assert engine.search(WORDS).count == engine.search(WORDS).count == 3

    def test_hanging_answers_and_parts_of_answers_count(self, fake: FakeServer, clock: list[float]) -> None:
        engine = ElasticEngine(fake.url, "x", timeout=0.1)
        fake.answer = GOOD | {"timed_out": True}
        self.fail(engine, 1)
        fake.answer = None
        self.fail(engine, FAILURES - 1)
        asked = fake.requests
        self.fail(engine, 1)
        assert fake.requests == asked

    def test_failures_in_between_do_not_open_it(self, fake: FakeServer, clock: list[float]) -> None:
        engine = ElasticEngine(fake.url, "x")
        for _ in range(FAILURES):
            fake.status = 503
            self.fail(engine, FAILURES - 1)
            fake.status = 200
            assert engine.search(WORDS).count == 3

    def test_a_refused_query_is_a_mistake_of_ours(self, fake: FakeServer, clock: list[float]) -> None:
        engine = ElasticEngine(fake.url, "x")
        fake.status = 400
        self.fail(engine, FAILURES + 1)
        assert fake.requests == FAILURES + 1

    def test_health_is_asked_all_the_same(self, fake: FakeServer, clock: list[float]) -> None:
        engine = ElasticEngine(fake.url, "x")
        fake.status = 503
        self.fail(engine, FAILURES)
        asked = fake.requests
        assert not engine.health().ok
        assert fake.requests == asked + 1
