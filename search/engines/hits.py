"""A document found, as people see it: originals, marked where the query matched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from search.engines.base import Hit
from search.highlight import highlight, snippet
from search.query.parsed import ParsedText

SHOWN = ("id", "kind", "object_id", "locale", "title", "summary", "url", "names", "body")


def hit(found: Mapping[str, Any], score: float, words: ParsedText) -> Hit:
    """A hit from the columns SHOWN of one document."""
    shown = {name: found[name] for name in ("id", "kind", "object_id", "locale", "title", "summary", "url")}
    title = highlight(found["title"], words)
    # A title that was found by itself needs no other reason than what the summary may add.
    places = ("summary",) if "<mark>" in title else ("summary", "names", "body")
    pieces = (snippet(found[place], words) for place in places) if words else iter(())
    reason = next((piece for piece in pieces if "<mark>" in piece), "")
    return Hit(**shown, score=score, marked_title=title, marked_text=reason)
