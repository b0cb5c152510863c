"""What else the words of a query may be called: the groups of words, looked up by their keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from investment import provinces
from search.query.parsed import Keys
from search.words.groups import Group
from search.words.keys import keys, marked_key
from search.words.tokens import tokens


@dataclass(frozen=True)
class _Form:
    """One form: its keys, and of each word the keys and the marked spelling where it has marks."""

    run: Keys
    marked: tuple[str, ...]


@dataclass
class Expansions:
    """The table of one set of groups: keys of a form → (form, what it may also be called)."""

    longest: int = 1
    places: set[Keys] = field(default_factory=set)
    _by_run: dict[Keys, list[tuple[_Form, tuple[Keys, ...]]]] = field(default_factory=dict)

    @property
    def words(self) -> frozenset[str]:
        """Every name of one word, for repairing a mistyped one that no document has."""
        return frozenset(run[0] for run in self._by_run if len(run) == 1)

    def is_place(self, runs: Iterable[Keys]) -> bool:
        """Whether one of the names is that of a province or city."""
        return not self.places.isdisjoint(runs)

    def of(self, run: Keys, marked: Sequence[str]) -> tuple[Keys, ...]:
        """Other names for a run of keys. `marked` are the words typed with marks, empty where a word has none: "bột"
        is not BOT, and "cảng" no form of "căng"."""
        found: dict[Keys, None] = {}
        for form, others in self._by_run.get(run, ()):
            if all(not typed or typed in form.marked for typed in marked):
                found |= dict.fromkeys(others)
        found.pop(run, None)
        return tuple(found)


@lru_cache(maxsize=4)
def expansions(groups: tuple[Group, ...]) -> Expansions:
    """The table for these groups. Made again only when a group has changed."""
    made = Expansions(places={_form(name).run for name in provinces.NAMES})
    made.longest = max(len(place) for place in made.places)
    for group in groups:
        forms = [_form(text) for text in group.forms]
        runs = tuple(dict.fromkeys(form.run for form in forms if form.run))
        for form in (*forms, *(_form(text) for text in group.also_typed)):
            if form.run:
                made._by_run.setdefault(form.run, []).append((form, runs))
                made.longest = max(made.longest, len(form.run))
    return made


def _form(text: str) -> _Form:
    found = tokens(text)
    marked = [marked_key(text[token.start : token.end]) for token in found]
    return _Form(
        run=tuple(key for token in found for key in keys(token.word)),
        marked=tuple(m for m, token in zip(marked, found, strict=True) if m != token.word),
    )
