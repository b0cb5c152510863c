"""Texts in files for spreadsheets: a text stays one, whatever a spreadsheet would make of it."""

import re
from typing import Any

from openpyxl.cell.rich_text import CellRichText

from core.text import clean

_LONGEST = 32_767  # characters: the most that a cell holds
# What makes a formula at the beginning of a cell, in full width too; spaces before it are skipped.
_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r]")
# Error values and truth values, as spreadsheets read them from a CSV file (ECMA-376 part 1, 18.17.3).
_VALUE = re.compile(r"\s*(?:#(?:N/A|GETTING_DATA|[A-Z][A-Z0-9/_]*[!?])|TRUE|FALSE)\s*", re.IGNORECASE)


def csv_value(value: Any) -> Any:
    """A value for `csv.writer`; a text that would become a formula, an error or a truth value gets an apostrophe."""
    if not isinstance(value, str):
        return "" if value is None else value
    return f"'{value}" if _FORMULA.match(value) or _VALUE.fullmatch(value) else value


def xlsx_value(value: Any) -> Any:
    """A value for a cell of openpyxl, which otherwise takes `=1+1` for a formula and `#N/A` for an error.

    Numbers, dates and truth values keep their kind.
    """
    if not isinstance(value, str):
        return value
    text = clean(value)[:_LONGEST]
    return CellRichText([text]) if text[:1] in ("=", "#") else text or None
