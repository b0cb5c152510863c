"""An engine in memory that keeps versions as every engine must, and can be taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from search.engines.base import Document, EngineUnavailable, Health, Hit, Scope, SearchQuery, SearchResult
from search.query.parsed import Keys


class Index:
    """Documents and the versions of removed ones."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.gone: dict[str, int] = {}

    def put(self, document: Document) -> None:
        there = self.documents.get(document.id)
        if document.version >= max(there.version if there else 0, self.gone.get(document.id, 0)):
            self.documents[document.id] = document
            self.gone.pop(document.id, None)

    def remove(self, document_id: str, version: int) -> None:
        there = self.documents.get(document_id)
        if there is None or version >= there.version:
            self.documents.pop(document_id, None)
            self.gone[document_id] = max(version, self.gone.get(document_id, 0))


class FakeEngine:
    """`is_away` makes every call fail; `before_write` is called with the documents before they are written."""

    name = "fake"

    def __init__(self) -> None:
        self.used: Index | None = Index()
        self.building: dict[str, Index] = {}
        self.is_away = False
        self.started = 0
        self.largest = 0
        self.before_write: Callable[[list[Document]], None] = lambda documents: None

    @property
    def titles(self) -> dict[str, str]:
        """Of the index in use."""
        return {document.id: document.title for document in self._index().documents.values()}

    def _index(self) -> Index:
        self._ask()
        if self.used is None:
            raise EngineUnavailable("no index")
        return self.used

    def _ask(self) -> None:
        if self.is_away:
            raise EngineUnavailable("away")

    def _everywhere(self) -> list[Index]:
        return [self._index(), *self.building.values()]

    def put(self, documents: Iterable[Document]) -> None:
        self._ask()
        listed = list(documents)
        self.largest = max(self.largest, len(listed))
        self.before_write(listed)
        for index in self._everywhere():
            for document in listed:
                index.put(document)

    def remove(self, ids: Iterable[str], version: int = 0) -> None:
        self._ask()
        listed = list(ids)
        for index in self._everywhere():
            for document_id in listed:
                index.remove(document_id, version)

    def search(self, query: SearchQuery) -> SearchResult:
        found = [d for d in self._index().documents.values() if d.locale == query.locale and d.kind in query.kinds]
        page = found[query.offset : query.offset + query.limit]
        hits = [Hit(d.id, d.kind, d.object_id, d.locale, 1, d.title, d.summary, d.url, d.title, "") for d in page]
        return SearchResult(count=len(found), hits=hits)

    def suggest(self, query: SearchQuery) -> list[Hit]:
        return self.search(query).hits

    def similar(self, document_id: str, *, limit: int) -> list[Hit]:
        return []

    def scan(self, query: SearchQuery) -> Iterator[int]:
        yield from (hit.object_id for hit in self.search(query).hits)

    def known(self, runs: Iterable[Keys], scope: Scope) -> set[Keys]:
        self._ask()
        return set(runs)

    def near(self, word: str, scope: Scope) -> list[str]:
        self._ask()
        return []

    def count(self) -> int:
        return len(self._index().documents)

    def health(self) -> Health:
        if self.is_away:
            return Health(self.name, ok=False, problem="away")
        if self.used is None:
            return Health(self.name, ok=False, problem="no index", stale=True)
        return Health(self.name, ok=True, documents=self.count())

    def start_rebuild(self) -> FakeRebuild:
        self._ask()
        self.started += 1
        self.building = {f"fake-{self.started}": Index()}
        return FakeRebuild(self, f"fake-{self.started}")

    def resume_rebuild(self, name: str) -> FakeRebuild | None:
        self._ask()
        return FakeRebuild(self, name) if name in self.building else None


class FakeRebuild:
    def __init__(self, engine: FakeEngine, name: str) -> None:
        self._engine = engine
        self.name = name

    def put(self, documents: Iterable[Document]) -> None:
        self._engine._ask()
        listed = list(documents)
        self._engine.largest = max(self._engine.largest, len(listed))
        self._engine.before_write(listed)
        for document in listed:
            self._engine.building[self.name].put(document)

    def finish(self) -> int:
        self._engine._ask()
        self._engine.used = self._engine.building.pop(self.name)
        return len(self._engine.used.documents)

    def abandon(self) -> None:
        self._engine.building.pop(self.name, None)
