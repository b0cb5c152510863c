"""The demonstration loads at any hour, shows every state, and a second load changes nothing."""

from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from investment.models import Project
from issues.models import Ticket, TicketEvent


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
@pytest.mark.parametrize(
    "now",
    [
        "2026-11-18T15:20:00+07:00",  # a Wednesday afternoon
        "2026-11-23T08:05:00+07:00",  # Monday, just opened
        "2026-11-22T23:30:00+07:00",  # Sunday night
        "2027-02-08T12:30:00+07:00",  # in the middle of Tết
    ],
)
def test_it_shows_something_at_any_hour(demo_mode: None, now: str) -> None:
    call_command("load_demo", now=now, verbosity=0)
    states = Counter(Ticket.objects.values_list("status", flat=True))
    assert sum(states.values()) == 47 + 7  # the published proposals; a session, a counter and a call
    assert {"closed", "in_progress", "awaiting_enterprise", "resolved", "declined", "withdrawn"} <= set(states)
    assert Ticket.objects.filter(escalation_level__gt=0).exists()
    assert Project.objects.filter(status="published").count() == 260
    _log_is_in_order()


@pytest.mark.django_db
def test_a_second_load_changes_nothing(demo_mode: None) -> None:
    call_command("load_demo", now="2026-11-18T15:20:00+07:00", verbosity=0)
    before = (User.objects.count(), Project.objects.count(), TicketEvent.objects.count())
    call_command("load_demo", now="2026-11-19T15:20:00+07:00", verbosity=0)
    assert (User.objects.count(), Project.objects.count(), TicketEvent.objects.count()) == before


@pytest.mark.django_db
def test_the_sign_ins_of_the_contract_work(demo_mode: None) -> None:
    call_command("load_demo", now="2026-11-18T15:20:00+07:00", verbosity=0)
    posts = (
        "investor enterprise enterprise2 officer-sxd head-sxd officer-chqhn head-00004 coordinator leader editor "
        "publisher admin"
    )
    for post in posts.split():
        assert User.objects.get(email=f"{post}@demo.example").check_password("demo"), post


def _log_is_in_order() -> None:
    times = list(TicketEvent.objects.order_by("id").values_list("at", flat=True))
    assert times == sorted(times)
