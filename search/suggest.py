"""Completing what is being typed: places and sectors, then titles. Registered with `investment.catalogue`."""

from __future__ import annotations

from investment.catalogue import NoEngine, Suggestion, marked
from search import engines
from search.engines.base import Hit, Kind, SearchQuery
from search.finding import complete
from search.query.typed import MAX_CHARACTERS
from search.words.tokens import tokens

_EACH = 3  # of one kind, so that every kind keeps its room
_ASKED = 40


def suggest(q: str, limit: int, locale: str) -> list[Suggestion]:
    """Documents of every published kind whose names hold all words begun, grouped by kind in the order of `Kind`."""
    engine = engines.current()
    if engine is None:
        raise NoEngine
    if not q.strip():
        return []
    found = complete(engine, q[:MAX_CHARACTERS], SearchQuery(locale=locale, kinds=Kind.SUGGESTED, limit=_ASKED))
    by_kind: dict[str, list[Hit]] = {kind: [] for kind in Kind.SUGGESTED}
    for hit in found:
        by_kind[hit.kind].append(hit)
    few = [hit for hits in by_kind.values() for hit in hits[:_EACH]]
    rest = [hit for hit in found if hit not in few]
    chosen = {hit.id for hit in [*few, *rest][:limit]}
    return [
        Suggestion(hit.title, hit.kind, hit.url, _marked(hit, q))
        for hits in by_kind.values()
        for hit in hits
        if hit.id in chosen
    ]


def _marked(hit: Hit, q: str) -> str:
    """The title with the letters that were typed marked; with what the engine found where these are other words."""
    *whole, begun = [token.word for token in tokens(q[:MAX_CHARACTERS])] or [""]
    spans, missing = [], {*whole, begun}
    for token in tokens(hit.title):
        if token.word in whole:
            spans.append((token.start, token.end))
            missing.discard(token.word)
        if begun and token.word.startswith(begun):
            # A letter that becomes two when it is folded leaves no place to end inside of the word.
            same_length = len(token.word) == token.end - token.start
            if token.word not in whole:
                spans.append((token.start, token.start + len(begun) if same_length else token.end))
            missing.discard(begun)
    if not missing:
        return marked(hit.title, spans)
    return hit.marked_title if "<mark>" in hit.marked_title else ""
