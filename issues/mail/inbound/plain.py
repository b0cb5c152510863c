"""The text of a mail that has only HTML: its words in lines, quotations and everything invisible left out."""

import re
from html.parser import HTMLParser

_SPACE = re.compile(r"\s+")
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "hr"})
_LEFT_OUT = frozenset({"head", "style", "script", "title", "blockquote"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "wbr"})
_QUOTES = ("gmail_quote", "gmail_attr", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._open: list[tuple[str, bool]] = []  # tag, and whether what is inside is left out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.pieces.append("\n")
        if tag in _VOID:
            return
        classes = next((value or "" for name, value in attrs if name == "class"), "")
        hidden = tag in _LEFT_OUT or any(name in classes for name in _QUOTES)
        self._open.append((tag, hidden or self._is_hidden))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.pieces.append("\n")
        for number in range(len(self._open) - 1, -1, -1):
            if self._open[number][0] == tag:
                del self._open[number:]
                return

    def handle_data(self, data: str) -> None:
        if not self._is_hidden:
            self.pieces.append(_SPACE.sub(" ", data))

    @property
    def _is_hidden(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def text_of_html(html: str) -> str:
    """The visible text, one line for each block."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.pieces).split("\n")]
    return "\n".join(line for number, line in enumerate(lines) if line or (number and lines[number - 1]))
