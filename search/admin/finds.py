"""What words find now, beside the form in which an editor groups them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search import documents, engines
from search.engines.base import EngineUnavailable, SearchQuery
from search.finding import find


@dataclass(frozen=True)
class Finds:
    """One word or phrase, and how many documents of the public site a search for it finds."""

    line: str
    count: int


def finds(lines: Sequence[str], locale: str) -> list[Finds] | None:
    """The counts in the order of `lines`; None where there is no engine, or it does not answer."""
    engine = engines.current()
    if engine is None:
        return None
    kinds = documents.published()
    try:
        return [
            Finds(line, find(engine, line, SearchQuery(locale=locale, kinds=kinds, limit=0)).result.count)
            for line in lines
        ]
    except EngineUnavailable:
        return None
