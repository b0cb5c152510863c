"""The demonstration loads at any hour, shows every state, and a second load changes nothing."""

from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from investment.models import Project
from issues.models import Ticket, TicketEvent
from tests.long import either

A_WEDNESDAY_AFTERNOON = "2026-11-18T15:20:00+07:00"
# Sunday night, the middle of Tết; with TEST_LONG also Monday, just opened. An afternoon is in the other test.
HOURS = either(
    ["2026-11-22T23:30:00+07:00", "2027-02-08T12:30:00+07:00"],
    ["2026-11-22T23:30:00+07:00", "2027-02-08T12:30:00+07:00", "2026-11-23T08:05:00+07:00"],
)
POSTS = (
    "investor", "enterprise", "enterprise2", "officer-sxd", "head-sxd", "officer-chqhn", "head-00004", "coordinator",
    "leader", "editor", "publisher", "admin",
)  # fmt: skip


@pytest.fixture
def demo_mode(settings: Any) -> None:
    settings.TN_DEMO = True


@pytest.mark.django_db
def test_never_outside_demo_mode(settings: Any) -> None:
    settings.TN_DEMO = False
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("now", HOURS)
def test_it_shows_something_at_any_hour(demo_mode: None, now: str) -> None:
    call_command("load_demo", now=now, verbosity=0)
    _every_state_is_there()


def _every_state_is_there() -> None:
    states = Counter(Ticket.objects.values_list("status", flat=True))
    assert sum(states.values()) == 47 + 7  # the published proposals; a session, a counter and a call
    assert {"closed", "in_progress", "awaiting_enterprise", "resolved", "declined", "withdrawn"} <= set(states)
    assert Ticket.objects.filter(escalation_level__gt=0).exists()
    assert Project.objects.filter(status="published").count() == 260
    _log_is_in_order()


@pytest.mark.django_db
def test_the_sign_ins_of_the_contract_work_and_a_second_load_changes_nothing(demo_mode: None) -> None:
    call_command("load_demo", now=A_WEDNESDAY_AFTERNOON, verbosity=0)
    _every_state_is_there()
    for post in POSTS:
        assert User.objects.get(email=f"{post}@demo.example").check_password("demo"), post
    before = (User.objects.count(), Project.objects.count(), TicketEvent.objects.count())
    call_command("load_demo", now="2026-11-19T15:20:00+07:00", verbosity=0)
    assert (User.objects.count(), Project.objects.count(), TicketEvent.objects.count()) == before


def _log_is_in_order() -> None:
    times = list(TicketEvent.objects.order_by("id").values_list("at", flat=True))
    assert times == sorted(times)
