"""A new index beside the one in use, as every store offers it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from search.engines.base import Document


class Store(Protocol):
    """Where an index is built under a name of its own."""

    def add(self, name: str, documents: Iterable[Document]) -> None:
        """Add a batch to the index being built; EngineUnavailable where it is gone."""

    def swap(self, name: str) -> int:
        """Put it in the place of the one in use in one step; returns its number of documents."""

    def abandon(self, name: str) -> None:
        """Drop it."""


class StoreRebuild:
    """A new index beside the one in use. Nothing of it is visible before `finish`."""

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self.name = name

    def put(self, documents: Iterable[Document]) -> None:
        """Add a batch. EngineUnavailable when a later rebuild has replaced this one."""
        self._store.add(self.name, documents)

    def finish(self) -> int:
        """Put the new index in the place of the old in one step; returns its number of documents."""
        return self._store.swap(self.name)

    def abandon(self) -> None:
        """Drop the new index; the one in use stays."""
        self._store.abandon(self.name)
