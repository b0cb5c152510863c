"""How a text was understood: what each part of it is found by, and where that comes from. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from core.text import beginning
from search.finding import Found
from search.query.parsed import SYNONYM, Alternative, Keys, ParsedText, Part
from search.query.typed import MAX_CHARACTERS, MAX_WORDS
from search.words.groups import Group
from search.words.keys import keys, keys_of
from search.words.syllables import alike, from_telex, from_vni
from search.words.tokens import Token, composed, tokens


class Role(StrEnum):
    """What a part does to the answer."""

    REQUIRED = "required"
    PLACE = "place"  # required, and never left out
    RANK = "rank"  # only raises the rank


class Origin(StrEnum):
    """Where one way to find a part comes from."""

    TYPED = "typed"
    REPAIRED = "repaired"
    GROUP = "group"  # words that mean the same
    JOINED = "joined"  # written as one word with its neighbour
    APART = "apart"  # the words of a name, each anywhere
    ALIKE = "alike"  # pronounced alike
    NEAR = "near"  # spelled nearly so


class Repair(StrEnum):
    """What was wrong with a word that no document has."""

    TELEX = "telex"
    VNI = "vni"
    JOINED = "joined"  # several words typed as one
    ALIKE = "alike"
    NEAR = "near"


@dataclass(frozen=True)
class Way:
    """One way to find a part; `weight` is how much it counts, 1 being the words typed."""

    text: str
    origin: Origin
    weight: float


@dataclass(frozen=True)
class Sought:
    """One part of the text. `meant` is what it was read as, and `repair` why, where it was mistyped."""

    typed: str
    role: Role
    ways: tuple[Way, ...]
    meant: str = ""
    repair: Repair | None = None


@dataclass(frozen=True)
class Understood:
    """The whole text. `ignored` are words that no document has; `silent` say nothing, and no document has them.

    `needed` of the `choice` parts are enough, where not all were to be had together (`loosened`); places are no choice.
    `is_cut` says that the text was too long and only its beginning counts.
    """

    text: str
    parts: tuple[Sought, ...]
    ignored: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    loosened: bool = False
    needed: int = 0
    choice: int = 0
    is_cut: bool = False


def understood(text: str, found: Found, groups: Iterable[Group]) -> Understood:
    """How `text` was understood when `found` was the answer, under the groups of words in force."""
    read = beginning(text, MAX_CHARACTERS)
    typed = tokens(read)
    words = found.words
    return Understood(
        text=text,
        parts=tuple(_sought(words, typed[:MAX_WORDS], _written(groups))),
        ignored=found.ignored,
        silent=tuple(_silent(read, typed[:MAX_WORDS], words, found.ignored)),
        loosened=found.loosened,
        needed=words.at_least,
        choice=len(words.choice),
        is_cut=len(typed) > MAX_WORDS or read != text,
    )


def _sought(words: ParsedText, typed: list[Token], written: dict[Keys, str]) -> Iterator[Sought]:
    joined = {keys(one.word + other.word) for one, other in pairwise(typed)}
    required = set(words.required)
    for first, *others in _by_typed(words.parts):
        meant = " ".join(part.meant for part in (first, *others) if part.meant)
        for part in (first, *others):
            role = Role.RANK if part not in required else Role.PLACE if part.essential else Role.REQUIRED
            yield Sought(
                typed=first.typed,
                role=role,
                ways=tuple(_way(part, other, joined, written) for other in part.alternatives),
                meant=part.meant,
                repair=repair(first.typed, meant) if part.meant else None,
            )


def _by_typed(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """The parts that come from one typed word together: only the first of them has it."""
    number = 0

    def begun(part: Part) -> int:
        nonlocal number
        number += bool(part.typed)
        return number

    for _, together in groupby(parts, key=begun):
        yield list(together)


def repair(typed: str, meant: str) -> Repair:
    """Why `typed` was read as `meant`, by the first word that differs."""
    words, read = [token.word for token in tokens(typed)], [token.word for token in tokens(meant)]
    if len(read) > len(words):
        return Repair.JOINED
    word, other = next(((a, b) for a, b in zip(words, read, strict=False) if keys(a) != keys(b)), (typed, meant))
    if from_telex(word) and keys(from_telex(word)) == keys(other):
        return Repair.TELEX
    if from_vni(word) and keys(from_vni(word)) == keys(other):
        return Repair.VNI
    return Repair.ALIKE if _sounds_like(word, keys(other)) else Repair.NEAR


def _sounds_like(word: str, run: Keys) -> bool:
    return any(keys(other) == run for other in alike(word))


def _way(part: Part, other: Alternative, joined: set[Keys], written: dict[Keys, str]) -> Way:
    origin = _origin(part, other, joined)
    if origin == Origin.TYPED:
        text = part.typed or part.meant
    elif origin == Origin.REPAIRED:
        text = part.meant
    else:
        text = _as_written(other.words, written)
    return Way(text, origin, other.weight)


def _origin(part: Part, other: Alternative, joined: set[Keys]) -> Origin:
    if not other.together:
        return Origin.APART
    if other.weight == 1:
        return Origin.REPAIRED if part.meant else Origin.TYPED
    if other.weight == SYNONYM:
        return Origin.JOINED if other.words in joined else Origin.GROUP
    if part.meant and other == part.alternatives[0]:
        return Origin.REPAIRED
    return Origin.ALIKE if any(_sounds_like(token.word, other.words) for token in tokens(part.typed)) else Origin.NEAR


def _written(groups: Iterable[Group]) -> dict[Keys, str]:
    """The forms of the groups as editors wrote them, by their keys."""
    found: dict[Keys, str] = {}
    for group in groups:
        for form in group.forms:
            found.setdefault(keys_of(form), form)
    return found


def _as_written(run: Keys, written: dict[Keys, str]) -> str:
    """Keys as somebody wrote them, perhaps with a number behind: "quốc lộ 6"."""
    for end in range(len(run), 0, -1):
        if run[:end] in written:
            return " ".join((written[run[:end]], *run[end:]))
    return " ".join(run)


def _silent(text: str, typed: list[Token], words: ParsedText, ignored: Iterable[str]) -> Iterator[str]:
    heard = {token.word for seen in (*(part.typed for part in words.parts), *ignored) for token in tokens(seen)}
    for token in typed:
        if token.word not in heard:
            heard.add(token.word)
            yield composed(text[token.start : token.end])
