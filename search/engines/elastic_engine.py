"""Elasticsearch as a search engine: it matches, ranks and counts; what words mean and how hits look is ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch import NotFoundError
from elasticsearch.dsl import Search

from search.engines import elastic_query as queries
from search.engines.base import Document, EngineUnavailable, Health, Hit, Scope, SearchQuery, SearchResult
from search.engines.elastic_client import NO_INDEX, complete, connect
from search.engines.elastic_mapping import MOST_RESULTS, PUBLIC_WORDS, Names, form
from search.engines.elastic_store import ElasticStore
from search.engines.hits import hit
from search.engines.rebuild import StoreRebuild
from search.query.parsed import Keys, ParsedText
from search.words.keys import keys_of

_SCANNED = 10_000  # documents a page of a stream
_KEPT = "5m"  # how long the server keeps a stream between two pages
_NEAR = 20
_LONG_ENOUGH = 3  # letters of a word that others are near to

Found = dict[str, Any]


class ElasticEngine:
    """Keeps and finds documents in the index behind the alias `prefix`. Each call takes `timeout` seconds at most."""

    name = "elasticsearch"

    def __init__(self, url: str, prefix: str, *, timeout: float = 2.0, replicas: int = 0) -> None:
        self._server = connect(url, timeout)
        self._names = Names(prefix)
        self._store = ElasticStore(self._server, self._names, replicas)

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents or replace those with the same id, in the index in use and in one being built."""
        self._store.put(documents)

    def remove(self, ids: Iterable[str], version: int = 0) -> None:
        """Forget documents; a later version that the index has stays."""
        self._store.remove(ids, version)

    def start_rebuild(self) -> StoreRebuild:
        """Begin a new index beside the one in use, in place of an unfinished one."""
        return self._store.start_rebuild()

    def resume_rebuild(self, name: str) -> StoreRebuild | None:
        """The unfinished index of this name, if it is still there in the present form."""
        return self._store.resume_rebuild(name)

    def drop(self) -> None:
        """Delete all indexes of this prefix: what a benchmark or an installation leaves behind."""
        self._store.drop()

    def search(self, query: SearchQuery) -> SearchResult:
        """One request, whatever is asked."""
        if query.words.unfindable:
            return SearchResult(count=0, facets=_counts({}, query))
        start, end = (min(place, MOST_RESULTS) for place in (query.offset, query.offset + query.limit))
        answer = self._ask(queries.searched(query)[start:end])
        return SearchResult(
            count=int(answer["hits"]["total"]["value"]),
            hits=[_hit(one, query.words) for one in answer["hits"]["hits"]],
            facets=_counts(answer.get("aggregations", {}), query),
        )

    def suggest(self, query: SearchQuery) -> list[Hit]:
        """Documents whose title or names hold the words of the query, the last one possibly unfinished."""
        if not query.words:
            return []
        return [_hit(one, query.words) for one in self._ask(queries.named(query))["hits"]["hits"]]

    def similar(self, document_id: str, *, limit: int) -> list[Hit]:
        """Documents of the same kind and language that share the rarest words of title and names."""
        origins = self._ask(queries.public(document_id))["hits"]["hits"]
        if not origins:
            return []
        origin = origins[0]["_source"]
        keys = [" ".join(filter(str.isalpha, keys_of(origin[name]))) for name in ("title", "names")]
        if not any(keys):
            return []
        scope = Scope(locale=origin["locale"], kinds=(origin["kind"],))
        answer = self._ask(queries.like(scope, document_id, list(filter(None, keys)), limit))
        return [_hit(one, ParsedText()) for one in answer["hits"]["hits"]]

    def scan(self, query: SearchQuery) -> Iterator[int]:
        """The objects of all documents that satisfy the query, in its order, from one state of the index."""
        if query.words.unfindable:
            return
        with self._server.asked() as client:
            opened = client.open_point_in_time(index=self._names.used, keep_alive=_KEPT)["id"]
        # The order ends with what makes it complete, and so every hit names its object without being read.
        search = queries.streamed(query)[0:_SCANNED].extra(stored_fields="_none_", track_total_hits=False)
        after: dict[str, Any] = {}
        try:
            while True:
                pit = {"id": opened, "keep_alive": _KEPT}
                answer = self._server.search(None, search.extra(pit=pit, **after).to_dict())
                opened, found = answer["pit_id"], answer["hits"]["hits"]
                yield from (int(one["sort"][queries.OBJECT_ID]) for one in found)
                if len(found) < _SCANNED:
                    return
                after = {"search_after": found[-1]["sort"]}
        finally:
            self._close(opened)

    def known(self, runs: Iterable[Keys], scope: Scope) -> set[Keys]:
        """One request for all runs, each search of which ends at the first document found."""
        wanted = [run for run in dict.fromkeys(runs) if run]
        if not wanted:
            return set()
        searches = queries.each(wanted, scope, self._server.limit)
        with self._server.asked() as client:
            answers = client.msearch(index=self._names.used, searches=searches)["responses"]
            for answer in answers:
                complete(answer)
        return {run for run, answer in zip(wanted, answers, strict=True) if answer["hits"]["total"]["value"]}

    def near(self, word: str, scope: Scope) -> list[str]:
        """Keys of public documents spelled nearly like this one, nearest first."""
        if len(word) < _LONG_ENOUGH:
            return []
        term = {
            "field": PUBLIC_WORDS,
            "suggest_mode": "always",
            "max_edits": 2,
            "prefix_length": 0,
            "min_word_length": _LONG_ENOUGH,
            "size": _NEAR,
        }
        answer = self._ask(Search()[0:0].suggest("near", word, term=term))
        return [option["text"] for entry in answer["suggest"]["near"] for option in entry["options"]]

    def count(self) -> int:
        """The number of documents."""
        return int(self._ask(Search()[0:0].extra(track_total_hits=True))["hits"]["total"]["value"])

    def health(self) -> Health:
        """Whether the index is there and all of it answers."""
        try:
            with self._server.inspected() as client:
                try:
                    used = next(iter(client.indices.get_alias(name=self._names.used)))
                except NotFoundError:
                    return Health(self.name, ok=False, problem=NO_INDEX, stale=True)
                if client.cluster.health(index=used, timeout="0s")["status"] == "red":
                    return Health(self.name, ok=False, problem="A part of the Elasticsearch index is lost (red).")
                documents = int(client.count(index=used)["count"])
        except EngineUnavailable as error:
            return Health(self.name, ok=False, problem=str(error))
        is_old = self._names.form_of(used) != form()
        problem = "The index has an older form: run manage.py search_rebuild." if is_old else ""
        return Health(self.name, ok=True, documents=documents, problem=problem, stale=is_old)

    def _ask(self, search: Search) -> dict[str, Any]:
        return self._server.search(self._names.used, search.to_dict())

    def _close(self, opened: str) -> None:
        """Give back what the stream kept on the server; it goes by itself after a while."""
        try:
            with self._server.asked() as client:
                client.close_point_in_time(id=opened)
        except EngineUnavailable:
            return


def _hit(found: Found, words: ParsedText) -> Hit:
    return hit(found["_source"], found.get("_score") or 0.0, words)


def _counts(aggregations: dict[str, Any], query: SearchQuery) -> dict[str, dict[str, int]]:
    """Each facet's counts; what is chosen is named even where nothing has it."""
    counts: dict[str, dict[str, int]] = {}
    shared = aggregations.get("free", aggregations)
    for name in query.facets:
        counted = aggregations.get(f"of {name}", shared).get(name, {})
        found = {bucket["key"]: int(bucket["doc_count"]) for bucket in counted.get("buckets", ())}
        counts[name] = dict.fromkeys(query.chosen(name), 0) | found
    return counts
