"""Vietnamese syllables without their marks: which words are one, and how they are split, confused and mistyped.

The parts of a syllable follow the usual description of Vietnamese spelling: onset, nucleus, coda.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_ONSETS = "ngh ng nh ch gh gi kh ph qu th tr b c d g h k l m n p r s t v x".split()  # noqa: SIM905
_NUCLEI = re.findall(  # the longest first
    r"\w+",
    "uyeu uya uye uay uai oai oay oeo ieu yeu uoi uou ai ao au ay eo eu ia ie iu oa oe oi oo ua ue ui uo uu uy ya ye "
    "a e i o u y",
)
_CODAS = "ng nh ch c m n p t".split()  # noqa: SIM905
_SYLLABLE = re.compile(f"({'|'.join(_ONSETS)})?({'|'.join(_NUCLEI)})({'|'.join(_CODAS)})?")

# Letters that are pronounced alike in one part of the country or another, and so confused in writing.
_ALIKE_ONSETS = (
    ("s", "x"),
    ("ch", "tr"),
    ("l", "n"),
    ("d", "gi", "r", "v"),
    ("c", "k", "qu"),
    ("g", "gh"),
    ("ng", "ngh"),
)
_ALIKE_CODAS = (("n", "ng", "nh"), ("c", "t", "ch"))
_MOST_SYLLABLES = 6
_LONGEST = 9  # letters of the longest onset, nucleus and coda

# Telex typed without an input method: doubled letters, w for a horn or a breve, a tone letter after a vowel.
_TELEX_TONE_LETTERS = "fsrxj"
_TELEX_TONES = re.compile(f"(?<=[aeiouy])[{_TELEX_TONE_LETTERS}]")
_TELEX_DOUBLED = re.compile(r"([aeod])\1")
_VNI = re.compile(r"[a-z]+[0-9][a-z0-9]*")


def _parts(word: str) -> tuple[str, str, str] | None:
    return _parts_of(word) if len(word) <= _LONGEST else None


@lru_cache(maxsize=20_000)  # there are fewer syllables, but any short word is asked about
def _parts_of(word: str) -> tuple[str, str, str] | None:
    match = _SYLLABLE.fullmatch(word)
    return (match[1] or "", match[2], match[3] or "") if match else None


def is_syllable(word: str) -> bool:
    """Whether a folded word could be one Vietnamese syllable."""
    return _parts(word) is not None


def with_one_i(word: str) -> str:
    """A folded syllable with i for y where both are written, ``ky`` → ``ki``; any other word as it is."""
    parts = _parts(word)
    if parts is None or parts[1] != "y":
        return word
    return f"{parts[0]}i{parts[2]}"


def alike(word: str) -> list[str]:
    """Folded syllables that are pronounced like this one somewhere: ``xan`` → ``san``, ``xang``, …"""
    parts = _parts(word)
    if parts is None:
        return []
    onset, nucleus, coda = parts
    onsets = {other for group in _ALIKE_ONSETS if onset in group for other in group} | {onset}
    codas = {other for group in _ALIKE_CODAS if coda in group for other in group} | {coda}
    found = [o + nucleus + coda for o in sorted(onsets - {onset})]
    found += [onset + nucleus + c for c in sorted(codas - {coda})]
    return [other for other in found if is_syllable(other)]


def splits(word: str) -> Iterator[tuple[str, ...]]:
    """The ways to read a folded word as several syllables: ``hanoi`` → ``(ha, noi)``, ``(han, oi)``; fewest first."""
    found: list[tuple[str, ...]] = []

    def go(start: int, before: tuple[str, ...]) -> None:
        if start == len(word):
            found.append(before)
            return
        if len(before) == _MOST_SYLLABLES:
            return
        for end in range(min(len(word), start + 7), start, -1):
            if is_syllable(word[start:end]):
                go(end, (*before, word[start:end]))

    go(0, ())
    yield from sorted((split for split in found if len(split) > 1), key=len)


def from_telex(word: str) -> str:
    """A folded word typed in Telex without an input method as it was meant: ``dduwowngf`` → ``duong``; else nothing."""
    bare = _TELEX_TONES.sub("", word.rstrip(_TELEX_TONE_LETTERS))
    bare = _TELEX_DOUBLED.sub(r"\1", bare.replace("w", ""))
    bare = _TELEX_DOUBLED.sub(r"\1", bare)
    for plain in (bare, bare[:-1]):  # a letter doubled at the end: "duongd", "quana"
        if plain != word and is_syllable(plain) and (plain == bare or bare[-1] in plain):
            return plain
    return ""


def from_vni(word: str) -> str:
    """A folded word typed in VNI without an input method as it was meant: ``d9u7o7ng2`` → ``duong``; else nothing."""
    if not _VNI.fullmatch(word):
        return ""
    plain = "".join(char for char in word if char.isalpha())
    return plain if is_syllable(plain) else ""
