"""What texts pass in search: queries, which are cut at their beginning, and titles and bodies, which are not."""

# ruff: noqa: PLC0415 - Django has to be set up before its models can be imported.
from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any


def searches() -> dict[str, Callable[[str], Any]]:
    """Words, queries with an index that has few of them, documents, marks, and what editors write in groups."""
    from search import finding, highlight
    from search.engines import elastic_mapping, sqlite_rows
    from search.engines.base import Document, Kind, SearchQuery
    from search.engines.sqlite_fts import SqliteEngine
    from search.query import nearness, understand
    from search.words import keys, lines, syllables, tokens

    engine = SqliteEngine()
    engine.put([Document(kind=Kind.PROJECT, object_id=1, locale="vi", title="Dự án nhà ở", body="hạ tầng 1/500")])
    scope, table = SearchQuery(facets=("sector",)), finding.table()
    query = understand.begin("dự án nhà ở", table)
    vocabulary = ["nha", "truong", "nghiep", "industri", "a" * 40]

    def document(text: str) -> Document:
        return Document(kind=Kind.PROJECT, object_id=2, locale="vi", title=text, body=text)

    def group(text: str) -> Any:
        written = lines.split(text)
        return list(lines.problems(written)), lines.repeated(written), [lines.exact(line) for line in written]

    return {
        "search: query, read": understand.read,
        "search: query, understood": lambda text: understand.understand(text, table, engine, scope),
        "search: query, found": lambda text: finding.find(engine, text, scope),
        "search: query, being typed": lambda text: finding.complete(engine, text, scope),
        "search: tokens": tokens.tokens,
        "search: keys": keys.keys_of,
        "search: words with marks": keys.marked_words,
        "search: a word": lambda text: (keys.keys(text), keys.marked_key(text)),
        "search: a word, split": lambda text: list(syllables.splits(text)),
        "search: a word, Telex": syllables.from_telex,
        "search: a word, VNI": syllables.from_vni,
        "search: a word, alike": syllables.alike,
        "search: a word, near": lambda text: nearness.nearest(text, vocabulary),
        "search: highlight": lambda text: highlight.highlight(text, query),
        "search: snippet": lambda text: highlight.snippet(text, query),
        "search: highlight of itself": lambda text: highlight.highlight(text, understand.begin(text, table)),
        "search: document, embedded": lambda text: sqlite_rows.rows_of(document(text)),
        "search: document, Elasticsearch": lambda text: elastic_mapping.row(document(text)),
        "search: document, written": lambda text: engine.put([document(text)]),
        "search: group of words": group,
        "search: groups in force": partial(_loaded, table_of=finding.table),
    }


def _loaded(text: str, *, table_of: Callable[[], Any]) -> Any:
    """A text that is among the groups of words already, however it came there."""
    from search.models import WordGroup

    row = WordGroup.objects.create(forms=text.encode("utf-8", "replace").decode().replace("\0", ""))
    try:
        return table_of()
    finally:
        row.delete()
