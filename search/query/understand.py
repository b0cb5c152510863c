"""Understands a query: what its words may mean, which of them the documents have, and what a mistyped one meant."""

from __future__ import annotations

from collections.abc import Iterable

from core.text import beginning
from search.engines.base import Engine, Scope
from search.query.expansions import Expansions
from search.query.parsed import Alternative, Keys, ParsedText, Part
from search.query.reading import Reading, part_of, synonyms
from search.query.repairs import Repairs
from search.query.typed import MAX_CHARACTERS, read
from search.query.units import units_of
from search.words.keys import keys_of


def begin(text: str, table: Expansions) -> ParsedText:
    """A query that is still being typed: every word counts, the last may be the beginning of any other."""
    units = units_of(read(text), table)
    parts = [part_of(unit, [Alternative(unit.run), *synonyms(unit)], required=True) for unit in units]
    if parts:
        last = parts[-1]
        parts[-1] = Part(last.alternatives, marked=last.marked, unfinished=True, typed=last.typed)
    return ParsedText(tuple(parts))


def understand(text: str, table: Expansions, engine: Engine, scope: Scope) -> ParsedText:
    """Understand `text` for a reader of `scope`: one or two questions to the engine about which words it has.

    Words that no document has are repaired where something near is known, and left out otherwise, so that one of
    them never empties the answer.
    """
    typed = read(text)
    if not typed:
        return ParsedText()

    def known(runs: Iterable[Keys]) -> set[Keys]:
        asked = set(runs)
        return engine.known(asked, scope) if asked else set()

    reading = Reading(typed, table, known)
    repaired = Repairs(reading, table, known, lambda word: engine.near(word, scope)).typed()
    if repaired != typed:  # what the words are parts of may be seen only now
        reading = Reading(repaired, table, known)
    parts = [reading.part(position) for position in range(len(reading.units))]
    return ParsedText(
        parts=tuple(dict.fromkeys(part for part in parts if part is not None)),
        title=" ".join(keys_of(beginning(text, MAX_CHARACTERS))),
        ignored=tuple(
            unit.written for unit, part in zip(reading.units, parts, strict=True) if not part and not unit.filler
        ),
        unfindable=not any(parts),
    )
