"""What can be seen, and what only takes place."""

import pytest

from core.visible import has_visible

# Each alone: a reader sees nothing.
BLANKS = {
    "nothing": "",
    "spaces": " \t\n\u00a0\u2003\u3000",
    "Hangul filler": "\u3164",
    "half-width Hangul filler": "\uffa0",
    "Hangul fillers": "\u115f\u1160",
    "blank braille": "\u2800\u2800",
    "joiner": "\u200d",
    "non-joiner": "\u200c",
    "zero-width space": "\u200b",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "tags": "\U000e0074\U000e0061\U000e0067\U000e007f",
    "bidirectional controls": "\u202e\u202c\u2066\u2069\u061c",
    "variation selectors": "\ufe0f\U000e0101",
    "grapheme joiner": "\u034f",
    "Mongolian vowel separator": "\u180e",
    "Khmer inherent vowels": "\u17b4\u17b5",
    "null note head": "\U0001d159",
    "invisible operators": "\u2061\u2062\u2063\u2064",
    "marks without a base": "\u0301\u0323",
    "line separators": "\u2028\u2029",
    "private": "\ue000",
    "a lone surrogate": "\ud800",
    "a noncharacter": "\uffff",
    "a control": "\x00\x07\x85",
    "mixed": " \u3164\u200d\u2800\U000e0041 ",
}
SEEN = ["a", "Đ", "0", ".", "…", "한", "字", "🙂", "👨\u200d👩\u200d👧", "€", "\u3164x", "e\u0301"]


@pytest.mark.parametrize("name", BLANKS)
def test_nothing_is_seen(name: str) -> None:
    assert not has_visible(BLANKS[name])


@pytest.mark.parametrize("text", SEEN)
def test_something_is_seen(text: str) -> None:
    assert has_visible(text)
