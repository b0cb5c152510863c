"""A query as it was understood: parts to be found, each by one of several alternatives. Every engine reads only this.

No typed character reaches an engine's own query language: all words here are keys (`search.words.keys`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

Keys = tuple[str, ...]

# How much a match counts that is not by the words typed.
SYNONYM = 0.7
CORRECTED = 0.6


@dataclass(frozen=True)
class Alternative:
    """Words that satisfy a part: side by side where `together`, else each anywhere. `weight` 1 is the words typed."""

    words: Keys
    weight: float = 1.0
    together: bool = True


@dataclass(frozen=True)
class Part:
    """One thing sought. Any of `alternatives` satisfies it; the first is what was typed, unless no document has it.

    A part that is not `required` only raises the rank; one that is `essential`, a place, is never left out. `marked`
    are the words typed with their marks (`keys.marked_key`): documents that write them so rank higher. Of an
    `unfinished` part the last word of the first alternative may be the beginning of any word. `typed` and `meant` are
    for people: the words as typed and, where they were corrected, as they were understood.
    """

    alternatives: tuple[Alternative, ...]
    required: bool = True
    essential: bool = False
    marked: tuple[str, ...] = ()
    unfinished: bool = False
    typed: str = ""
    meant: str = ""

    @property
    def words(self) -> Keys:
        """The words of the first alternative."""
        return self.alternatives[0].words


@dataclass(frozen=True)
class ParsedText:
    """The parts in the order typed. Nothing to look for: no parts.

    `minimum` is how many of the required parts a document must satisfy, besides the essential ones; None means all.
    `title` is the whole text as keys: a document whose title is exactly this comes first. `ignored` are words that no
    document has, and `unfindable` says that the text has words but none of them is anywhere.
    """

    parts: tuple[Part, ...] = ()
    minimum: int | None = None
    title: str = ""
    ignored: tuple[str, ...] = ()
    unfindable: bool = False

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def required(self) -> tuple[Part, ...]:
        """The parts that a document must satisfy: where none is required, all."""
        return tuple(part for part in self.parts if part.required) or self.parts

    @property
    def optional(self) -> tuple[Part, ...]:
        """The parts that only raise the rank."""
        required = self.required
        return tuple(part for part in self.parts if part not in required)

    @property
    def essential(self) -> tuple[Part, ...]:
        """The required parts that are never left out."""
        return tuple(part for part in self.required if part.essential)

    @property
    def choice(self) -> tuple[Part, ...]:
        """The other required parts, of which `at_least` are needed."""
        return tuple(part for part in self.required if not part.essential)

    @property
    def at_least(self) -> int:
        """How many parts of `choice` are needed."""
        most = len(self.choice)
        return most if self.minimum is None else max(0, min(self.minimum, most))

    @property
    def phrase(self) -> Keys:
        """All words in the order typed, corrections included."""
        return tuple(word for part in self.parts for word in part.words)

    @property
    def pairs(self) -> tuple[Keys, ...]:
        """Each two words that stand side by side in the order typed: documents that have them so rank higher."""
        words = self.phrase
        return tuple(dict.fromkeys(pairwise(words)))

    @property
    def beginnings(self) -> tuple[str, ...]:
        """What the title of the very thing would begin with: all words, or of a single part its other names too."""
        runs = [self.phrase]
        if len(self.required) == 1:
            runs += [alternative.words for alternative in self.required[0].alternatives if alternative.together]
        return tuple(dict.fromkeys(" ".join(run) for run in runs if run))

    @property
    def corrected(self) -> str:
        """The text with its corrections, or nothing where there are none."""
        if not any(part.meant for part in self.parts):
            return ""
        return " ".join(part.meant or part.typed for part in self.parts)


def runs_to_mark(query: ParsedText) -> set[Keys]:
    """The runs of keys to mark in a text: what satisfies a required part, and all words side by side."""
    found: set[Keys] = {query.phrase}
    for part in query.required:
        for alternative in part.alternatives:
            found |= {alternative.words} if alternative.together else {(word,) for word in alternative.words}
    return found - {()}
