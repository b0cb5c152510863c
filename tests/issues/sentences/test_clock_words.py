from datetime import timedelta

import pytest
from django.utils import translation

from issues.clocks.clock_view import ClockView
from issues.sentences.clock_words import ClockWords
from tests.issues.clockviews import a_view, at, paused_and_resumed


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def words(view: ClockView, hours: str = "24") -> ClockWords:
    return ClockWords(view, hours)


def test_running() -> None:
    said = words(paused_and_resumed())
    assert said.headline == "3 h 40 min of working time left"
    assert said.detail == "Due 09:30 tomorrow. 4 h used, 1 h 30 min paused."
    assert said.story == (
        "Received 08:20 today. Paused from 09:00 today to 10:30 today. Due before that: 17:30 today. Now it is 15:20."
    )
    assert said.sentence == "3 h 40 min of working time left, due 09:30 tomorrow"
    assert (said.brief, said.brief_due, said.icon) == ("3 h 40 left", "Thu 09:30", "")


def test_the_persons_time_format() -> None:
    assert words(paused_and_resumed(), "12").sentence == "3 h 40 min of working time left, due 9:30 AM tomorrow"


def test_soon() -> None:
    said = words(a_view("soon", due_at=at("15:50"), left=timedelta(minutes=30)))
    assert (said.brief, said.icon) == ("30 min left", "alarm")


def test_late() -> None:
    said = words(a_view("late", due_at=at("11:00"), left=timedelta(hours=-2, minutes=-50)))
    assert said.headline == "Overdue by 2 h 50 min"
    assert said.detail.startswith("Due 11:00 today.")
    assert said.brief == "2 h 50 overdue"


def test_paused() -> None:
    view = a_view("paused", due_at=None, pauses=((at("11:20"), None),), left=timedelta(hours=4, minutes=40))
    said = words(view)
    assert said.headline == "The clock has been paused since 11:20"
    assert said.detail == "4 h 40 min are left when the enterprise answers."
    assert (said.brief, said.brief_due) == ("paused, 4 h 40 left", "")


def test_paused_when_overdue_says_so() -> None:
    said = words(a_view("paused", due_at=None, pauses=((at("11:20"), None),), left=timedelta(minutes=-20)))
    assert said.detail == "It was overdue by 20 min when it stopped."
    assert said.brief == "paused, 20 min overdue"


@pytest.mark.parametrize(
    ("met", "left", "detail"),
    [
        (True, timedelta(hours=5, minutes=8), "5 h 08 min earlier than promised."),
        (False, timedelta(minutes=-12), "12 min later than promised."),
    ],
)
def test_answered(met: bool, left: timedelta, detail: str) -> None:
    used = timedelta(hours=2, minutes=11)
    said = words(a_view("done", stopped_at=at("10:52"), met=met, left=left, used=used))
    assert said.headline == "Answered after 2 h 11 min"
    assert said.detail == detail
    assert (said.brief, said.brief_due) == ("after 2 h 11", "10:52")


def test_ended_without_an_answer_is_never_called_answered() -> None:
    said = words(a_view("done", stopped_at=at("10:52"), used=timedelta(hours=2)))
    assert "nswered" not in said.headline + said.brief + said.story
    assert said.icon == ""


def test_promise_in_working_hours() -> None:
    said = words(a_view("promise", started_at=at("15:20"), cutoff_at=at("15:30"), used=timedelta()))
    assert said.headline == "Answer before 17:30 today"
    assert said.detail == "2 h 10 min of working time left, if you file before 15:30."


def test_promise_in_the_evening() -> None:
    view = a_view("promise", now=at("19:10"), started_at=at("19:10"), due_at=at("17:30", 19), left=timedelta(hours=8))
    assert words(view).detail == "Outside working hours; the clock starts at 08:00 tomorrow."


def test_long_times_are_given_in_working_days() -> None:
    assert words(a_view(left=timedelta(hours=26))).brief == "3 days 2 h left"
    assert words(a_view(left=timedelta(hours=15))).brief == "15 h left"
