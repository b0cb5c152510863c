"""A document as rows of the three tables, and rows back as hits."""

from __future__ import annotations

from typing import Any

from core.text import fold
from search.engines.base import FILTERS, Document, Hit
from search.highlight import highlight, snippet
from search.index_words import folded_words, marked_words
from search.query_text import ParsedText

HIT_COLUMNS = ("id", "kind", "object_id", "locale", "title", "summary", "url", "names", "body")


def document_row(document: Document) -> tuple[Any, ...]:
    """In the order of the columns of `search_document`."""
    values = {name: document.values.get(name, "") for name in FILTERS}
    return (
        document.id,
        document.kind,
        document.locale,
        document.object_id,
        *(values[name] for name in ("sector", "province", "form", "status", "capital", "area", "ward")),
        document.capital_vnd,
        document.area_ha,
        document.year,
        document.confirmed_on and document.confirmed_on.isoformat(),
        document.fresh_until and document.fresh_until.isoformat(),
        fold(document.title),
    )


def text_row(document: Document) -> tuple[str, ...]:
    """In the order of the columns of `search_text`."""
    return (document.title, document.summary, document.names, document.url, document.body)


def words_row(document: Document) -> tuple[str, ...]:
    """In the order of the columns of `search_words`."""
    texts = (document.title, document.names, document.summary, document.body)
    return (*(folded_words(text) for text in texts), marked_words("\n".join(texts)))


def hit(row: tuple[Any, ...], score: float, query: ParsedText) -> Hit:
    """A hit from HIT_COLUMNS, marked where the query matched."""
    found = dict(zip(HIT_COLUMNS, row, strict=True))
    shown = {name: found[name] for name in ("id", "kind", "object_id", "locale", "title", "summary", "url")}
    title = highlight(found["title"], query)
    # A title that was found by itself needs no other reason than what the summary may add.
    places = ("summary",) if "<mark>" in title else ("summary", "names", "body")
    pieces = (snippet(found[place], query) for place in places) if query else iter(())
    reason = next((piece for piece in pieces if "<mark>" in piece), "")
    return Hit(**shown, score=score, marked_title=title, marked_text=reason)
