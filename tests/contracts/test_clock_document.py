"""docs/clock.md: every worked case in its tables is computed, so the page cannot go stale."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from issues.sla import SameDay, Target, WorkingCalendar, WorkingDays, WorkingTime, deadline, is_within_grace

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "clock.md").read_text(encoding="utf-8")
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = [["08:00", "12:00"], ["13:30", "17:30"]]
CALENDAR = WorkingCalendar.from_dict(
    {
        "timezone": HANOI.key,
        "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), OFFICE),
        "closed": ["2026-11-24"],
    }
)


def cases(heading: str = "Cases", columns: int = 6) -> Iterator[list[str]]:
    """The rows of the table under a heading, cell by cell."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == columns and cells[0] not in ("case", "---"):
            yield cells


SHORT = list(cases("A question answered soon", columns=5))


def moment(text: str) -> datetime:
    day, time = text.split()
    return datetime.fromisoformat(f"2026-11-{int(day):02}T{time}").replace(tzinfo=HANOI)


def target_of(text: str) -> Target:
    kind, number = re.fullmatch(r"(same day|working time|working days) (\d+)(?: h| min)?", text).groups()  # type: ignore[union-attr]
    match kind:
        case "same day":
            return SameDay(timedelta(hours=int(number)))
        case "working time":
            return WorkingTime(timedelta(minutes=int(number)))
    return WorkingDays(int(number))


def pauses_of(text: str) -> list[tuple[datetime, datetime | None]]:
    found = []
    for part in filter(None, text.split(", ")):
        start, _, end = part.partition("–")
        found.append((moment(start.strip()), moment(end.strip()) if end.strip() else None))
    return found


def test_the_table_is_there() -> None:
    assert len(list(cases())) >= 20


@pytest.mark.parametrize("cells", list(cases()), ids=lambda cells: cells[0])
def test_each_case_of_the_page(cells: list[str]) -> None:
    _name, target, received, pauses, not_before, due = cells
    found = deadline(
        calendar=CALENDAR,
        target=target_of(target),
        start=moment(received),
        pauses=pauses_of(pauses),
        not_before=moment(not_before) if not_before else None,
    )
    if due.startswith("none"):
        hours = int(re.search(r"(\d+) h left", due).group(1))  # type: ignore[union-attr]
        assert (found.due_at, found.left) == (None, timedelta(hours=hours))
    else:
        assert found.due_at == moment(due)


def test_the_table_of_short_pauses_is_there() -> None:
    assert len(SHORT) >= 8


@pytest.mark.parametrize("cells", SHORT, ids=lambda cells: cells[0])
def test_each_short_pause_of_the_page(cells: list[str]) -> None:
    _name, received, due_before, pauses, due_after = cells
    counted: list[tuple[datetime, datetime | None]] = []

    def due() -> datetime:
        found = deadline(calendar=CALENDAR, target=SameDay(), start=moment(received), pauses=counted).due_at
        assert found is not None
        return found

    assert due() == moment(due_before)
    for began, ended in pauses_of(pauses):
        assert ended is not None
        if not is_within_grace(CALENDAR, began, ended, due(), timedelta(minutes=5)):
            counted.append((began, ended))
    assert due() == moment(due_after)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:issues|bench|tests)/[\w/]+\.py)`", PAGE))))
def test_the_page_names_files_that_are_there(path: str) -> None:
    assert (ROOT / path).is_file()
