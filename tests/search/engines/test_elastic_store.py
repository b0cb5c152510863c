"""Writing to Elasticsearch: versions, tombstones, and a new index beside the one in use."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search.engines import elastic_mapping, elastic_store
from search.engines.base import Document, EngineUnavailable, Kind, SearchQuery
from search.engines.elastic_engine import ElasticEngine
from search.engines.elastic_mapping import Names
from tests.search.engines.elastic import PREFIX


def project(number: int, title: str, **more: Any) -> Document:
    return Document(kind=Kind.PROJECT, object_id=number, locale="vi", title=title, **more)


def titles(engine: ElasticEngine) -> list[str]:
    found = engine.search(SearchQuery(sort="name", descending=False, today=date(2026, 11, 18)))
    return [hit.title for hit in found.hits]


class TestVersions:
    def test_a_lower_version_is_ignored_an_equal_one_replaces(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Năm", version=5)])
        elastic.put([project(1, "Bốn", version=4)])
        assert titles(elastic) == ["Năm"]
        elastic.put([project(1, "Lại năm", version=5)])
        assert titles(elastic) == ["Lại năm"]

    def test_what_was_removed_stays_away(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Năm", version=5)])
        elastic.remove(["project:1:vi", "project:2:vi"], 7)
        elastic.put([project(1, "Sáu", version=6), project(2, "Sáu", version=6)])
        assert titles(elastic) == []
        elastic.put([project(1, "Tám", version=8)])
        assert titles(elastic) == ["Tám"]

    def test_a_late_removal_leaves_what_is_newer(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Năm", version=5)])
        elastic.remove(["project:1:vi"], 4)
        assert titles(elastic) == ["Năm"]

    def test_of_two_with_one_id_the_last_counts(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Cũ"), project(1, "Mới")])
        assert titles(elastic) == ["Mới"]

    def test_nothing_to_write(self, elastic: ElasticEngine) -> None:
        elastic.put([])
        elastic.remove([])
        elastic.remove(["project:1:vi"])
        assert elastic.count() == 0

    def test_a_document_that_does_not_fit_is_an_error(self, elastic: ElasticEngine) -> None:
        with pytest.raises(EngineUnavailable):
            elastic.put([project(10**30, "Không vừa")])

    def test_more_than_one_request_holds(self, elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(elastic_store, "_CHUNK_BYTES", 2_000)
        monkeypatch.setattr(elastic_store, "_CHUNK_DOCUMENTS", 3)
        elastic.put([project(n, f"Số {n}", body="chữ " * 300) for n in range(10)])
        assert elastic.count() == 10


class TestRebuild:
    def test_nothing_is_visible_before_the_end_and_changes_reach_both(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Cũ", version=1), project(2, "Bỏ", version=1)])
        new = elastic.start_rebuild()
        new.put([project(1, "Mới từ dựng lại", version=1), project(2, "Bỏ", version=1)])
        assert titles(elastic) == ["Bỏ", "Cũ"]
        elastic.put([project(3, "Trong lúc dựng", version=2)])
        elastic.remove(["project:2:vi"], 3)
        new.put([project(2, "Đọc trước khi bỏ", version=1), project(3, "Đọc trước", version=1)])
        assert titles(elastic) == ["Cũ", "Trong lúc dựng"]
        assert new.finish() == 2
        assert titles(elastic) == ["Mới từ dựng lại", "Trong lúc dựng"]

    def test_documents_are_read_where_the_rebuild_runs(self, elastic: ElasticEngine) -> None:
        """Database connections belong to threads."""
        threads = set()

        def read() -> Iterator[Document]:
            for n in range(3):
                threads.add(threading.get_ident())
                yield project(n, f"Số {n}")

        new = elastic.start_rebuild()
        new.put(read())
        assert new.finish() == 3
        assert threads == {threading.get_ident()}

    def test_the_old_index_goes(self, elastic: ElasticEngine, server: Elasticsearch) -> None:
        for _ in range(3):
            elastic.start_rebuild().finish()
        elastic.start_rebuild()
        elastic.start_rebuild()
        names = Names(PREFIX)
        ours = [name for name in server.indices.get_alias(index=f"{PREFIX}-*") if names.form_of(name)]
        assert len(ours) == 2

    def test_a_later_one_replaces_it(self, elastic: ElasticEngine) -> None:
        first = elastic.start_rebuild()
        second = elastic.start_rebuild()
        for call in (lambda: first.put([project(1, "Một")]), first.finish):
            with pytest.raises(EngineUnavailable, match="Another rebuild"):
                call()
        first.abandon()
        second.put([project(2, "Hai")])
        assert second.finish() == 1
        assert titles(elastic) == ["Hai"]

    def test_abandoned(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Một")])
        new = elastic.start_rebuild()
        new.put([project(2, "Hai")])
        new.abandon()
        new.abandon()
        elastic.put([project(3, "Ba")])
        assert titles(elastic) == ["Ba", "Một"]
        with pytest.raises(EngineUnavailable):
            new.put([project(2, "Hai")])

    def test_the_one_in_use_cannot_be_abandoned(self, elastic: ElasticEngine) -> None:
        new = elastic.start_rebuild()
        new.put([project(1, "Một")])
        new.finish()
        new.abandon()
        assert titles(elastic) == ["Một"]

    def test_resumed(self, elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        begun = elastic.start_rebuild()
        begun.put([project(1, "Một")])
        again = elastic.resume_rebuild(begun.name)
        assert again is not None
        again.put([project(2, "Hai")])
        with monkeypatch.context() as other:
            other.setattr(elastic_mapping, "form", lambda: "0123456789")
            assert elastic.resume_rebuild(begun.name) is None
        assert elastic.resume_rebuild(Names(PREFIX).new()) is None
        assert elastic.resume_rebuild("another-index") is None
        assert again.finish() == 2
        assert elastic.resume_rebuild(begun.name) is None

    def test_an_exchange_during_a_write(self, elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        """Looked up before the exchange, written after it: the document is in the new index all the same."""
        new = elastic.start_rebuild()
        looked_up = elastic_store._indexes
        finishing = [new]

        def look_up(client: Elasticsearch, aliases: str) -> list[str]:
            found = looked_up(client, aliases)
            if finishing:
                finishing.pop().finish()
            return found

        monkeypatch.setattr(elastic_store, "_indexes", look_up)
        elastic.put([project(1, "Một")])
        assert titles(elastic) == ["Một"]

    def test_settings_of_use(self, elastic: ElasticEngine, server: Elasticsearch) -> None:
        [facts] = server.indices.get_settings(index=PREFIX, flat_settings=True).body.values()
        assert facts["settings"]["index.refresh_interval"] == "1s"
        assert facts["settings"]["index.gc_deletes"] == "1h"

    def test_dropped(self, elastic: ElasticEngine, server: Elasticsearch) -> None:
        elastic.start_rebuild()
        elastic.drop()
        elastic.drop()
        names = Names(PREFIX)
        assert not [name for name in server.indices.get_alias(index=f"{PREFIX}-*") if names.form_of(name)]
        assert not elastic.health().ok

    def test_names_of_another_installation_are_let_alone(self) -> None:
        other = Names(f"{PREFIX}-test").new()
        assert Names(PREFIX).form_of(other) is None
        assert Names(f"{PREFIX}-test").form_of(other) == elastic_mapping.form()
