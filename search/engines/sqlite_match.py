"""The query in FTS5's own language. Every word is quoted, so nothing that was typed is ever an operator.

FTS5 adds up what every phrase of an expression contributes. So what only raises the rank stands beside EVERY, which
all documents have, and what counts double stands twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from search.engines.sqlite_schema import EVERY, KEY_COLUMNS, MARKED_COLUMN
from search.query.parsed import Alternative, Keys, ParsedText, Part

EVERYWHERE = KEY_COLUMNS
BY_NAME = ("title", "names")
_MOST_CHOICES = 40  # ways to leave parts out; of more, any part is enough


def match(query: ParsedText, columns: Sequence[str] = EVERYWHERE) -> str:
    """The required parts, as many as are needed; what else raises the rank beside them."""
    needed = match_needed(query, columns)
    bonus = [_phrase((EVERY,), (MARKED_COLUMN,)), *_bonuses(query, columns)]
    return f"{needed} AND ({' OR '.join(bonus)})" if len(bonus) > 1 else needed


def match_needed(query: ParsedText, columns: Sequence[str] = EVERYWHERE) -> str:
    """The same documents without ranking them."""
    needed = [_part(part, columns) for part in query.essential]
    if query.at_least:
        needed.append(_at_least([_part(part, columns) for part in query.choice], query.at_least))
    return _all(needed)


def match_any(words: Iterable[str]) -> str:
    """Any of some keys in title or names, for finding what is similar."""
    return _any([_phrase((word,), BY_NAME) for word in words])


def match_run(run: Keys) -> str:
    """A run of keys side by side, anywhere."""
    return _phrase(run, EVERYWHERE)


def _bonuses(query: ParsedText, columns: Sequence[str]) -> list[str]:
    found = [_part(part, columns) for part in query.optional]
    typed = [part.alternatives[0] for part in query.parts if len(part.alternatives) > 1]
    found += [_alternative(alternative, columns) for alternative in typed if alternative.weight == 1]
    found += [_phrase(pair, columns) for pair in query.pairs]
    if len(query.phrase) > 2:
        found.append(_phrase(query.phrase, columns))
    found += [_phrase((word,), (MARKED_COLUMN,)) for part in query.parts for word in part.marked]
    return found


def _at_least(parts: Sequence[str], needed: int) -> str:
    if needed >= len(parts):
        return _all(parts)
    choices = list(combinations(parts, needed)) if needed > 1 else []
    return _any([_all(choice) for choice in choices] if 0 < len(choices) <= _MOST_CHOICES else parts)


def _part(part: Part, columns: Sequence[str]) -> str:
    first, *others = part.alternatives
    found = [_phrase(first.words, columns) + (" *" if part.unfinished else "")] if first.together else []
    return _any([*found, *(_alternative(other, columns) for other in (others if found else part.alternatives))])


def _alternative(alternative: Alternative, columns: Sequence[str]) -> str:
    if alternative.together:
        return _phrase(alternative.words, columns)
    return _all([_phrase((word,), columns) for word in alternative.words])


def _phrase(words: Keys, columns: Sequence[str]) -> str:
    quoted = " ".join(words).replace('"', '""')
    return f'{{{" ".join(columns)}}} : "{quoted}"'


def _all(parts: Sequence[str]) -> str:
    return f"({' AND '.join(parts)})"


def _any(parts: Sequence[str]) -> str:
    return f"({' OR '.join(parts)})"
