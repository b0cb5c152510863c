"""How fast the working-time clock is: `python -m bench.clock`.

The baseline is the reference of the tests, which looks at every single minute; it is timed in the same run on the
same questions, and its answers are compared with the clock's.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from issues.sla import SameDay, WorkingCalendar, deadline
from tests.issues.sla.reference import MinuteClock

RUNS = 7
SECONDS = 0.3
MINUTE = timedelta(minutes=1)

OFFICE = [["08:00", "12:00"], ["13:30", "17:30"]]
DATA = {
    "timezone": "Asia/Ho_Chi_Minh",
    "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), OFFICE),
    "closed": ["2026-11-24"],
    "special": {"2026-01-10": OFFICE},
}
START = datetime(2026, 11, 23, 1, 31, tzinfo=UTC)
PAUSES = [
    (START + 30 * MINUTE, START + 75 * MINUTE),
    (START + 120 * MINUTE, START + 150 * MINUTE),
]
TARGET = SameDay()

Question = Callable[[], object]


def per_second(question: Question) -> float:
    """Median over the runs of how often a second the question is answered."""
    count, spent = 1, 0.0
    while True:
        spent = timed(question, count)
        if spent >= SECONDS / 4:
            break
        count *= 2
    count = max(1, round(count * SECONDS / spent))
    return statistics.median(count / timed(question, count) for _ in range(RUNS))


def timed(question: Question, count: int) -> float:
    begin = time.perf_counter()
    for _ in range(count):
        question()
    return time.perf_counter() - begin


def questions() -> list[tuple[str, Question, Question | None]]:
    """Name, the clock's way and the reference's way to the same answer; the reference cannot explain."""
    calendar = WorkingCalendar.from_dict(DATA)
    reference = MinuteClock(DATA)
    end = START + timedelta(days=7)

    def slow_deadline() -> datetime | None:
        due = reference.same_day(START, TARGET.minimum // MINUTE)
        return reference.work_off(START, reference.between(START, due), PAUSES)

    return [
        (
            "deadline(), same day, two pauses",
            lambda: deadline(calendar=calendar, target=TARGET, start=START, pauses=PAUSES).due_at,
            slow_deadline,
        ),
        (
            "the same with its explanation",
            lambda: deadline(calendar=calendar, target=TARGET, start=START, pauses=PAUSES).explanation,
            None,
        ),
        ("add(), 1 hour", lambda: calendar.add(START, 60 * MINUTE), lambda: reference.add(START, 60)),
        ("add(), 40 hours", lambda: calendar.add(START, 2400 * MINUTE), lambda: reference.add(START, 2400)),
        (
            "between(), a week",
            lambda: calendar.between(START, end) // MINUTE,
            lambda: reference.between(START, end),
        ),
    ]


def main() -> None:
    print(
        f"Answers a second, median of {RUNS} runs; the baseline looks at every minute (tests/issues/sla/reference.py)"
    )
    print(f"{'':34}{'clock':>12}{'baseline':>12}{'ratio':>10}")
    for name, fast, slow in questions():
        clock = per_second(fast)
        if slow is None:
            print(f"{name:34}{clock:>12,.0f}{'-':>12}{'-':>10}")
            continue
        if fast() != slow():
            raise SystemExit(f"{name}: the clock says {fast()}, the baseline {slow()}.")
        baseline = per_second(slow)
        print(f"{name:34}{clock:>12,.0f}{baseline:>12,.1f}{clock / baseline:>9,.0f}x")


if __name__ == "__main__":
    main()
