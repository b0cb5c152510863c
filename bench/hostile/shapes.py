"""Texts made to be slow: each shape is a function of the number of characters."""

from collections.abc import Callable
from itertools import count

Shape = Callable[[int], str]

_HTML = ("<div>", "</div>", "<blockquote>", "<p ", "<!--", "&", "<a href='")
_unique = count()


def repeated(piece: str, begin: str = "a") -> Shape:
    """So many characters of one piece, after a beginning."""
    return lambda n: (begin + piece * (n // len(piece) + 1))[:n]


# Marks first: normalising them was what stopped a process.
MARKS: dict[str, Shape] = {
    "marks of one class": repeated("\u0301"),
    "marks of two classes": repeated("\u0301\u0323"),
    "marks outside of the first plane": repeated("\U0001e8d0"),
    "Tibetan marks of class 0": repeated("\u0f73\u0f71"),
    "marks and joiners": repeated("\u0301\u0323\u034f"),
    "marks and zero-width joiners": repeated("\u0323\u0301\u200d"),
    "the most marks on each letter": repeated("e" + "\u0323\u0301" * 4),
    "hangul letters": repeated("\u1100\u1161\u11a8", ""),
    "ligatures that fold longer": repeated("\ufb03\ufdfa", ""),
}
PLAIN: dict[str, Shape] = {
    "one long word": repeated("a"),
    "digits": repeated("1"),
    "numbers with separators": repeated("1,"),
    "different words": lambda n: " ".join(map(str, range(n // 5)))[:n],
    "different values": lambda n: ",".join(map(str, range(n // 5)))[:n],
    "words of one letter": repeated("a "),
    "words of one character, Vietnamese": repeated("đ ế "),
    "spaces": lambda n: "a" + " " * (n - 2) + "a",
    "line breaks": repeated("\r\n"),
    "tabs and spaces": repeated("\t "),
    "mentions": repeated("@a ", ""),
    "a mention of one long name": repeated("a", "@"),
    "an address of many dots": repeated("a.", "@a@"),
    "at signs": repeated("@", ""),
    "open brackets": repeated("(", ""),
    "open braces": repeated("{a", ""),
    "places": repeated("(nay xã ", ""),
    "hyphens": repeated("-", ""),
    "percent signs": repeated("%", ""),
    "quotes": repeated("\"'", ""),
    "backslashes": repeated("\\", ""),
    "commas": repeated(",", ""),
    "slashes": repeated("/", ""),
    "dots": repeated(".", ""),
    "underscores": repeated("_", ""),
    "doubled letters": repeated("aaww", ""),
    "tone letters of Telex": repeated("sf"),
    "digits and a letter of no alphabet": lambda n: "a" + "1" * (n - 9) + "一",
    "syllables without spaces": repeated("uye", ""),
    "a word of the query": repeated("nhà ở ", ""),
    "quoted lines": repeated("> a\n", ""),
    "attributions": repeated("On Mon, 1 Jan 2026 a <a@b> wrote:\n", ""),
    "headers": repeated("From: a\nTo: b\n", ""),
    "lines of underscores": repeated("_" * 12 + "\n", ""),
    "surrogates": repeated("\ud800", ""),
    "ideographs": repeated("一", ""),
    "emoji": repeated("👩\u200d💻", ""),
}
HTML: dict[str, Shape] = {f"HTML: {piece}": repeated(piece, "") for piece in _HTML} | {
    "HTML: open tags that are closed elsewhere": lambda n: "<p>" * (n // 8) + "</i>" * (n // 8),
}
TEXTS = MARKS | PLAIN
# For whole requests, which pass the functions that are measured with all of them.
SOME = {
    name: TEXTS[name]
    for name in (
        "marks of two classes", "marks and zero-width joiners", "the most marks on each letter",
        "ligatures that fold longer",
        "one long word", "numbers with separators", "different values", "spaces", "line breaks", "mentions",
        "an address of many dots", "percent signs", "quotes", "slashes",
    )
}  # fmt: skip


def fresh(shape: Shape, n: int) -> str:
    """The text, a little different each time, so that no cache answers in its place."""
    return shape(n - 8) + f" {next(_unique):x}".ljust(8)
