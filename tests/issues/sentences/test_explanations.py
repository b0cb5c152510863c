from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core import clock
from issues.actions.filing import step_json
from issues.clocks import calendars
from issues.sentences.explanations import explain_steps
from issues.sla import SameDay, WorkingDays, WorkingTime, deadline
from tests.issues.clockviews import CALENDAR, at
from tests.issues.clockviews import ZONE as HANOI


def steps_of(**fields: object) -> tuple:
    return deadline(**{"calendar": CALENDAR, "target": SameDay(), **fields}).steps  # type: ignore[arg-type]


def test_same_day() -> None:
    assert explain_steps(steps_of(start=at("15:20")), "en") == [
        "Received 15:20 Wed 18 Nov.",
        "2 h 10 min of working time was left that day, at least the 2 h that are needed.",
        "So the answer is due 17:30 Wed 18 Nov.",
    ]


def test_over_the_weekend() -> None:
    assert explain_steps(steps_of(start=at("16:40", 20)), "en") == [
        "Received 16:40 Fri 20 Nov.",
        "Only 50 min of working time was left that day, less than the 2 h that are needed.",
        "Sat 21 Nov to Sun 22 Nov are not working days.",
        "The next working day is Mon 23 Nov.",
        "So the answer is due 17:30 Mon 23 Nov.",
    ]


def test_a_pause() -> None:
    steps = steps_of(start=at("08:20"), pauses=[(at("09:00"), at("10:30"))])
    assert explain_steps(steps, "en", hours="12")[2:] == [
        "So it was first due 5:30 PM Wed 18 Nov.",
        "9:00 AM Wed 18 Nov: the clock stopped with 7 h of working time left.",
        "10:30 AM Wed 18 Nov: the clock resumed; the answer is due 9:30 AM Thu 19 Nov.",
    ]


def test_a_pause_after_the_due_time() -> None:
    steps = steps_of(start=at("08:20"), pauses=[(at("09:00", 19), None)])
    assert explain_steps(steps, "en")[-1] == "09:00 Thu 19 Nov: the clock stopped, when the time had run out already."


def test_a_time_that_was_granted() -> None:
    steps = steps_of(start=at("08:20"), not_before=at("17:30", 19))
    assert explain_steps(steps, "en")[2:] == [
        "By these hours alone it would be due 17:30 Wed 18 Nov.",
        "A time that was promised or granted is never shortened: the answer is due 17:30 Thu 19 Nov.",
    ]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        (WorkingTime(timedelta(hours=1)), "1 h of working time is given from receipt."),
        (WorkingDays(1), "1 working day after the day of receipt is Thu 19 Nov."),
        (WorkingDays(3), "3 working days after the day of receipt is Mon 23 Nov."),
    ],
)
def test_other_targets(target: object, sentence: str) -> None:
    assert sentence in explain_steps(steps_of(target=target, start=at("15:20")), "en")


@pytest.mark.parametrize("target", [SameDay(), WorkingTime(timedelta(hours=12)), WorkingDays(5)])
def test_the_log_says_the_same(target: object) -> None:
    steps = steps_of(target=target, start=at("17:00", 20), pauses=[(at("09:00", 23), at("10:00", 23))])
    assert explain_steps([step_json(step) for step in steps], "en") == explain_steps(steps, "en")


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        explain_steps([{"code": "nonsense"}])


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Tue 24 Nov is not a working day (Vietnam Cultural Day)."),
        ("vi", "Thứ Ba 24/11 không phải ngày làm việc (Ngày Văn hóa Việt Nam)."),
    ],
)
def test_a_holiday_is_named(language: str, sentence: str, db: None) -> None:
    with clock.at(at("15:31", 23)):
        calendar_id, calendar = calendars.calendar_for(None)
        steps = deadline(calendar=calendar, target=SameDay(), start=at("15:31", 23)).steps
        assert sentence in explain_steps(steps, language, calendar_id=calendar_id)


def test_of_many_holidays_the_first_and_the_last_are_named(db: None) -> None:
    received = datetime(2026, 2, 13, 16, 0, tzinfo=HANOI)
    with clock.at(received):
        calendar_id, calendar = calendars.calendar_for(None)
        steps = deadline(calendar=calendar, target=SameDay(), start=received).steps
        said = explain_steps(steps, "en", calendar_id=calendar_id)
    assert said[2] == (
        "Sat 14 Feb to Sun 22 Feb are not working days (Lunar New Year's Eve to Fourth Day of Lunar New Year)."
    )


def test_a_corrected_day_is_told_by_its_note(db: None) -> None:
    received = datetime(2025, 12, 31, 16, 0, tzinfo=HANOI)
    with clock.at(received):
        calendar_id, calendar = calendars.calendar_for(None)
        steps = deadline(calendar=calendar, target=SameDay(), start=received).steps
        said = explain_steps(steps, "en", calendar_id=calendar_id)
    assert said[2] == "Thu 1 Jan to Sun 4 Jan are not working days (New Year's Day, Day off, swapped)."


def test_the_page_of_the_clock_quotes_what_the_product_says(db: None) -> None:
    with clock.at(at("15:31", 23)):
        calendar_id, calendar = calendars.calendar_for(None)
        steps = deadline(calendar=calendar, target=SameDay(), start=at("15:31", 23)).steps
        said = explain_steps(steps, "en", calendar_id=calendar_id)
    page = (Path(__file__).resolve().parents[3] / "docs" / "clock.md").read_text(encoding="utf-8")
    quoted = " ".join(line.removeprefix("> ") for line in page.splitlines() if line.startswith("> "))
    assert quoted == " ".join(said)
