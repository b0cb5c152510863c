"""How Vietnamese words are typed where a keyboard writes no marks: without them, or in Telex; and keyboard walks."""

import itertools

from core.text import normal

_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_QUALITIES = {"\u0302": "", "\u0306": "w", "\u031b": "w"}  # of the circumflex: the letter once more
_WALK = 4  # keys in a row that nobody types by chance
_ROWS = (("1234567890-=", 0.0), ("qwertyuiop[]", 0.5), ("asdfghjkl;'", 0.75), ("zxcvbnm,./", 1.25))
_KEYS = {key: (row, shift + n) for row, (keys, shift) in enumerate(_ROWS) for n, key in enumerate(keys)}


def spellings(words: str) -> set[str]:
    """How one or more words are typed without spaces: "mật khẩu" → `matkhau`, `maatjkhaaur`, `maajtkhaaur`, …

    Nobody mixes habits within a phrase: all words are typed in the first way, or all in the second, and so on.
    """
    return {"".join(ways) for ways in zip(*map(_syllable, words.split()), strict=True)}


def _syllable(word: str) -> list[str]:
    """The ways to type one syllable: without marks; the letter's mark alone; the tone after its vowel; at the end; …"""
    letters: list[str] = []
    tone, tone_at, late = "", 0, ""
    for char in normal(word.lower(), "NFD"):
        if char in _TONES:
            tone, tone_at = _TONES[char], len(letters)
        elif char in _QUALITIES:
            key = _QUALITIES[char] or letters[-1][0]
            letters[-1] += key
            late = key
        else:
            letters.append("dd" if char == "đ" else char)
    plain = "".join(letter[:1] for letter in letters)
    marked = "".join(letters)
    inline = "".join(letters[:tone_at]) + tone + "".join(letters[tone_at:])
    # Windows of one key less: `uow` for ươ, and the mark typed when the word is written.
    horn = marked.replace("uwow", "uow")
    return [plain, marked, inline, marked + tone, horn + tone, plain + late + tone, plain + tone + late]


def walked(text: str) -> set[int]:
    """Which characters belong to a walk: keys side by side, or characters counted up, counted down or repeated."""
    steps = [_step(a, b) for a, b in itertools.pairwise(text)]
    found: set[int] = set()
    for kinds in ({"up"}, {"down"}, {"same"}, {"side"}):
        at = 0
        for belongs, run in itertools.groupby(steps, key=lambda step: bool(step & kinds)):
            length = len(list(run))
            if belongs and length + 1 >= _WALK:
                found.update(range(at, at + length + 1))
            at += length
    return found


def _step(a: str, b: str) -> set[str]:
    kinds = {0: {"same"}, 1: {"up"}, -1: {"down"}}.get(ord(b) - ord(a), set())
    if a != b and a in _KEYS and b in _KEYS:
        (row, x), (other_row, other_x) = _KEYS[a], _KEYS[b]
        if abs(row - other_row) <= 1 and abs(x - other_x) <= 1:
            return {*kinds, "side"}
    return kinds
