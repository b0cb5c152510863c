"""Exports of the administration: lists and reports of Wagtail, as CSV and XLSX."""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from core.spreadsheets import csv_value, xlsx_value

_WRITERS = {SpreadsheetExportMixin.FORMAT_CSV: csv_value, SpreadsheetExportMixin.FORMAT_XLSX: xlsx_value}
_preprocess = SpreadsheetExportMixin.preprocess_field_value


def _as_text(view: SpreadsheetExportMixin, field: str, value: Any, export_format: str) -> Any:
    return _WRITERS[export_format](_preprocess(view, field, value, export_format))


def connect() -> None:
    """Every list and report then writes texts as texts.

    Wagtail guards its XLSX against formulas but not against errors, and its CSV against nothing. Its reports are views
    of its own, so the mixin that all of them share is the one place; `preprocess_field_value` is public.
    """
    SpreadsheetExportMixin.preprocess_field_value = _as_text
