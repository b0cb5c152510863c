"""The table of states and transitions as a document."""

from collections.abc import Iterable

import pytest

from issues.commands.table import TRANSITIONS
from issues.management.state_matrix import matrix, matrix_lines

pytestmark = pytest.mark.django_db
Cells = dict[tuple[str, str, str], int]


def read_cells(lines: Iterable[str]) -> Cells:
    """The last table of the page: each cell by state, transition and role."""
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "|" in line]
    columns = {role: number for number, roles in enumerate(rows[0]) for role in roles.split(", ")}
    return {
        (state, name, role): int(row[columns[role]].strip("*"))
        for row in rows[2:]
        for name in (TRANSITIONS if row[0] == "any" else [row[0].strip("`")])
        for state in row[1].split(", ")
        for role in [*columns][2:]
    }


def test_the_document_shows_every_cell() -> None:
    """Each role is in one column; each transition, or all of them, has each state in one row."""
    assert read_cells(matrix_lines()) == {key: int(status) for key, status in matrix().items()}
