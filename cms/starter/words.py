"""How starting words are written down."""

from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]


def heading(text: str) -> Block:
    return {"type": "heading", "value": {"text": text, "level": "h2"}}


def paragraph(*texts: str) -> Block:
    return {"type": "paragraph", "value": "".join(f"<p>{text}</p>" for text in texts)}


def bullets(*texts: str) -> Block:
    return {"type": "list", "value": [f"<p>{text}</p>" for text in texts]}


def callout(title: str, text: str) -> Block:
    return {"type": "callout", "value": {"heading": title, "text": f"<p>{text}</p>"}}


@dataclass(frozen=True)
class Starter:
    """One page in one language. `fields` are those of its model; `streams` hold raw blocks."""

    title: str
    slug: str
    fields: dict[str, str] = field(default_factory=dict)
    streams: dict[str, list[Block]] = field(default_factory=dict)


@dataclass(frozen=True)
class StarterPair:
    """A page in both languages under one key, which makes its translation key."""

    key: str
    vi: Starter
    en: Starter

    def in_language(self, code: str) -> Starter:
        return self.en if code == "en" else self.vi
