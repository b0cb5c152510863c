from datetime import UTC, date, datetime, timedelta

import pytest

from issues.sla import CalendarError, SameDay, WorkingCalendar, WorkingDays, WorkingTime, cutoff, deadline

from .examples import HANOI, OFFICE, every_day, hanoi, local

HOUR = timedelta(hours=1)


def due(start, target=None, pauses=()):
    return deadline(calendar=HANOI, target=target or SameDay(), start=hanoi(start), pauses=pauses).due_at


class TestSameDay:
    @pytest.mark.parametrize(
        ("received", "answered_by"),
        [
            ("2026-11-23 00:00", "2026-11-23 17:30"),
            ("2026-11-23 08:00", "2026-11-23 17:30"),
            ("2026-11-23 12:30", "2026-11-23 17:30"),  # lunch
            ("2026-11-23 15:29:59.999999", "2026-11-23 17:30"),
            ("2026-11-23 15:30", "2026-11-23 17:30"),  # exactly two hours left
            ("2026-11-23 15:30:00.000001", "2026-11-25 17:30"),  # a microsecond too late, and the 24th is closed
            ("2026-11-23 17:30", "2026-11-25 17:30"),
            ("2026-11-23 23:59:59.999999", "2026-11-25 17:30"),
            ("2026-11-24 10:00", "2026-11-25 17:30"),  # on the closed day
            ("2026-11-20 18:00", "2026-11-23 17:30"),  # Friday evening
            ("2026-11-21 09:00", "2026-11-23 17:30"),  # Saturday
            ("2026-02-13 15:31", "2026-02-23 17:30"),  # before Tet
            ("2026-02-13 15:30", "2026-02-13 17:30"),
            ("2026-01-09 16:00", "2026-01-10 17:30"),  # before a make-up Saturday
            ("2026-01-10 15:30", "2026-01-10 17:30"),  # on it
            ("2026-01-10 15:31", "2026-01-12 17:30"),  # too late on it
            ("2025-12-31 16:00", "2026-01-05 17:30"),  # year's end
            ("2026-07-31 16:00", "2026-08-03 17:30"),  # month's end
        ],
    )
    def test_due_that_day_or_the_next_working_day(self, received, answered_by):
        assert due(received) == hanoi(answered_by)

    def test_the_day_is_the_local_one(self):
        late_in_utc = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
        assert deadline(calendar=HANOI, target=SameDay(), start=late_in_utc).due_at == hanoi("2026-11-23 17:30")

    def test_a_day_shorter_than_the_minimum_is_never_enough_for_its_own_receipts(self):
        calendar = WorkingCalendar.from_dict(
            {"timezone": "Asia/Ho_Chi_Minh", "weekly": {"fri": OFFICE, "sat": [["08:00", "09:00"]], "mon": OFFICE}}
        )
        early = deadline(calendar=calendar, target=SameDay(), start=hanoi("2026-11-21 07:00"))
        assert early.due_at == hanoi("2026-11-23 17:30")
        before = deadline(calendar=calendar, target=SameDay(), start=hanoi("2026-11-20 16:00"))
        assert before.due_at == hanoi("2026-11-21 09:00")

    def test_without_a_minimum_it_is_due_that_day_until_the_closing(self):
        target = SameDay(timedelta(0))
        assert due("2026-11-23 17:30", target) == hanoi("2026-11-23 17:30")
        assert due("2026-11-23 17:30:00.000001", target) == hanoi("2026-11-25 17:30")

    def test_a_shift_until_24_is_due_at_midnight(self):
        calendar = every_day("Asia/Ho_Chi_Minh", ["16:00", "24:00"])
        for received, answered_by in [("22:00", "2026-11-24 00:00"), ("22:01", "2026-11-25 00:00")]:
            found = deadline(calendar=calendar, target=SameDay(), start=hanoi(f"2026-11-23 {received}"))
            assert found.due_at == hanoi(answered_by)

    def test_two_hours_are_two_hours_on_the_day_of_a_change(self):
        calendar = every_day("Europe/Berlin", ["00:00", "04:00"])
        for received, answered_by in [
            ("2026-03-29 01:00", "2026-03-29 04:00"),  # the hour from two to three is skipped
            ("2026-03-29 01:01", "2026-03-30 04:00"),
        ]:
            found = deadline(calendar=calendar, target=SameDay(), start=local(received, "Europe/Berlin"))
            assert found.due_at == local(answered_by, "Europe/Berlin")
        twice = datetime(2026, 10, 25, 1, tzinfo=UTC)  # two o'clock for the second time
        assert deadline(calendar=calendar, target=SameDay(), start=twice).due_at == twice + 2 * HOUR


