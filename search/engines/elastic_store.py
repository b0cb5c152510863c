"""Writing to Elasticsearch: documents in and out, and a new index built beside the one in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.helpers import parallel_bulk, streaming_bulk

from search.engines import elastic_mapping as mapping
from search.engines.base import Document, EngineUnavailable
from search.engines.elastic_client import NO_INDEX, WRITING, Server
from search.engines.elastic_mapping import Names
from search.engines.rebuild import StoreRebuild

_CHUNK_DOCUMENTS = 500
_CHUNK_BYTES = 5_000_000
_TRIES = 3
_CONFLICT = 409
_NOT_FOUND = 404
_REPLACED = "Another rebuild of the search index has taken the place of this one."

Action = dict[str, Any]


class _IndexGone(Exception):
    """An index was exchanged or dropped between looking it up and writing to it."""


class ElasticStore:
    """The indexes of one installation: the one in use and, while a rebuild runs, the one being built."""

    def __init__(self, server: Server, names: Names, replicas: int) -> None:
        self._server = server
        self._names = names
        self._replicas = replicas

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace documents everywhere; they can be found when this returns."""
        self._everywhere(list(_puts(documents)))

    def remove(self, ids: Iterable[str], version: int) -> None:
        """Delete documents everywhere. Their versions are remembered for an hour."""
        self._everywhere([{"_op_type": "delete", "_id": id_, **_versioned(version)} for id_ in dict.fromkeys(ids)])

    def start_rebuild(self) -> StoreRebuild:
        """Make an empty index beside the one in use and drop what earlier rebuilds left."""
        name = self._names.new()
        with self._server.asked() as client:
            left = self._unused(client)
        with self._server.asked(WRITING) as client:
            client.indices.create(
                index=name,
                settings=mapping.settings(self._replicas, building=True),
                mappings=mapping.mapping(),
                aliases={self._names.writing(name): {}, self._names.building: {}},
                timeout=f"{int(WRITING)}s",
            )
            if left:
                client.indices.delete(index=left, ignore_unavailable=True)
        return StoreRebuild(self, name)

    def resume_rebuild(self, name: str) -> StoreRebuild | None:
        """The index being built, if it has this name and the present form."""
        if self._names.form_of(name) != mapping.form():
            return None
        with self._server.asked() as client:
            return StoreRebuild(self, name) if name in _indexes(client, self._names.building) else None

    def add(self, name: str, documents: Iterable[Document]) -> None:
        """Add a batch to an index being built, without making it visible. Rows are made while others are sent."""
        read = list(documents)  # here: what follows runs in another thread, which has no business with the database
        every = ({**action, "_index": self._names.writing(name)} for action in _puts(read))
        try:
            with self._server.asked(WRITING) as client:
                _judge(parallel_bulk(client, every, thread_count=2, queue_size=2, **self._bulk))
        except _IndexGone as error:
            raise EngineUnavailable(_REPLACED) from error

    def swap(self, name: str) -> int:
        """Put a finished index in the place of the one in use; returns its number of documents."""
        with self._server.asked(WRITING) as client:
            try:
                client.indices.put_settings(index=name, settings=_in_use(self._replicas))
                client.indices.refresh(index=name)
                count = int(client.count(index=name)["count"])
                dropping = [{"remove_index": {"index": old}} for old in _indexes(client, self._names.used)]
                gone = {"index": name, "alias": self._names.building, "must_exist": True}
                used = {"index": name, "alias": self._names.used}
                client.indices.update_aliases(actions=[{"remove": gone}, {"add": used}, *dropping])
            except NotFoundError as error:
                raise EngineUnavailable(_REPLACED) from error
            return count

    def abandon(self, name: str) -> None:
        """Drop an index being built; one that is gone or in use already is left alone."""
        with self._server.asked() as client:
            if name in self._unused(client):
                client.indices.delete(index=name, ignore_unavailable=True)

    def drop(self) -> None:
        """Delete all our indexes, the one in use too."""
        with self._server.asked(WRITING) as client:
            ours = self._ours(client)
            if ours:
                client.indices.delete(index=ours, ignore_unavailable=True)

    def _unused(self, client: Elasticsearch) -> list[str]:
        """Our indexes besides the one in use: being built, or left by a rebuild that was killed."""
        used = set(_indexes(client, self._names.used))
        return [name for name in self._ours(client) if name not in used]

    def _ours(self, client: Elasticsearch) -> list[str]:
        return [name for name in client.indices.get_alias(index=self._names.pattern) if self._names.form_of(name)]

    def _everywhere(self, actions: Sequence[Action]) -> None:
        """Write to the index in use and to one being built. An exchange in between costs another try."""
        if not actions:
            return
        for _ in range(_TRIES):
            with self._server.asked() as client:
                found = _indexes(client, f"{self._names.used},{self._names.building}")
            if not found:
                raise EngineUnavailable(NO_INDEX)
            every = ({**action, "_index": self._names.writing(name)} for action in actions for name in found)
            try:
                with self._server.asked(WRITING) as client:
                    _judge(streaming_bulk(client, every, refresh=True, **self._bulk))
            except _IndexGone:
                continue
            return
        raise EngineUnavailable("The Elasticsearch index was exchanged again and again during a write.")

    @property
    def _bulk(self) -> dict[str, Any]:
        """How documents are written: in requests of a sane size, through aliases only."""
        return {
            "chunk_size": _CHUNK_DOCUMENTS,
            "max_chunk_bytes": _CHUNK_BYTES,
            "raise_on_error": False,
            "require_alias": True,
            "timeout": self._server.limit,
        }


def _puts(documents: Iterable[Document]) -> Iterator[Action]:
    """Of several documents with one id the last counts."""
    for id_, document in {document.id: document for document in documents}.items():
        yield {"_id": id_, "_source": mapping.row(document), **_versioned(document.version)}


def _versioned(version: int) -> Action:
    return {"version": version, "version_type": "external_gte"}


def _in_use(replicas: int) -> dict[str, Any]:
    """The settings that are other while an index is built."""
    ready, building = (mapping.settings(replicas, building=building) for building in (False, True))
    return {name: value for name, value in ready.items() if value != building[name]}


def _judge(written: Iterable[tuple[bool, dict[str, Any]]]) -> None:
    """A later version is already there, or there was nothing to delete: fine. Anything else is not."""
    for _, answer in written:
        [item] = answer.values()
        error = item.get("error")
        if error is None or item["status"] == _CONFLICT:
            continue
        if item["status"] == _NOT_FOUND:
            raise _IndexGone
        raise EngineUnavailable(f"Elasticsearch refused a document: {error}")


def _indexes(client: Elasticsearch, aliases: str) -> list[str]:
    """The indexes behind aliases, those that exist."""
    try:
        found = client.indices.get_alias(name=aliases).body
    except NotFoundError as error:
        found = error.body  # of several aliases some may exist: the answer names these all the same
    return [name for name, facts in found.items() if isinstance(facts, dict) and "aliases" in facts]
