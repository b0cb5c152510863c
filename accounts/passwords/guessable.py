"""Which passwords people try first here: names, places and phrases with a number, keyboard walks, one's own data.

Rules of our own and no list of passwords: a password is guessable when it is made up, but for two letters, of few words
of such kinds, whatever digits and symbols stand around, and however the words are typed.
"""

import re
from collections.abc import Iterable
from enum import Enum
from functools import cache

from accounts.passwords import words
from accounts.passwords.normal import LONGEST, normalise
from accounts.passwords.typing_habits import spellings, walked
from core.text import fold

_MOST_WORDS = 5  # more make a phrase that is long enough, be they all common
_MOST_UNKNOWN = 2  # letters
_FEWEST_KNOWN = 3  # letters; less may be chance
_TIMES_KNOWN = 3  # as many as unknown ones
_MOST_SIGNS = 12  # digits and symbols; more cannot be guessed
_FEWEST_SPACED = 3  # words with spaces between them: then each is looked at as a whole
_FEWEST_CHARACTERS = 5  # different ones
_LONGEST_PHRASE = 4  # words
_LONGEST_BLOCK = 6  # characters that are repeated to the end
# Digits and symbols in the place of letters.
_ALIKE = {"@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "|": "l", "0": "o", "$": "s", "5": "s", "7": "t"}
_ALIKE_WITHIN = re.compile(r"(?<=[a-z@$])[43105!|7]{1,3}(?=[a-z@$])|[@$]")
_LETTERS = re.compile(r"[a-z]+")
_REPEATED = re.compile(rf"(.{{1,{_LONGEST_BLOCK}}}?)\1+.{{0,2}}", re.DOTALL)


_NOTHING: frozenset[str] = frozenset()


class Reason(Enum):
    """Why a password is guessed."""

    OWN = "own"
    WORDS = "words"
    WALK = "walk"


def reason(password: str, own: Iterable[str] = ()) -> Reason | None:
    """Why others would guess this password; None for a good one. `own`: texts with the person's own data."""
    plain = fold(normalise(password)[:LONGEST])
    if len(set(plain)) < _FEWEST_CHARACTERS or _REPEATED.fullmatch(plain):
        return Reason.WALK
    readings = (plain, as_letters(plain), " ".join(map(_joined, plain.split())))
    own_words = frozenset(word for text in own for word in _own(text))
    common = _common()
    tried = ((Reason.WALK, _NOTHING), (Reason.OWN, own_words), (Reason.WORDS, common), (Reason.OWN, common | own_words))
    for found, known in tried:
        if any(_is_made_of(text, known, plain) for text in readings):
            return found
    return None


def as_letters(plain: str) -> str:
    """The letters that digits and symbols between them stand for: `p@ssw0rd` → `password`."""
    return _ALIKE_WITHIN.sub(lambda found: "".join(_ALIKE[sign] for sign in found[0]), plain)


@cache
def _common() -> frozenset[str]:
    """Every way to type every word. Read once."""
    names = [*words.FAMILY_NAMES.split(), *words.GIVEN_NAMES.split(), *words.SHORT_WALKS.split()]
    phrases = [phrase.strip() for phrase in f"{words.PLACES},{words.PHRASES}".split(",")]
    return frozenset(way for phrase in [*names, *phrases] for way in spellings(phrase) if len(way) > 1)


def _own(text: str) -> set[str]:
    """The words of a text of one's own in every way to type them, and all of it at once."""
    parts = re.findall(r"[^\W\d_]+", text)
    ways = {way for part in parts for way in spellings(part)} | {_joined(fold(text))}
    return {way for way in ways if len(way) >= _FEWEST_KNOWN}


def _joined(text: str) -> str:
    """Only the letters: digits within are those of VNI (`ma65t`), or separate what belongs together."""
    return "".join(_LETTERS.findall(text))


def _is_made_of(text: str, known_words: frozenset[str], plain: str) -> bool:
    """Whether these words and walks are all there is, but for a few letters, digits and symbols."""
    signs = sum(1 for char in plain if not char.isalpha() and not char.isspace())
    for skipped in {frozenset(walked(text)), frozenset[int]()}:
        rest = "".join(" " if at in skipped else char for at, char in enumerate(text))
        runs = _LETTERS.findall(rest)
        if len(text.split()) >= _FEWEST_SPACED:
            unknown, count = _cover_of_words(runs, known_words)
        else:
            covers = [_cover_of_run(run, known_words) for run in runs]
            unknown, count = sum(cover[0] for cover in covers), sum(cover[1] for cover in covers)
        known = sum(map(len, runs)) - unknown + len(skipped)
        is_little = unknown <= _MOST_UNKNOWN and count <= _MOST_WORDS and signs - len(skipped) <= _MOST_SIGNS
        if is_little and known >= max(_FEWEST_KNOWN, _TIMES_KNOWN * unknown):
            return True
    return False


def _cover_of_run(run: str, known_words: frozenset[str]) -> tuple[int, int]:
    """The fewest letters of a run that belong to no word, and the fewest words that leave so many."""
    longest = max(map(len, known_words), default=0)
    best = [(0, 0)]
    for end in range(1, len(run) + 1):
        starts = (start for start in range(max(0, end - longest), end) if run[start:end] in known_words)
        missing, number = best[end - 1]
        best.append(min([(missing + 1, number), *((best[at][0], best[at][1] + 1) for at in starts)]))
    return best[-1]


def _cover_of_words(runs: list[str], known_words: frozenset[str]) -> tuple[int, int]:
    """The same for words with spaces between them: each is known as a whole, alone or with its neighbours, or not."""
    best = [(0, 0)]
    for end, run in enumerate(runs, 1):
        missing, number = best[end - 1]
        choices = [(missing + len(run), number)]
        unknown, count = _cover_of_run(run, known_words)
        if not unknown:
            choices.append((missing, number + count))
        starts = (at for at in range(max(0, end - _LONGEST_PHRASE), end - 1) if "".join(runs[at:end]) in known_words)
        best.append(min([*choices, *((best[at][0], best[at][1] + 1) for at in starts)]))
    return best[-1]
