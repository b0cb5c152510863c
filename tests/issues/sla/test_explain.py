"""The steps by which a due time is explained."""

from datetime import UTC, date, datetime, timedelta

from issues.sla import SameDay, WorkingDays, WorkingTime, deadline

from .examples import HANOI, hanoi

HOUR = timedelta(hours=1)


def due(start, target=None, pauses=()):
    return deadline(calendar=HANOI, target=target or SameDay(), start=hanoi(start), pauses=pauses).due_at


class TestExplanation:
    def explain(self, start, target, pauses=()):
        return deadline(calendar=HANOI, target=target, start=hanoi(start), pauses=pauses).explanation

    def test_in_time(self):
        assert self.explain("2026-11-23 15:00", SameDay()) == [
            "received Mon 23 Nov 15:00",
            "2 h 30 min of working time left that day",
            "due Mon 23 Nov 17:30",
        ]

    def test_too_late_that_day(self):
        assert self.explain("2026-11-23 15:31", SameDay()) == [
            "received Mon 23 Nov 15:31",
            "less than 2 working hours left that day",
            "Tue 24 Nov is closed",
            "the next working day is Wed 25 Nov",
            "due Wed 25 Nov 17:30",
        ]

    def test_a_run_of_closed_days_and_another_year(self):
        assert self.explain("2025-12-31 18:00", SameDay()) == [
            "received Wed 31 Dec 18:00",
            "no working time left that day",
            "Thu 1 Jan 2026 to Sun 4 Jan 2026 are closed",
            "the next working day is Mon 5 Jan 2026",
            "due Mon 5 Jan 2026 17:30",
        ]

    def test_working_days_and_working_time(self):
        assert self.explain("2026-11-23 09:00", WorkingDays(3)) == [
            "received Mon 23 Nov 09:00",
            "Tue 24 Nov is closed",
            "3 working days after receipt is Fri 27 Nov",
            "due Fri 27 Nov 17:30",
        ]
        assert self.explain("2026-11-23 09:00", WorkingDays(5))[1:3] == [
            "Tue 24 Nov is closed",
            "Sat 28 Nov to Sun 29 Nov are closed",
        ]
        assert self.explain("2026-11-21 09:00", WorkingTime(HOUR)) == [
            "received Sat 21 Nov 09:00",
            "Sat 21 Nov to Sun 22 Nov are closed",
            "1 working hour from receipt",
            "due Mon 23 Nov 09:00",
        ]

    def test_pauses(self):
        pauses = [(hanoi("2026-11-23 16:00"), hanoi("2026-11-25 10:00")), (hanoi("2026-11-25 14:00"), None)]
        assert self.explain("2026-11-23 09:00", SameDay(), pauses)[2:] == [
            "due Mon 23 Nov 17:30",
            "paused Mon 23 Nov 16:00 with 1 h 30 min of working time left",
            "resumed Wed 25 Nov 10:00, due Wed 25 Nov 11:30",
            "paused Wed 25 Nov 14:00, when the time had run out",
        ]

    def test_a_pause_that_begins_at_the_due_time_finds_none_left(self):
        pauses = [(hanoi("2026-11-23 17:30"), hanoi("2026-11-25 10:00"))]
        assert self.explain("2026-11-23 09:00", SameDay(), pauses)[3:] == [
            "paused Mon 23 Nov 17:30, when the time had run out",
            "resumed Wed 25 Nov 10:00, due Mon 23 Nov 17:30",
        ]

    def test_times_are_local_wherever_the_receipt_was_written_down(self):
        start = datetime(2026, 11, 23, 8, 31, tzinfo=UTC)
        assert deadline(calendar=HANOI, target=SameDay(), start=start).explanation[0] == "received Mon 23 Nov 15:31"

    def test_the_steps_can_be_said_in_any_language(self):
        start = hanoi("2026-11-23 15:31")
        steps = deadline(calendar=HANOI, target=SameDay(), start=start).steps
        assert [(step.code, dict(step.params)) for step in steps] == [
            ("received", {"at": start}),
            ("too_little_left", {"left": timedelta(hours=1, minutes=59), "minimum": 2 * HOUR}),
            ("closed_day", {"date": date(2026, 11, 24), "kind": "closed"}),
            ("next_working_day", {"date": date(2026, 11, 25)}),
            ("due", {"at": hanoi("2026-11-25 17:30")}),
        ]
