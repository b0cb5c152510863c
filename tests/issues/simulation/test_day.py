"""`manage.py simulate_day`: a day through the ordinary actions, the same for the same seed, without a mail."""

import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from core import clock
from issues.actions import batch
from issues.events.verify import verify
from issues.models import ConsumerCursor, ConsumerFailure, Notification, Ticket, TicketEvent
from issues.notifications.mail import MAIL
from issues.simulation.day import Summary, simulate_day
from tests.issues.conftest import TaskForce, at

DAY = date(2026, 11, 18)


@pytest.fixture
def demo(force: TaskForce, settings: Any, monkeypatch: pytest.MonkeyPatch) -> TaskForce:
    settings.TN_DEMO = True
    monkeypatch.setattr(batch, "GAP", 0)
    return force


def play(moment: str = "2026-11-19 09:00", *, tickets: int = 6) -> dict[str, Any]:
    out = io.StringIO()
    with clock.at(at(moment)):
        call_command("simulate_day", date=DAY, tickets=tickets, seed=1, json=True, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_a_day_is_played_through_the_ordinary_actions(demo: TaskForce) -> None:
    summary = play()
    assert (summary["date"], summary["seed"], summary["filed"]) == ("2026-11-18", 1, 6)
    assert sum(summary["left"].values()) == 6
    assert summary["moves"]["file"] == summary["events"]["ticket.submitted"] == 6
    assert summary["moves"]["resolve"] == summary["events"]["ticket.resolved"]
    days = {event.at.astimezone(at("2026-11-18 00:00").tzinfo).date() for event in TicketEvent.objects.all()}
    assert days <= {DAY, date(2026, 11, 19)}  # midnight is its end
    assert verify().ok


def test_nobody_gets_mail_about_it(demo: TaskForce) -> None:
    play()
    assert set(Notification.objects.values_list("channel", flat=True)) == {"app"}
    newest = TicketEvent.objects.order_by("-id").values_list("id", flat=True)[0]
    assert ConsumerCursor.objects.get(name=MAIL.name).last_event_id == newest


def test_what_happened_before_is_still_mailed(demo: TaskForce) -> None:
    with clock.at(at("2026-11-19 08:00")):
        demo.file(at("2026-11-19 08:00"))
    play()
    mailed = Notification.objects.filter(channel="mail").values_list("event__type", flat=True)
    assert "ticket.submitted" in set(mailed)


def test_where_the_mail_is_behind_nothing_is_played(demo: TaskForce, monkeypatch: pytest.MonkeyPatch) -> None:
    demo.file(at("2026-11-17 09:00"))
    before = TicketEvent.objects.count()

    def fail(_event: TicketEvent) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("issues.simulation.day.MAIL", type(MAIL)(MAIL.name, fail))
    with pytest.raises(CommandError, match="start a worker"):
        play()
    assert TicketEvent.objects.count() == before
    assert ConsumerFailure.objects.exists()


def test_today_is_played_as_far_as_it_is_past(demo: TaskForce) -> None:
    play("2026-11-18 11:00", tickets=20)
    assert max(TicketEvent.objects.values_list("at", flat=True)) <= at("2026-11-18 11:00")
    assert 0 < Ticket.objects.exclude(status="draft").count() < 20


def test_the_same_seed_gives_the_same_day(demo: TaskForce) -> None:
    found: list[Summary] = []
    for seed in (1, 1, 2):
        with transaction.atomic(), clock.at(at("2026-11-19 09:00")):
            found.append(simulate_day(day=DAY, tickets=4, seed=seed))
            transaction.set_rollback(True)
    assert found[0] == found[1] != found[2]


def test_tickets_of_earlier_days_go_on_unless_more_has_happened_since(demo: TaskForce) -> None:
    demo.accepted(at("2026-11-17 16:00"))
    later = demo.accepted(at("2026-11-19 08:10"))
    events = later.last_seq
    assert play()["joined_in"] == 1
    later = Ticket.objects.get(pk=later.pk)
    assert later.last_seq == events


def test_a_closed_day_brings_filings_and_nobody_at_work(demo: TaskForce) -> None:
    with clock.at(at("2026-11-23 09:00")):
        summary = simulate_day(day=date(2026, 11, 22), tickets=4, seed=1)  # a Sunday
    assert summary.filed == 4
    assert "accept" not in summary.moves


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"date": date(2026, 11, 20)}, "not come yet"),
        ({"tickets": 501}, "between 0 and 500"),
        ({"tickets": -1}, "between 0 and 500"),
    ],
)
def test_refusals(demo: TaskForce, options: dict[str, Any], words: str) -> None:
    with clock.at(at("2026-11-19 09:00")), pytest.raises(CommandError, match=words):
        call_command("simulate_day", **options)


def test_no_invented_day_where_it_is_no_demonstration(force: TaskForce, settings: Any) -> None:
    settings.TN_DEMO = False
    with pytest.raises(CommandError, match="no demonstration"):
        call_command("simulate_day")
    with clock.at(at("2026-11-18 07:00")):
        call_command("simulate_day", tickets=0, not_a_demo=True, stdout=io.StringIO())


@pytest.mark.django_db
def test_somebody_must_be_there(settings: Any) -> None:
    settings.TN_DEMO = True
    with pytest.raises(CommandError, match="nobody plays: filers"):
        call_command("simulate_day")
