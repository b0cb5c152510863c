"""The page of what the text vote has learnt."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from core import clock
from issues.actions import resolving
from issues.actor import Actor
from issues.models import Ticket
from tests.factories.issues import make_user
from tests.issues.conftest import MORNING, TaskForce


def answered(force: TaskForce, **fields: Any) -> Ticket:
    with clock.at(MORNING):
        ticket = force.accepted(**fields)
        return resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Yes.", kind="solved")


def test_the_page_shows_what_is_learnt_and_leaves_out(force: TaskForce) -> None:
    done = answered(force)
    client = Client(headers={"accept-language": "en"})
    client.force_login(force.coordinator)
    address = reverse("categoryterm:lessons")
    html = client.get(address).content.decode()
    assert done.code in html
    assert "Answered and never returned." in html
    client.post(reverse("categoryterm:leave_out", args=[done.code]))
    assert "Learn again" in client.get(address).content.decode()
    client.post(reverse("categoryterm:leave_out", args=[done.code]), {"back": "1"})
    assert "Learn again" not in client.get(address).content.decode()
    admin = Client()
    admin.force_login(make_user(Role.ADMIN))
    assert done.title not in admin.get(address).content.decode()


@pytest.mark.parametrize("tickets", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    force: TaskForce, tickets: int, django_assert_num_queries: Any
) -> None:
    for _ in range(tickets):
        answered(force)
    client = Client()
    client.force_login(force.coordinator)
    address = reverse("categoryterm:lessons")
    client.get(address)
    with django_assert_num_queries(14):
        client.get(address)
