"""Under which choice a notification falls, and what nobody can switch off."""

import pytest

from issues.events.types import EVENT_TYPES
from issues.models.notification_choices import About
from issues.notifications.about import about, is_always_mailed
from issues.notifications.recipients import Group


@pytest.mark.parametrize(
    ("type_", "group", "choice"),
    [
        ("ticket.info_requested", Group.FILER, About.WAITS),
        ("ticket.info_requested", Group.HEAD, About.REST),
        ("ticket.accepted", Group.FILER, About.PROGRESS),
        ("ticket.routed", Group.DUTY, About.WAITS),
        ("note.posted", Group.MENTIONED, About.WAITS),
        ("clock.timer", Group.ASSIGNEE, About.CLOCK),
        ("clock.breached", Group.LEADER, About.CLOCK),
        ("a.new.type", Group.ENTERPRISE, About.PROGRESS),
        ("a.new.type", Group.LEADER, About.REST),
    ],
)
def test_what_an_event_means_to_its_reader(type_: str, group: Group, choice: About) -> None:
    assert about(type_, group) is choice


@pytest.mark.parametrize("group", Group)
@pytest.mark.parametrize("type_", EVENT_TYPES)
def test_only_a_broken_promise_cannot_be_switched_off(type_: str, group: Group) -> None:
    answers_for_it = group in (Group.ASSIGNEE, Group.HEAD, Group.LEADER)
    assert is_always_mailed(type_, group, {}) is (type_ == "clock.breached" and answers_for_it)


@pytest.mark.parametrize(("percent", "told"), [(50, False), (75, False), (100, True), (150, True)])
def test_a_timer_from_the_due_time_on(percent: int, told: bool) -> None:
    assert is_always_mailed("clock.timer", Group.HEAD, {"percent": percent}) is told
    assert not is_always_mailed("clock.timer", Group.FILER, {"percent": percent})


def test_the_clock_of_a_consultation_is_a_wish_and_no_promise() -> None:
    assert not is_always_mailed("clock.breached", Group.HEAD, {"clock": "consultation"})
