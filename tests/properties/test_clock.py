"""The clock against a minute-by-minute reference, and against its own algebra."""

from datetime import UTC, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from issues.sla import (
    SameDay,
    WorkingCalendar,
    WorkingTime,
    at_fraction,
    cutoff,
    deadline,
    is_within_grace,
    progress,
    remaining,
    used,
)
from tests.issues.sla.reference import MinuteClock
from tests.issues.sla.strategies import MINUTE, cases, exact_times, pauses, targets
from tests.long import either

MICROSECOND = timedelta(microseconds=1)
slow = settings(max_examples=either(25, 100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
quick = settings(max_examples=either(40, 200), deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestAgainstTheReference:
    @slow
    @given(cases(), st.integers(0, 30 * 60))
    def test_add(self, case, minutes):
        assert case.calendar.add(case.start, minutes * MINUTE) == MinuteClock(case.data).add(case.start, minutes)

    @slow
    @given(cases(), st.integers(0, 14 * 24 * 60))
    def test_between(self, case, minutes):
        end = case.start + minutes * MINUTE
        assert case.calendar.between(case.start, end) == MinuteClock(case.data).between(case.start, end) * MINUTE

    @slow
    @given(cases())
    def test_opening(self, case):
        clock = MinuteClock(case.data)
        assert case.calendar.is_open(case.start) == clock.open(case.start)
        opening = case.start
        while not clock.open(opening):
            opening += MINUTE
        assert case.calendar.next_opening(case.start) == opening

    @slow
    @given(st.data(), cases(), targets())
    def test_deadline(self, data, case, target):
        clock = MinuteClock(case.data)
        if isinstance(target, SameDay):
            first = clock.same_day(case.start, target.minimum // MINUTE)
        elif isinstance(target, WorkingTime):
            first = clock.add(case.start, target.time // MINUTE)
        else:
            first = clock.working_days(case.start, target.days)
        stops = data.draw(pauses(case.start))
        found = deadline(calendar=case.calendar, target=target, start=case.start, pauses=stops)
        assert found.first_due_at == first
        minutes = clock.between(case.start, first)
        assume(minutes)  # with no time to work off, living through the minutes says nothing
        expected = clock.work_off(case.start, minutes, stops)
        if expected is None:
            assert found.paused
            assert found.left > timedelta(0)
        elif found.paused:
            assert expected <= stops[-1][0]
            assert found.left == timedelta(0)
        else:
            assert found.due_at == expected


class TestAdding:
    @quick
    @given(cases(), exact_times())
    def test_between_undoes_add(self, case, working):
        assert case.calendar.between(case.start, case.calendar.add(case.start, working)) == working

    @quick
    @given(cases(), exact_times(), exact_times())
    def test_in_two_parts_or_at_once(self, case, first, second):
        calendar, start = case.calendar, case.start
        assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)

    @quick
    @given(cases(), exact_times(), exact_times(), exact_times())
    def test_more_time_or_a_later_start_never_ends_earlier(self, case, working, more, later):
        calendar, start = case.calendar, case.start
        end = calendar.add(start, working)
        assert start <= end <= calendar.add(start, working + more)
        assert end <= calendar.add(start + later, working)

    @quick
    @given(cases(), exact_times(), exact_times())
    def test_between_adds_up(self, case, first, second):
        middle, end = case.start + first, case.start + first + second
        between = case.calendar.between
        assert between(case.start, end) == between(case.start, middle) + between(middle, end)

    @quick
    @given(cases())
    def test_no_time_is_added_once(self, case):
        once = case.calendar.add(case.start, timedelta(0))
        assert case.calendar.add(once, timedelta(0)) == once

    @quick
    @given(cases())
    def test_a_calendar_is_kept_as_data(self, case):
        assert WorkingCalendar.from_dict(case.calendar.to_dict()) == case.calendar


class TestDeadlines:
    @quick
    @given(st.data(), cases(), targets(), exact_times(timedelta(hours=1)))
    def test_due_when_open_or_closing_and_never_before_receipt(self, data, case, target, shift):
        start = case.start + shift
        stops = data.draw(pauses(start, MINUTE + MICROSECOND))
        found = deadline(calendar=case.calendar, target=target, start=start, pauses=stops)
        assert found.first_due_at >= start
        assert found.explanation[0].startswith("received ")
        if found.due_at is None:
            assert found.left >= timedelta(0)
        else:
            assert found.due_at >= found.first_due_at
            assert case.calendar.between(found.due_at - MICROSECOND, found.due_at + MICROSECOND) > timedelta(0)

    @quick
    @given(cases(), targets(), st.data(), exact_times())
    def test_a_pause_moves_the_due_time_by_its_working_length(self, case, target, data, length):
        calendar, start = case.calendar, case.start
        due = deadline(calendar=calendar, target=target, start=start).due_at
        assume(due > start)
        begin = data.draw(st.integers(0, (due - start) // MICROSECOND - 1)) * MICROSECOND + start
        assume(calendar.between(begin, due))
        later = deadline(calendar=calendar, target=target, start=start, pauses=[(begin, begin + length)]).due_at
        assert later == calendar.add(due, calendar.between(begin, begin + length))

    @quick
    @given(cases(), targets())
    def test_the_zone_of_the_receipt_does_not_matter(self, case, target):
        there = case.start.astimezone(case.calendar.zone)
        here = deadline(calendar=case.calendar, target=target, start=case.start)
        local = deadline(calendar=case.calendar, target=target, start=there)
        assert local.due_at.astimezone(UTC) == here.due_at
        assert local.explanation == here.explanation

    @quick
    @given(cases(), st.integers(0, 6 * 60))
    def test_the_cutoff_is_the_last_moment_for_that_day(self, case, minimum):
        calendar, target = case.calendar, SameDay(minimum * MINUTE)
        day = calendar.local_date(case.start)
        last = cutoff(calendar, target, day)
        closing = calendar.last_closing(day)
        if last is None:
            found = deadline(calendar=calendar, target=target, start=case.start).due_at
            assert closing is None or found > closing.astimezone(UTC)
        else:
            last, closing = last.astimezone(UTC), closing.astimezone(UTC)
            assert deadline(calendar=calendar, target=target, start=last).due_at == closing
            assert deadline(calendar=calendar, target=target, start=last + MICROSECOND).due_at > closing


class TestGrace:
    GRACE = 5 * MINUTE

    def due(self, case, target, stops):
        """The due time with the pauses that count, as `issues.clocks` finds it."""
        counted = []
        due = deadline(calendar=case.calendar, target=target, start=case.start).due_at
        for pause in stops:
            if not is_within_grace(case.calendar, *pause, due, self.GRACE):
                counted.append(pause)
                due = deadline(calendar=case.calendar, target=target, start=case.start, pauses=counted).due_at
        return due

    @quick
    @given(st.data(), cases(), targets())
    def test_never_later_than_without_and_never_over_when_it_ends(self, data, case, target):
        stops = [pause for pause in data.draw(pauses(case.start, 3 * MICROSECOND * 1_000_000)) if pause[1] is not None]
        due = self.due(case, target, stops)
        assert due <= deadline(calendar=case.calendar, target=target, start=case.start, pauses=stops).due_at
        if stops:
            before = self.due(case, target, stops[:-1])
            assert due >= before
            if stops[-1][0] < before:
                assert due > stops[-1][1]

    @quick
    @given(st.data(), cases(), targets(), exact_times(10 * MINUTE), exact_times(10 * MINUTE))
    def test_a_later_answer_never_ends_earlier(self, data, case, target, length, more):
        due = deadline(calendar=case.calendar, target=target, start=case.start).due_at
        assume(due > case.start)
        began = data.draw(st.integers(0, (due - case.start) // MICROSECOND - 1)) * MICROSECOND + case.start
        soon = self.due(case, target, [(began, began + length)])
        assert soon <= self.due(case, target, [(began, began + length + more)])


class TestTimers:
    @quick
    @given(st.data(), cases(), targets(), st.sampled_from([0.25, 0.5, 0.75, 1.0, 1.5]))
    def test_at_a_fraction_that_share_is_used(self, data, case, target, fraction):
        stops = data.draw(pauses(case.start))
        due = deadline(calendar=case.calendar, target=target, start=case.start, pauses=stops).due_at
        at = at_fraction(case.calendar, case.start, due, stops, fraction)
        if due is None:
            assert at is None
            return
        total = used(case.calendar, case.start, due, stops)
        assert used(case.calendar, case.start, at, stops) == fraction * total
        if fraction == 1.0:
            assert at == due

    @quick
    @given(st.data(), cases(), targets(), exact_times())
    def test_used_and_remaining_make_the_total(self, data, case, target, later):
        stops = data.draw(pauses(case.start))
        calendar, start, at = case.calendar, case.start, case.start + later
        found = deadline(calendar=calendar, target=target, start=start, pauses=stops)
        left = remaining(calendar, start, found.first_due_at, at, stops)
        assert left + used(calendar, start, at, stops) == calendar.between(start, found.first_due_at)
        now = progress(calendar=calendar, target=target, start=start, at=at, pauses=stops)
        assert now.remaining == left
        if found.due_at is not None and at < found.due_at:
            assert left >= timedelta(0)
        if found.due_at is None and at >= stops[-1][0]:
            assert max(left, timedelta(0)) == found.left
