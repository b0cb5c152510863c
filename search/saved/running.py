"""Asks a saved search of the engine, strictly: no word is corrected or left out because no document has it.

What the list does to help somebody who found nothing would alert about projects that nobody asked for, and the word
that nothing has today may be the one that the person waits for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from investment import database_backend
from investment.catalogue import EngineUnavailable
from investment.project_query import ProjectQuery
from search import engines, rebuilding
from search.engines.base import Engine, SearchQuery
from search.finding import find, table
from search.projects import engine_query
from search.query.expansions import Expansions
from search.query.understand import understand


class Runner:
    """Runs many searches with the engine in use, and the words that mean the same read once.

    Making one and every method raise EngineUnavailable when the engine does not answer, or its index is still to be
    built: nothing would be found, and that would pass for the truth. Where no engine is set up at all, the database
    answers, as it does for the list.
    """

    def __init__(self) -> None:
        self._engine = engines.current()
        if self._engine is not None and rebuilding.needed(self._engine):
            raise EngineUnavailable("The index is not built yet.")
        self._table: Expansions | None = None

    def ids(self, query: ProjectQuery, *, among: tuple[int, ...] | None = None) -> set[int]:
        """The ids of all projects that the query finds, or of those among a few."""
        if self._engine is None:
            projects = database_backend.matching(query)
            projects = projects if among is None else projects.filter(pk__in=among)
            return set(projects.values_list("pk", flat=True))
        return set(self._engine.scan(self._asked(self._engine, query, among)))

    def count(self, query: ProjectQuery) -> int:
        """How many projects the query finds."""
        if self._engine is None:
            return database_backend.matching(query).count()
        return self._engine.search(replace(self._asked(self._engine, query, None), limit=0)).count

    def _asked(self, engine: Engine, query: ProjectQuery, among: tuple[int, ...] | None) -> SearchQuery:
        asked = replace(engine_query(query), object_ids=among, facets=(), sort="relevance", offset=0)
        if not query.q.strip():
            return asked
        if self._table is None:
            self._table = table()
        words = understand(query.q, self._table, engine, asked)
        has_all = words and not words.ignored and not words.corrected
        return replace(asked, words=words if has_all else replace(words, unfindable=True))


def found_now(query: ProjectQuery) -> set[int]:
    """Every project that the query finds at this moment; from the database while the engine is away."""
    try:
        return Runner().ids(query)
    except EngineUnavailable:
        return set(database_backend.matching(query).values_list("pk", flat=True))


def corrected_now(query: ProjectQuery) -> str:
    """The text that the list searches for instead, where a word is mistyped; empty where all are right."""
    engine = engines.current()
    if engine is None or not query.q.strip():
        return ""
    try:
        return find(engine, query.q, replace(engine_query(query), facets=())).corrected
    except EngineUnavailable:
        return ""


def counts_now(queries: Sequence[ProjectQuery]) -> list[int]:
    """How many projects each query finds at this moment; from the database while the engine is away."""
    if not queries:
        return []
    try:
        runner = Runner()
        return [runner.count(query) for query in queries]
    except EngineUnavailable:
        return [database_backend.matching(query).count() for query in queries]
