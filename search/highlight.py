"""Mark what was found, in the original text. Everything else is escaped: the result is safe HTML."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.query.parsed import Keys, ParsedText, runs_to_mark
from search.words.keys import keys
from search.words.tokens import Token, tokens

ELLIPSIS = "…"
Span = tuple[int, int]


def highlight(text: str, query: ParsedText) -> SafeString:
    """`text` escaped, with every word that satisfies `query` inside ``<mark>``."""
    return _render(text, _spans(tokens(text), query))


def snippet(text: str, query: ParsedText, *, length: int = 200) -> SafeString:
    """About `length` characters of `text` around the first match, marked; the beginning where nothing matches."""
    found = tokens(text)
    spans = _spans(found, query)
    if len(text) <= length:
        return _render(text, spans)
    anchor = spans[0][0] if spans else 0
    start = max((t.start for t in found if t.start <= max(0, anchor - length // 4)), default=0) if anchor else 0
    end = max((t.end for t in found if start < t.end <= start + length), default=min(len(text), start + length))
    inside = [(a - start, b - start) for a, b in spans if a >= start and b <= end]
    before = ELLIPSIS if start else ""
    after = ELLIPSIS if end < len(text.rstrip()) else ""
    return mark_safe(f"{before}{_render(text[start:end], inside)}{after}")


def _spans(found: Sequence[Token], query: ParsedText) -> list[Span]:
    """Where the words sought stand, from left to right, the longest first. Words typed count one by one too."""
    sought = runs_to_mark(query)
    by_first: dict[str, list[Keys]] = {}
    for run in sorted(sought, key=len, reverse=True):
        by_first.setdefault(run[0], []).append(run)
    words = [(key, number) for number, token in enumerate(found) for key in keys(token.word)]
    spans: list[Span] = []
    position = 0
    while position < len(words):
        runs = by_first.get(words[position][0], ())
        length = next((len(run) for run in runs if _stands(run, words, position)), 0)
        if length:
            first, last = words[position][1], words[position + length - 1][1]
            if not spans or found[first].start >= spans[-1][1]:
                spans.append((found[first].start, found[last].end))
        position += length or 1
    return spans


def _stands(run: Keys, words: Sequence[tuple[str, int]], start: int) -> bool:
    return run == tuple(key for key, _ in words[start : start + len(run)])


def _render(text: str, spans: Sequence[Span]) -> SafeString:
    parts: list[str] = []
    position = 0
    for start, end in spans:
        parts += [escape(text[position:start]), "<mark>", escape(text[start:end]), "</mark>"]
        position = end
    parts.append(escape(text[position:]))
    return mark_safe("".join(parts))
