"""Lines of a text as they grow word by word: gaps between blocks, cells of a row, marks of quotations."""

from dataclasses import dataclass, field
from enum import IntEnum

from issues.mail.inbound.attributions import SIGNATURE

_DEEPEST_MARK = 3


class Gap(IntEnum):
    """What stands between the words before and the next ones; the widest one wins."""

    NONE, SPACE, LINE, PARAGRAPH, CELL = range(5)


@dataclass
class Lines:
    """Lines as they grow, each with its depth of quotation."""

    done: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    depth: int = 0
    gap: Gap = Gap.NONE
    added: int = 0  # how often words were

    def ask(self, gap: Gap) -> None:
        self.gap = max(self.gap, gap)

    def add(self, text: str, depth: int) -> None:
        """Add words that have no line break."""
        if self.parts and depth != self.depth:
            self.gap = Gap.PARAGRAPH if depth > self.depth else Gap.LINE
        if self.gap in (Gap.LINE, Gap.PARAGRAPH):
            self.end_line()
            if self.gap == Gap.PARAGRAPH:
                self.blank(min(depth, self.depth))
        elif self.parts and self.gap == Gap.CELL:
            self.parts.append(" | ")
        elif self.parts and self.gap == Gap.SPACE:
            self.parts.append(" ")
        self.gap, self.depth = Gap.NONE, depth
        self.parts.append(text)
        self.added += 1

    def end_line(self) -> None:
        if self.parts:
            line = "".join(self.parts)
            self.done.append(_mark(self.depth) + (line if line == SIGNATURE else line.rstrip()))
            self.parts = []

    def blank(self, depth: int) -> None:
        """A blank line, unless there is one."""
        line = _mark(depth).rstrip()
        if self.done and self.done[-1] != line:
            self.done.append(line)


def _mark(depth: int) -> str:
    return ">" * min(depth, _DEEPEST_MARK) + (" " if depth else "")
