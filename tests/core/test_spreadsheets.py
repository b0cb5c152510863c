from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from core.spreadsheets import csv_value, xlsx_value

ACTIVE = ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1", "\n=1", "\ufeff=1", "＝1", "=cmd|'/c calc'!A0"]
VALUES = [
    "#N/A",
    "#n/a",
    "#REF!",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "TRUE",
    "false ",
]
TEXTS = ["", "Cảng", "1,5 ha", "#1", "# ghi chú", "#hashtag", "TRUE hay FALSE", "a=b", "2020-2025", "N/A", "'=1"]


@pytest.mark.parametrize("text", [*ACTIVE, *VALUES])
def test_an_apostrophe_keeps_a_text_a_text(text: str) -> None:
    assert csv_value(text) == f"'{text}"


@pytest.mark.parametrize("text", TEXTS)
def test_other_texts_are_written_as_they_are(text: str) -> None:
    assert csv_value(text) == text


@pytest.mark.parametrize("value", [5, -5, 1.5, True, date(2026, 11, 18)])
def test_values_keep_their_kind(value: object) -> None:
    assert csv_value(value) is value
    assert xlsx_value(value) is value


def test_nothing_is_an_empty_cell() -> None:
    assert csv_value(None) == ""
    assert xlsx_value(None) is None
    assert xlsx_value("") is None


@pytest.mark.parametrize("text", [*ACTIVE, *VALUES, *filter(None, TEXTS), "dài" * 20_000, "a\x00b\x08"])
def test_a_cell_of_a_workbook_is_a_string(text: str) -> None:
    sheet = Workbook(write_only=True).create_sheet()
    cell = WriteOnlyCell(sheet, value=xlsx_value(text))
    assert cell.data_type == "s"
    assert len(str(cell.value)) <= 32_767
