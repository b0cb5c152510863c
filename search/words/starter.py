"""The groups that a new installation begins with. Editors change them afterwards; they are never overwritten."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("starter.csv")
_BETWEEN = " | "


@dataclass(frozen=True)
class Starter:
    """One row of the file, as `search.models.WordGroup` stores it: one word or phrase a line."""

    forms: str
    also_typed: str
    note: str


def read() -> Iterator[Starter]:
    """The rows of starter.csv in their order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Starter(_lines(row["forms"]), _lines(row["also_typed"]), row["note"])


def _lines(cell: str) -> str:
    return cell.replace(_BETWEEN, "\n")
