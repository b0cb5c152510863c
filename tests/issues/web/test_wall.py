"""The public screen: no person, no enterprise, no title but of published answers."""

from typing import Any

import pytest
from django.test import Client

from core import clock
from core import today as days
from issues.actions import publishing, resolving
from issues.actor import Actor
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import text_of

WALL = "/en/wall/"
pytestmark = pytest.mark.usefixtures("half_past_nine")


def answered(force: TaskForce, **fields: Any) -> Any:
    ticket = force.accepted(**fields)
    return resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Được xây.", kind="solved")


def test_open_to_everybody_and_silent_about_people_and_words(force: TaskForce, client: Client) -> None:
    open_one, done = force.accepted(), answered(force)
    for user in (force.officer, force.filer):
        user.name = f"Người số {user.pk}"
        user.save()
    page = text_of(client.get(WALL))
    assert "Department of Construction" in page
    assert "Construction" in page
    for secret in (
        open_one.title, open_one.code, done.answer, str(force.officer), str(force.filer), force.filer.email,
        open_one.enterprise.name,
    ):  # fmt: skip
        assert secret not in page


def test_a_published_answer_shows_its_public_title(force: TaskForce, client: Client) -> None:
    ticket = answered(force, public_consent=True)
    publishing.propose_publication(
        ticket=ticket, actor=Actor.of(force.officer), title="Giấy phép trước 2013", answer="Được."
    )
    assert "Giấy phép trước 2013" not in text_of(client.get(WALL))
    publishing.publish(ticket=ticket, actor=Actor.of(force.head))
    page = text_of(client.get(WALL))
    assert "Giấy phép trước 2013" in page
    assert ticket.title not in page


def test_numbers(force: TaskForce, client: Client) -> None:
    force.accepted()
    waiting = force.accepted()
    resolving.request_info(ticket=waiting, actor=Actor.of(force.officer), question="?")
    answered(force)
    wall = client.get(WALL).context["wall"]
    assert (wall.counts.open, wall.counts.overdue, wall.counts.others_paused) == (2, 0, 1)
    assert (wall.received_today, wall.answered_today) == (3, 1)
    assert len(wall.received) == 3
    with clock.at(at("2026-11-19 08:30")):
        wall = client.get(WALL).context["wall"]
    assert (wall.counts.overdue, wall.received_today) == (1, 0)


def test_a_small_sample_is_counted_not_rated(force: TaskForce, client: Client) -> None:
    for _ in range(4):
        answered(force)
    assert "4<small> / 4</small>" in text_of(client.get(WALL))
    answered(force)
    assert "100<small> %</small>" in text_of(client.get(WALL))


@pytest.mark.parametrize("moment", ["2026-11-18 06:00", "2026-11-18 23:59", "2026-11-22 10:00"])
def test_it_stands_outside_working_hours_too(force: TaskForce, client: Client, moment: str) -> None:
    force.accepted()
    with clock.at(at(moment)):
        assert client.get(WALL).status_code == 200


def test_live_and_the_fragment(force: TaskForce, client: Client) -> None:
    ticket = force.accepted()
    assert f'data-live-topics="public" data-live-after="{ticket.last_event_id}"' in text_of(client.get(WALL))
    fragment = text_of(client.get(WALL + "?fragment=wall"))
    assert fragment.startswith('<main class="wall" id="wall"')


@pytest.mark.parametrize("number", [1, 3])
def test_queries(
    force: TaskForce, client: Client, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    for _ in range(number):
        force.accepted()
        answered(force)
    client.get(WALL)
    with django_assert_num_queries(7):
        client.get(WALL)


def test_the_masthead_knows_the_calendar(force: TaskForce) -> None:
    """issues registers the city's calendar with core.today."""
    today = days.today(at("2026-11-18 09:30"))
    assert today.is_known
    assert today.minutes_left == 390
    assert not days.today(at("2026-11-22 09:30")).is_working_day