class TestOtherTargets:
    @pytest.mark.parametrize(
        ("received", "time", "answered_by"),
        [
            ("2026-11-23 11:45", timedelta(minutes=30), "2026-11-23 13:45"),
            ("2026-11-23 16:30", HOUR, "2026-11-23 17:30"),
            ("2026-11-23 16:31", HOUR, "2026-11-25 08:01"),
            ("2026-11-21 12:00", HOUR, "2026-11-23 09:00"),
            ("2026-11-23 11:00:00.000007", HOUR, "2026-11-23 13:30:00.000007"),
            ("2026-11-23 12:15", timedelta(0), "2026-11-23 13:30"),
        ],
    )
    def test_working_time(self, received, time, answered_by):
        assert due(received, WorkingTime(time)) == hanoi(answered_by)

    @pytest.mark.parametrize(
        ("received", "days", "answered_by"),
        [
            ("2026-11-23 00:01", 1, "2026-11-25 17:30"),
            ("2026-11-23 17:29", 5, "2026-12-01 17:30"),
            ("2026-11-21 10:00", 1, "2026-11-23 17:30"),
            ("2026-02-13 10:00", 5, "2026-02-27 17:30"),
            ("2026-01-09 10:00", 1, "2026-01-10 17:30"),
            ("2025-12-31 10:00", 1, "2026-01-05 17:30"),
        ],
    )
    def test_working_days(self, received, days, answered_by):
        assert due(received, WorkingDays(days)) == hanoi(answered_by)


