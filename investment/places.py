"""Where a place named before 2025 lies now: communes and wards of Hà Nội were merged into 126 new ones.

Only what the official list says is used: a commune that was split among several new wards has several answers.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.text import fold

_PART = "(một phần)"
_KIND = re.compile(r"^(xã|phường|thị trấn)\s+", re.IGNORECASE)
_DISTRICT = re.compile(r"\b(?:huyện|quận|thị xã)\s+([^,(;]+)", re.IGNORECASE)
_NOW = re.compile(r"\(nay (?:thuộc )?((?:xã|phường) [^()]+)\)", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_AND = re.compile(r",|;|\bvà\b")


@dataclass(frozen=True)
class NewPlace:
    """The wards of 2025 that a published place belongs to now: their codes and what to print."""

    codes: tuple[str, ...] = ()
    text: str = ""


class OldPlaces:
    """Looks up a published place in the list of wards (rows with `code`, `name`, `legacy_wards`)."""

    def __init__(self, wards: Iterable[Mapping[str, str]]) -> None:
        self._names: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._whole: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._parts: dict[tuple[str, str], list[str]] = defaultdict(list)
        for ward in wards:
            self._names[ward["code"]] = ward["name"]
            self._codes[fold(ward["name"])] = ward["code"]
            for item in filter(None, (part.strip() for part in ward["legacy_wards"].split(";"))):
                commune, _comma, district = item.partition(",")
                table = self._parts if _PART in commune else self._whole
                table[_key(commune.replace(_PART, ""), district)].append(ward["code"])

    def find(self, place: str) -> NewPlace:
        """The new wards of "xã A và xã B, huyện C"; nothing unless every commune is on the list.

        Where the source adds the place of today itself, "(nay xã D)", that counts.
        """
        now = _NOW.search(place)
        if now and fold(now.group(1)) in self._codes:
            return self._answer([self._codes[fold(now.group(1))]])
        bare = _BRACKETS.sub("", place)
        district = _DISTRICT.search(bare)
        if district is None:
            return NewPlace()
        codes: list[str] = []
        for commune in filter(None, map(str.strip, _AND.split(bare[: district.start()]))):
            key = _key(commune, district.group(1))
            found = self._whole.get(key) or self._parts.get(key)
            if not found:
                return NewPlace()
            codes += [code for code in found if code not in codes]
        return self._answer(codes)

    def _answer(self, codes: list[str]) -> NewPlace:
        return NewPlace(tuple(codes), ", ".join(_lower_kind(self._names[code]) for code in codes))


def _key(commune: str, district: str) -> tuple[str, str]:
    district = re.sub(r"^(huyện|quận|thị xã)\s+", "", district.strip(), flags=re.IGNORECASE)
    return fold(_KIND.sub("", commune.strip())), fold(district.strip())


def _lower_kind(name: str) -> str:
    kind, space, rest = name.partition(" ")
    return kind.lower() + space + rest
