"""Opening hours: periods, midnight, special days, changes of the clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from issues.sla import WorkingCalendar

from .examples import HANOI, OFFICE, WEEK, every_day, hanoi, local

MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
BERLIN = "Europe/Berlin"
NEW_YORK = "America/New_York"


class TestMidnight:
    nights = every_day("Asia/Ho_Chi_Minh", ["00:00", "06:00"], ["22:00", "24:00"])

    def test_a_shift_that_ends_at_24_closes_at_midnight_and_goes_on(self):
        assert self.nights.last_closing(date(2026, 11, 23)) == hanoi("2026-11-24 00:00")
        assert self.nights.add(hanoi("2026-11-23 23:00"), HOUR) == hanoi("2026-11-24 00:00")
        assert self.nights.add(hanoi("2026-11-23 23:00"), 8 * HOUR) == hanoi("2026-11-24 22:00") + HOUR

    def test_closing_at_24_counts_as_closing(self):
        evenings = every_day("Asia/Ho_Chi_Minh", ["18:00", "24:00"])
        midnight = hanoi("2026-11-24 00:00")
        assert evenings.add(midnight, timedelta(0)) == midnight
        assert not evenings.is_open(midnight)
        assert evenings.next_opening(midnight) == hanoi("2026-11-24 18:00")

    def test_open_all_day(self):
        always = every_day("Asia/Ho_Chi_Minh", ["00:00", "24:00"])
        start = hanoi("2026-12-31 13:14:15.161718")
        assert always.add(start, timedelta(days=400)) == start + timedelta(days=400)


class TestPeriods:
    def test_touching_periods_are_continuous(self):
        calendar = every_day("Asia/Ho_Chi_Minh", ["08:00", "12:00"], ["12:00", "17:30"])
        assert calendar.periods(date(2026, 11, 23)) == [(hanoi("2026-11-23 08:00"), hanoi("2026-11-23 17:30"))]
        assert calendar.is_open(hanoi("2026-11-23 12:00"))
        assert calendar.add(hanoi("2026-11-23 11:00"), 2 * HOUR) == hanoi("2026-11-23 13:00")

    def test_many_breaks_in_any_order(self):
        calendar = every_day("UTC", ["16:00", "17:00"], ["08:00", "09:00"], ["10:00", "11:00"], ["13:15", "13:45"])
        day = datetime(2026, 11, 23, tzinfo=UTC)
        assert calendar.add(day, 2.25 * HOUR) == day + 13.5 * HOUR
        assert calendar.between(day, day + 24 * HOUR) == 3.5 * HOUR

    def test_special_wins_over_closed_and_closed_over_the_week(self):
        calendar = WorkingCalendar.from_dict(
            {
                "timezone": "Asia/Ho_Chi_Minh",
                "weekly": dict.fromkeys(WEEK[:5], OFFICE),
                "closed": ["2026-11-24", "2026-11-25"],
                "special": {"2026-11-25": [["09:00", "10:00"]], "2026-11-26": [], "2026-11-28": [["08:00", "09:00"]]},
            }
        )
        working = [day for day in range(23, 30) if calendar.is_working_day(date(2026, 11, day))]
        assert working == [23, 25, 27, 28]
        assert calendar.last_closing(date(2026, 11, 25)) == hanoi("2026-11-25 10:00")
        assert calendar.last_closing(date(2026, 11, 26)) is None
        assert calendar.next_working_day(date(2026, 11, 25)) == date(2026, 11, 27)

    def test_opening_and_closing_instants(self):
        assert HANOI.is_open(hanoi("2026-11-23 08:00"))
        assert not HANOI.is_open(hanoi("2026-11-23 08:00") - MICROSECOND)
        assert not HANOI.is_open(hanoi("2026-11-23 12:00"))
        assert HANOI.next_opening(hanoi("2026-11-23 09:00")) == hanoi("2026-11-23 09:00")
        assert HANOI.next_opening(hanoi("2026-11-23 12:00")) == hanoi("2026-11-23 13:30")
        assert HANOI.next_opening(hanoi("2026-11-23 17:30")) == hanoi("2026-11-25 08:00")

    def test_the_local_date_is_that_of_the_calendar(self):
        assert HANOI.local_date(datetime(2026, 11, 22, 17, tzinfo=UTC)) == date(2026, 11, 23)
        assert HANOI.local_date(datetime(2026, 11, 22, 16, 59, tzinfo=UTC)) == date(2026, 11, 22)


class TestDaylightSaving:
    """Working time is time that really passes, whatever the wall clock does."""

    @pytest.mark.parametrize(
        ("zone", "day", "hours"),
        [
            (BERLIN, "2026-03-29", 23),
            (BERLIN, "2026-10-25", 25),
            (NEW_YORK, "2026-03-08", 23),
            (NEW_YORK, "2026-11-01", 25),
        ],
    )
    def test_a_whole_day_is_as_long_as_it_is(self, zone, day, hours):
        calendar = every_day(zone, ["00:00", "24:00"])
        begin = local(f"{day} 00:00", zone)
        end = calendar.last_closing(begin.date())
        assert calendar.between(begin, end) == hours * HOUR
        assert calendar.add(begin, hours * HOUR) == end

    @pytest.mark.parametrize(
        ("zone", "before", "after", "gap"),
        [
            (BERLIN, "2026-03-27", "2026-03-30", 9),
            (BERLIN, "2026-10-23", "2026-10-26", 9),
            (NEW_YORK, "2026-03-06", "2026-03-09", 9),
        ],
    )
    def test_office_hours_keep_their_wall_time(self, zone, before, after, gap):
        calendar = WorkingCalendar.from_dict(
            {"timezone": zone, "weekly": {key: [["08:00", "17:00"]] for key in WEEK[:5]}}
        )
        assert calendar.add(local(f"{before} 10:00", zone), gap * HOUR) == local(f"{after} 10:00", zone)

    def test_an_opening_that_is_skipped_is_the_change_itself(self):
        calendar = every_day(BERLIN, ["02:30", "05:00"])
        change = datetime(2026, 3, 29, 1, tzinfo=UTC)
        assert calendar.periods(date(2026, 3, 29)) == [(change, change + 2 * HOUR)]

    def test_a_closing_that_is_skipped_is_the_change_itself(self):
        calendar = every_day(BERLIN, ["00:30", "02:30"])
        change = datetime(2026, 3, 29, 1, tzinfo=UTC)
        assert calendar.last_closing(date(2026, 3, 29)) == change
        assert calendar.between(change - 2 * HOUR, change + HOUR) == 1.5 * HOUR

    def test_a_period_that_is_skipped_does_not_exist(self):
        calendar = every_day(BERLIN, ["02:10", "02:50"])
        assert not calendar.is_working_day(date(2026, 3, 29))
        assert calendar.next_working_day(date(2026, 3, 28)) == date(2026, 3, 30)

    def test_a_time_that_occurs_twice_is_its_first_occurrence(self):
        first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
        opening = every_day(BERLIN, ["02:30", "06:00"])
        [(begin, end)] = opening.periods(date(2026, 10, 25))
        # In UTC, because Python holds a time that occurs twice unequal to any time of another zone.
        assert (begin.astimezone(UTC), end) == (first, datetime(2026, 10, 25, 5, tzinfo=UTC))
        split = every_day(BERLIN, ["00:00", "02:30"], ["02:30", "24:00"])
        assert split.between(local("2026-10-25 00:00", BERLIN), local("2026-10-26 00:00", BERLIN)) == 25 * HOUR

    def test_both_occurrences_of_a_start_are_told_apart(self):
        calendar = every_day(BERLIN, ["00:00", "24:00"])
        end = datetime(2026, 10, 25, 3, tzinfo=UTC)
        assert calendar.between(local("2026-10-25 02:30", BERLIN, fold=0), end) == 2.5 * HOUR
        assert calendar.between(local("2026-10-25 02:30", BERLIN, fold=1), end) == 1.5 * HOUR

    def test_a_day_that_never_was(self):
        calendar = every_day("Pacific/Apia", ["08:00", "12:00"])
        assert not calendar.is_working_day(date(2011, 12, 30))
        assert calendar.add(local("2011-12-29 11:00", "Pacific/Apia"), 2 * HOUR) == local(
            "2011-12-31 09:00", "Pacific/Apia"
        )

    def test_a_midnight_that_is_skipped(self):
        calendar = every_day("America/Sao_Paulo", ["00:00", "24:00"])
        assert (
            calendar.between(
                local("2018-11-03 12:00", "America/Sao_Paulo"), local("2018-11-05 00:00", "America/Sao_Paulo")
            )
            == 35 * HOUR
        )