class TestPauses:
    def pause(self, start, end):
        return hanoi(f"2026-11-{start}"), hanoi(f"2026-11-{end}") if end else None

    @pytest.mark.parametrize(
        ("pauses", "answered_by"),
        [
            ([("23 10:00", "23 11:00")], "2026-11-25 08:30"),  # one working hour goes to the next working day
            ([("23 09:30", "23 09:30")], "2026-11-23 17:00"),  # no time at all
            ([("23 12:00", "23 13:30")], "2026-11-23 17:00"),  # over lunch
            ([("23 11:00", "23 14:00")], "2026-11-25 09:00"),
            ([("23 16:00", "25 08:00")], "2026-11-25 09:00"),  # overnight and over a closed day
            ([("23 16:00", "27 19:00")], "2026-11-30 09:00"),  # resumed after closing
            ([("23 10:00", "23 10:15"), ("23 10:15", "23 10:30")], "2026-11-23 17:30"),  # touching
            ([("23 10:00", "23 10:15"), ("25 09:00", "25 10:00")], "2026-11-23 17:15"),  # the second after the due time
            ([("23 17:00", "25 10:00")], "2026-11-23 17:00"),  # begins at the due time
            ([("20 10:00", "23 08:59")], "2026-11-23 17:00"),  # before receipt
            ([("23 08:00", "23 10:00")], "2026-11-25 08:30"),  # begun before receipt
            ([("23 16:59:59.999999", "25 08:00")], "2026-11-25 08:00:00.000001"),
        ],
    )
    def test_a_pause_keeps_the_time_that_was_left(self, pauses, answered_by):
        six_and_a_half_hours = WorkingTime(timedelta(hours=6, minutes=30))
        found = deadline(
            calendar=HANOI,
            target=six_and_a_half_hours,
            start=hanoi("2026-11-23 09:00"),
            pauses=[self.pause(*pause) for pause in pauses],
        )
        assert found.due_at == hanoi(answered_by)
        assert found.first_due_at == hanoi("2026-11-23 17:00")
        assert (found.paused, found.left) == (False, None)

    @pytest.mark.parametrize(
        ("pauses", "left"),
        [
            ([("23 10:00", None)], 6 * HOUR),
            ([("23 12:30", None)], 4 * HOUR),
            ([("23 10:00", "23 11:00"), ("25 08:15", None)], 0.75 * HOUR),
            ([("20 10:00", None)], 7 * HOUR),
            ([("25 10:00", None)], 0 * HOUR),  # overdue by then
        ],
    )
    def test_while_paused_there_is_no_due_time_but_time_left(self, pauses, left):
        found = deadline(
            calendar=HANOI,
            target=SameDay(),
            start=hanoi("2026-11-23 09:00"),
            pauses=[self.pause(*pause) for pause in pauses],
        )
        assert (found.due_at, found.paused, found.left) == (None, True, left)
        assert found.first_due_at == hanoi("2026-11-23 17:30")

    @pytest.mark.parametrize(
        "pauses",
        [
            [("23 10:00", "23 09:59")],
            [("23 10:00", "23 12:00"), ("23 11:00", "23 13:00")],
            [("23 14:00", "23 15:00"), ("23 10:00", "23 11:00")],
            [("23 10:00", None), ("23 14:00", "23 15:00")],
            [("23 10:00", None), ("23 14:00", None)],
            [("20 10:00", "20 12:00"), ("20 11:00", "20 13:00")],  # checked before receipt too
        ],
    )
    def test_disordered_pauses_are_refused(self, pauses):
        with pytest.raises(CalendarError, match="The pause from 2026-11-2"):
            due("2026-11-23 09:00", pauses=[self.pause(*pause) for pause in pauses])

    def test_naive_and_malformed_pauses_are_refused(self):
        naive, aware = datetime(2026, 11, 23, 10), hanoi("2026-11-23 11:00")  # noqa: DTZ001
        for pause in [(naive, aware), (hanoi("2026-11-23 09:30"), naive), (aware,), None, (None, None)]:
            with pytest.raises(CalendarError):
                due("2026-11-23 09:00", pauses=[pause])

    def test_pauses_in_another_zone(self):
        pause = datetime(2026, 11, 23, 3, tzinfo=UTC), datetime(2026, 11, 23, 4, tzinfo=UTC)
        assert due("2026-11-23 09:00", pauses=[pause]) == hanoi("2026-11-25 09:00")


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


class TestCutoff:
    @pytest.mark.parametrize(
        ("minimum", "last_moment"),
        [(0, "17:30"), (2, "15:30"), (4, "13:30"), (5, "11:00"), (8, "08:00")],
    )
    def test_the_last_moment_to_be_answered_that_day(self, minimum, last_moment):
        found = cutoff(HANOI, SameDay(timedelta(hours=minimum)), date(2026, 11, 23))
        assert found == hanoi(f"2026-11-23 {last_moment}")

    def test_a_closing_at_24_belongs_to_the_next_day(self):
        calendar = every_day("Asia/Ho_Chi_Minh", ["16:00", "24:00"])
        found = cutoff(calendar, SameDay(timedelta(0)), date(2026, 11, 23))
        assert found == hanoi("2026-11-23 23:59:59.999999")

    def test_none_on_a_closed_day_or_when_the_day_is_too_short(self):
        assert cutoff(HANOI, SameDay(), date(2026, 11, 24)) is None
        assert cutoff(HANOI, SameDay(8.5 * HOUR), date(2026, 11, 23)) is None


def test_what_is_no_target_is_refused():
    with pytest.raises(CalendarError, match="same_day"):
        deadline(calendar=HANOI, target="same_day", start=hanoi("2026-11-23 09:00"))


def test_a_naive_start_is_refused():
    with pytest.raises(CalendarError, match="2026-11-23T09:00:00 has no time zone"):
        deadline(calendar=HANOI, target=SameDay(), start=datetime(2026, 11, 23, 9))  # noqa: DTZ001
