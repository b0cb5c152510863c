"""Finds what somebody typed, whatever the page: understand, search, and where nothing is found, do the nearest thing
and say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.engines.base import Engine, Hit, SearchQuery, SearchResult
from search.query.expansions import Expansions, expansions
from search.query.nearness import nearest
from search.query.parsed import CORRECTED, Alternative, ParsedText, Part
from search.query.understand import begin, understand
from search.words import groups
from search.words.keys import keys
from search.words.syllables import alike
from search.words.tokens import composed, tokens

_LOOSENED_FROM = 3  # required parts: of fewer none may be missing
_TRIED = 12  # corrections of a query that found nothing


@dataclass(frozen=True)
class Found:
    """The answer to what was typed. `words` is how it was understood.

    `corrected` is the text as it was searched for, where a word was mistyped; `ignored` are words that no document
    has; `loosened` says that documents with all the words were not to be had, and some of them are missing.
    """

    result: SearchResult
    words: ParsedText
    corrected: str = ""
    ignored: tuple[str, ...] = ()
    loosened: bool = False


def table() -> Expansions:
    """The groups of words in force; one query to the database."""
    return expansions(groups.load())


def find(engine: Engine, text: str, query: SearchQuery) -> Found:
    """Search for `text` under the filters of `query`. An empty text finds everything that the filters let through."""
    if not text.strip():
        return Found(engine.search(query), ParsedText())
    words = understand(text, table(), engine, query)
    if not words:
        words = replace(words, unfindable=True)
        return Found(engine.search(replace(query, words=words)), words, ignored=words.ignored)
    result = engine.search(replace(query, words=words))
    if result.count == 0:
        return _nearest(engine, replace(query, words=words)) or Found(result, words, ignored=words.ignored)
    return Found(result, words, respelled(words, result), words.ignored)


def scan(engine: Engine, text: str, query: SearchQuery) -> Iterator[int]:
    """The objects of everything that `find` finds for this text, in the same order, however many."""
    words = find(engine, text, replace(query, offset=0, limit=0, facets=())).words if text.strip() else ParsedText()
    return engine.scan(replace(query, words=words))


def complete(engine: Engine, text: str, query: SearchQuery) -> list[Hit]:
    """Documents whose names hold what is being typed, its last word perhaps unfinished."""
    return engine.suggest(replace(query, words=begin(text, table())))


def _nearest(engine: Engine, query: SearchQuery) -> Found | None:
    """For a query that found nothing: with a word corrected, or with one word fewer."""
    everywhere = replace(query, filters={}, ranges={}, object_ids=None, limit=0, facets=())
    if query != everywhere and engine.search(everywhere).count:
        return None  # the words are right; it is the filters that leave nothing
    for words in _corrections(engine, query):
        if engine.search(replace(query, words=words, limit=0, facets=())).count:
            result = engine.search(replace(query, words=words))
            return Found(result, words, respelled(words, result), words.ignored)
    needed = len(query.words.choice)
    fewest = needed if len(query.words.required) < _LOOSENED_FROM else -(-needed // 2)
    for enough in range(needed - 1, fewest - 1, -1):
        words = replace(query.words, minimum=enough)
        result = engine.search(replace(query, words=words))
        if result.count:
            return Found(result, words, respelled(words, result), words.ignored, loosened=True)
    return None


def _corrections(engine: Engine, query: SearchQuery) -> Iterator[ParsedText]:
    """The query with one word replaced by another that is spelled or pronounced nearly like it, the likeliest first."""
    parts = query.words.parts
    tried = 0
    for position, part in enumerate(parts):
        if not _may_be_mistyped(part):
            continue
        word = part.words[0]
        others = [*(keys(other)[0] for other in alike(word)), *nearest(word, engine.near(word, query))]
        for other in _beside_a_neighbour(engine, query, position, others):
            tried += 1
            if tried > _TRIED:
                return
            changed = replace(part, alternatives=(Alternative((other,), CORRECTED),), marked=(), meant=other)
            yield replace(query.words, parts=(*parts[:position], changed, *parts[position + 1 :]))


def _may_be_mistyped(part: Part) -> bool:
    return part.required and len(part.words) == 1 and part.words[0].isalpha() and len(part.alternatives) == 1


def _beside_a_neighbour(engine: Engine, query: SearchQuery, position: int, others: list[str]) -> list[str]:
    """Of some words in the place of one those that stand beside its neighbour in some document."""
    parts = query.words.parts
    runs = {}
    for other in dict.fromkeys(others):
        if position > 0:
            runs[(*parts[position - 1].words[-1:], other)] = other
        if position + 1 < len(parts):
            runs[(other, *parts[position + 1].words[:1])] = other
        if len(parts) == 1:
            runs[(other,)] = other
    has = engine.known(runs, query)
    return list(dict.fromkeys(other for run, other in runs.items() if run in has))


def respelled(words: ParsedText, result: SearchResult) -> str:
    """The text as it was searched for, its corrected words written as the first results write them; or nothing."""
    if not words.corrected:
        return ""
    written: dict[str, str] = {}
    for hit in reversed(result.hits):
        for text in (hit.summary, hit.title):
            for token in reversed(tokens(text)):
                written |= dict.fromkeys(keys(token.word), composed(text[token.start : token.end]))
    return " ".join(
        " ".join(written.get(key, key) for key in part.words) if part.meant else part.typed for part in words.parts
    )
