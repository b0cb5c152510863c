"""Pauses: what was left is kept, and what cannot be is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from issues.sla import CalendarError, SameDay, WorkingTime, deadline

from .examples import HANOI, hanoi

HOUR = timedelta(hours=1)


def due(start, target=None, pauses=()):
    return deadline(calendar=HANOI, target=target or SameDay(), start=hanoi(start), pauses=pauses).due_at


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
