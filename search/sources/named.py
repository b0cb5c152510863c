"""Ids of things that have a name and no row: the same for the same name, whenever and wherever they are made."""

from __future__ import annotations

import hashlib

from core.text import fold

_ABOVE_ROWS = 1 << 40  # no row has so high an id, so both kinds of ids may stand side by side


def number_of(*names: str) -> int:
    """The id of a thing by its names, however their letters are written. Below 2^53, as JSON needs it."""
    digest = hashlib.sha256("\n".join(fold(name) for name in names).encode()).digest()
    return _ABOVE_ROWS + int.from_bytes(digest[:5])
