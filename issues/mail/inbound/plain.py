"""The text of a mail in HTML: its words in lines, what its program quoted marked with ">" as in a plain mail.

One pass over the tokens of the WHATWG tokenizer. Building the tree of HTML 5 asks every open element at every tag, so
its cost can grow with the square of what is open; here an end tag asks where its start is, and an element is opened and
closed once.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

import turbohtml
from turbohtml import TokenType

from issues.mail.inbound.attributions import BEGIN_OF_QUOTE, SIGNATURE
from issues.mail.inbound.lines import Gap, Lines

_SPACE = re.compile(r"[ \t\n\r\f\v\xa0]+")
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"}
)
_LEFT_OUT = frozenset({"style", "script", "title", "template", "xml"})
_PARAGRAPHS = frozenset({"p", "blockquote", "pre", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr"})
_LINES = frozenset(
    {"div", "li", "tr", "dt", "dd", "center", "section", "article", "header", "footer", "address", "form"}
)
# An end tag of anything else does not close them.
_CONTAINERS = frozenset({"body", "blockquote", "ul", "ol", "dl", "table", "tbody", "tr", "td", "th", "pre"}) | _LINES
_CELLS = frozenset({"td", "th"})

# Elements that hold nothing but a quotation or the line that introduces one, by class.
_QUOTED_CLASSES = frozenset({"gmail_attr", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote_header"})
# Where a program puts the header block of the mail that is answered: everything below is quoted.
_BEGIN_IDS = frozenset({"divrplyfwdmsg", "zwchr", "mail-editor-reference-message-container"})
_BEGIN_CLASSES = frozenset({"outlookmessageheader", "outlookreplyheader", "ms-outlook-mobile-reference-message"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_KEEPS_SPACE = re.compile(r"white-space\s*:\s*(pre|break-spaces)", re.IGNORECASE)
# "Indent" in the editor of Gmail and Outlook is a quotation only by its name.
_INDENT = re.compile(
    r"margin(-left)?\s*:\s*(0(px)?\s+0(px)?\s+0(px)?\s+)?[\d.]+(px|pt|cm|in|em)\s*(;|$)", re.IGNORECASE
)
_BORDER = re.compile(r"border-left(-width)?\s*:\s*(?!\s|none|0|medium none)", re.IGNORECASE)
_SIGNATURE = re.compile(r"\s*--[ \xa0]\s*")
_LONGEST_STYLE = 1_000  # characters that are looked at


@dataclass(frozen=True, slots=True)
class _State:
    """What an element passes on to what is inside."""

    quotes: int = 0
    is_hidden: bool = False
    keeps_space: bool = False


@dataclass(slots=True)
class _Open:
    """An element that is open. `before`: the state outside of it."""

    tag: str
    before: _State
    link: str = ""
    is_ordered: bool = False
    items: int = 0  # of a list, so far
    words_before: int = 0


def text_of_html(html: str) -> str:
    """The visible text: a line for each block, quotations marked with ">", cells of a row divided by "|".

    The time grows in proportion to the length, whatever is inside.
    """
    reader = _Reader()
    for token in turbohtml.tokenize(html):
        if token.type == TokenType.TEXT:
            reader.words(token.data or "")
        elif token.type == TokenType.START_TAG:
            # Of an attribute that is there twice, the first one counts.
            reader.start(token.tag or "", {name: value or "" for name, value in reversed(token.attrs or ())})
        elif token.type == TokenType.END_TAG:
            reader.end(token.tag or "")
    reader.lines.end_line()
    return "\n".join(reader.lines.done)


class _Reader:
    def __init__(self) -> None:
        self.lines = Lines()
        self._state = _State()
        self._open: list[_Open] = []
        self._places: dict[str, list[int]] = defaultdict(list)  # of open elements, by tag
        self._containers: list[int] = []
        self._begins_quote = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _PARAGRAPHS or tag in _LINES or tag in _CELLS:
            self._close_paragraph()
        if not self._state.is_hidden:
            self._mark_begin_of_quote(tag, attributes)
            self._break_before(tag, attributes)
        if tag in _VOID:
            return
        place = len(self._open)
        self._open.append(
            _Open(tag, self._state, _link_of(tag, attributes), tag == "ol", words_before=self.lines.added)
        )
        self._places[tag].append(place)
        if tag in _CONTAINERS:
            self._containers.append(place)
        if attributes or tag in _LEFT_OUT or tag in ("blockquote", "pre"):
            self._state = _inside(self._state, tag, attributes)

    def _close_paragraph(self) -> None:
        """A paragraph has no end tag where the next block begins."""
        place = self._last("p")
        if place is not None:
            if not self._state.is_hidden:
                self.lines.ask(Gap.PARAGRAPH)
            self._close_from(place)

    def end(self, tag: str) -> None:
        place = self._last(tag, through_containers=tag in _CONTAINERS)
        if place is not None and not self._state.is_hidden:
            self._say_link(self._open[place])
        if not self._state.is_hidden:
            self.lines.ask(_gap_of(tag))
        self._close_from(place)

    def words(self, text: str) -> None:
        if self._state.is_hidden:
            return
        if self._begins_quote and text.strip():
            self._begins_quote = False
            self._line(BEGIN_OF_QUOTE)
        if self._state.keeps_space:
            self._lines_as_they_are(text)
            return
        if _SIGNATURE.fullmatch(text):
            self.lines.add(SIGNATURE, self._state.quotes)
            return
        plain = _SPACE.sub(" ", text)
        if plain.startswith(" "):
            self.lines.ask(Gap.SPACE)
        if words := plain.strip(" "):
            self.lines.add(words, self._state.quotes)
            if plain.endswith(" "):
                self.lines.ask(Gap.SPACE)

    def _line(self, text: str) -> None:
        self.lines.ask(Gap.PARAGRAPH)
        self.lines.add(text, self._state.quotes)
        self.lines.ask(Gap.LINE)

    def _lines_as_they_are(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                self._line_break()
            if line := line.rstrip("\r"):
                self.lines.add(line, self._state.quotes)

    def _line_break(self) -> None:
        """A second one leaves a line empty."""
        if self.lines.gap != Gap.CELL:
            is_second = self.lines.gap in (Gap.LINE, Gap.PARAGRAPH)
            self.lines.gap = Gap.PARAGRAPH if is_second else Gap.LINE

    def _mark_begin_of_quote(self, tag: str, attributes: dict[str, str]) -> None:
        classes = attributes.get("class", "").lower().split()
        name = attributes.get("id", "").lower().removeprefix("x_")
        if (
            name in _BEGIN_IDS
            or not _BEGIN_CLASSES.isdisjoint(classes)
            or attributes.get("data-marker") == "__DIVIDER__"
        ):
            self._begins_quote = True

    def _break_before(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self._line_break()
        elif tag == "tr":
            self.lines.gap = Gap.LINE
        elif tag in _CELLS:
            self.lines.gap = Gap.CELL if self._has_words_in_row() else Gap.LINE
        elif tag == "img":
            if picture := _emoji(attributes):
                self.lines.add(picture, self._state.quotes)
        else:
            self.lines.ask(_gap_of(tag))
            if tag == "li":
                self._start_item()

    def _has_words_in_row(self) -> bool:
        row = self._last("tr", through_containers=True)
        return row is not None and self.lines.added > self._open[row].words_before

    def _start_item(self) -> None:
        places = [places[-1] for tag in ("ul", "ol") if (places := self._places[tag])]
        parent = self._open[max(places)] if places else None
        if parent is not None:
            parent.items += 1
        self.lines.add(f"{parent.items}." if parent is not None and parent.is_ordered else "-", self._state.quotes)
        self.lines.gap = Gap.SPACE

    def _say_link(self, opened: _Open) -> None:
        """The address behind words belongs to what they say; one that is shown is not repeated."""
        if not opened.link or self.lines.added == opened.words_before:
            return
        bare = opened.link.partition("://")[2].removesuffix("/")
        if bare not in "".join(self.lines.parts[-8:]):
            self.lines.gap = Gap.SPACE
            self.lines.add(f"<{opened.link}>", self._state.quotes)

    def _last(self, tag: str, *, through_containers: bool = False) -> int | None:
        places = self._places[tag]
        if not places:
            return None
        is_inside = through_containers or not self._containers or places[-1] > self._containers[-1]
        return places[-1] if is_inside else None

    def _close_from(self, place: int | None) -> None:
        """Close the element at that place with everything inside of it."""
        if place is None:
            return
        self._state = self._open[place].before
        for closed in self._open[place:]:
            self._places[closed.tag].pop()
        del self._open[place:]
        while self._containers and self._containers[-1] >= place:
            self._containers.pop()


def _gap_of(tag: str) -> Gap:
    if tag in _PARAGRAPHS:
        return Gap.PARAGRAPH
    return Gap.LINE if tag in _LINES else Gap.NONE


def _inside(state: _State, tag: str, attributes: dict[str, str]) -> _State:
    style = attributes.get("style", "")[:_LONGEST_STYLE]
    is_hidden = state.is_hidden or tag in _LEFT_OUT or "hidden" in attributes or bool(_HIDDEN.search(style))
    keeps_space = state.keeps_space or tag == "pre" or bool(_KEEPS_SPACE.search(style))
    return _State(state.quotes + _is_quoted(tag, attributes, style), is_hidden, keeps_space)


def _is_quoted(tag: str, attributes: dict[str, str], style: str) -> bool:
    classes = attributes.get("class", "").lower().split()
    if not _QUOTED_CLASSES.isdisjoint(classes):
        return True
    if tag != "blockquote":
        return False
    is_plain = not classes and "type" not in attributes and "cite" not in attributes
    return not (is_plain and _INDENT.search(style) and not _BORDER.search(style))


def _link_of(tag: str, attributes: dict[str, str]) -> str:
    address = attributes.get("href", "").strip() if tag == "a" else ""
    return address if address.lower().startswith(("http://", "https://")) and len(address) <= 2_000 else ""


def _emoji(attributes: dict[str, str]) -> str:
    """Programs write some emoji as an image; the words of other images are not the person's."""
    alt = attributes.get("alt", "").strip()
    return alt if 0 < len(alt) <= 8 and not any(c.isascii() for c in alt) else attributes.get("data-emoji", "")[:8]
