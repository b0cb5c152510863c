"""English left on a Vietnamese page."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[2] / "locale"
# What a reader sees or hears, but not what is marked as English.
_TEXTS = """() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    const element = node.nodeType === 3 ? node.parentElement : node;
    if (element.closest("[lang=en], script, style, noscript, template, code, pre")) continue;
    if (node.nodeType === 3) found.add(node.textContent);
    else for (const name of ["aria-label", "placeholder", "title", "alt"]) found.add(node.getAttribute(name) ?? "");
  }
  found.add(document.title);
  return [...found].map(text => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""
_SMALL_WORDS = re.compile(r"\b(the|of|and|is|are|was|with|your|this|that|for|from|by|not|you|to)\b", re.IGNORECASE)
_VIETNAMESE = re.compile("[À-ỹ]")


@cache
def english_words() -> frozenset[str]:
    """The sources whose translation differs, and those that have none."""
    found = set()
    for catalogue in (LOCALE / "vi" / "LC_MESSAGES").glob("*.po"):
        with catalogue.open("rb") as file:
            for message in read_po(file, locale="vi"):
                sources = message.id if isinstance(message.id, tuple) else (message.id,)
                targets = message.string if isinstance(message.string, tuple) else (message.string,)
                found.update(source for source in sources if source and source not in targets)
                found.difference_update(target for target in targets if target)
    return frozenset(found)


def english_left(page: Any) -> list[str]:
    """Texts of the page that are a source of the catalogue, or read like English sentences."""
    return [text for text in page.evaluate(_TEXTS) if text in english_words() or _reads_english(text)]


def _reads_english(text: str) -> bool:
    return not _VIETNAMESE.search(text) and len(_SMALL_WORDS.findall(text)) >= 2
