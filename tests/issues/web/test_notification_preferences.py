"""The page on which people choose what they are told, by what and when."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from issues.models import NotificationChoices
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import text_of

SignIn = Callable[[User], Client]
PAGE = "/en/account/notifications/"
VALID = {
    "waits": "now", "progress": "digest", "clock": "app", "rest": "off", "digest_time": "hour", "digest_hour": "7",
    "quiet_from": "21:00", "quiet_to": "06:30", "quiet_closed_days": "on",
}  # fmt: skip


def chosen(response: Any) -> dict[str, str]:
    return {line.about: next((c.way for c in line.cells if c.chosen), "") for line in response.context["lines"]}


def test_the_page_shows_what_is_usual_for_the_role(force: TaskForce, as_user: SignIn) -> None:
    officer, head, leader = (chosen(as_user(u).get(PAGE)) for u in (force.officer, force.head, force.leader))
    assert officer == {"waits": "now", "progress": "now", "clock": "now", "rest": "digest"}
    assert (head["progress"], leader["rest"]) == ("digest", "app")
    assert not NotificationChoices.objects.exists()


def test_what_was_chosen_is_kept_and_shown(force: TaskForce, as_user: SignIn) -> None:
    client = as_user(force.officer)
    assert client.post(PAGE, VALID).status_code == 302
    row = NotificationChoices.objects.get(user=force.officer)
    assert (row.progress, row.digest_hour, row.quiet_from, row.quiet_to) == ("digest", 7, time(21), time(6, 30))
    page = client.get(PAGE)
    assert chosen(page) == {"waits": "now", "progress": "digest", "clock": "app", "rest": "off"}
    assert 'value="21:00"' in text_of(page)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"waits": "off"}, "waits"),  # would never learn of it
        ({"clock": "off"}, "clock"),
        ({"progress": "pigeon"}, "progress"),
        ({"progress": ""}, "progress"),
        ({"quiet_to": ""}, "__all__"),
        ({"quiet_from": ""}, "__all__"),
        ({"quiet_from": "06:30"}, "quiet_to"),
        ({"quiet_from": "25:00"}, "quiet_from"),
        ({"digest_hour": "24"}, "digest_hour"),
        ({"digest_time": ""}, "digest_time"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_on_the_page(
    force: TaskForce, as_user: SignIn, changes: dict[str, str], field: str
) -> None:
    response = as_user(force.officer).post(PAGE, {**VALID, **changes})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not NotificationChoices.objects.exists()


def test_those_who_answer_for_a_breach_read_that_it_cannot_be_switched_off(force: TaskForce, as_user: SignIn) -> None:
    sentence = "This cannot be switched off."
    assert sentence in text_of(as_user(force.head).get(PAGE))
    assert sentence in text_of(as_user(force.leader).get(PAGE))
    assert sentence not in text_of(as_user(force.filer).get(PAGE))


def test_the_account_page_leads_there(force: TaskForce, as_user: SignIn) -> None:
    assert PAGE in text_of(as_user(force.officer).get("/en/account/"))
