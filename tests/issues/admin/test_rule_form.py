"""The form of a rule."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, Role
from issues.assignment import trained_vote
from issues.models import RoutingRule
from tests.factories.issues import make_agency, make_user
from tests.issues.admin.forms import rule_data
from tests.issues.conftest import TaskForce


@pytest.fixture
def client(force: TaskForce) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(force.coordinator)
    return client


@pytest.fixture
def rule(client: Client) -> RoutingRule:
    answer = client.post(reverse("routingrule:add"), rule_data())
    assert answer.status_code == 302, answer.context["form"].errors
    return RoutingRule.objects.get(number=900)


def edit(client: Client, rule: RoutingRule, **changes: Any) -> Any:
    return client.post(reverse("routingrule:edit", args=[rule.pk]), rule_data(**changes))


@pytest.fixture
def admin_client(db: None) -> Client:
    client = Client()
    client.force_login(make_user(Role.ADMIN))
    return client


def test_a_rule_made_here_routes_the_next_ticket(admin_client: Client, force: TaskForce) -> None:
    answer = admin_client.post(reverse("routingrule:add"), rule_data())
    assert answer.status_code == 302, answer.context["form"].errors
    rule = RoutingRule.objects.get(number=900)
    assert rule.conditions == {"category": ["construction"], "words_any": ["cầu trục", "mái nhà xưởng"]}
    trained_vote.forget_model()
    ticket = force.file(title="Hỏi về mai nha xuong")
    assert (ticket.lead_agency, ticket.routing_decisions.get().rule) == (force.finance, rule)


def test_a_changed_rule_is_a_new_version(admin_client: Client, force: TaskForce) -> None:
    admin_client.post(reverse("routingrule:add"), rule_data())
    rule = RoutingRule.objects.get(number=900)
    url = reverse("routingrule:edit", args=[rule.pk])
    admin_client.post(url, rule_data(name_en="Only the name"))
    rule.refresh_from_db()
    assert rule.version == 1
    admin_client.post(url, rule_data(lead_choice="STP", coordinating_choice=[]))
    rule.refresh_from_db()
    assert (rule.version, rule.lead) == (2, "STP")


@pytest.mark.parametrize(
    "changes",
    [
        {"lead_choice": "", "coordinating_choice": []},
        {"words_any": "!!!"},
        {"valid_from": "2026-12-01", "valid_to": "2026-11-01"},
        {"valid_from": "0001-01-01"},
        {"valid_to": "9999-12-31"},
        {"lead_choice": "NOWHERE"},
    ],
)
def test_a_rule_that_cannot_work_is_refused(admin_client: Client, force: TaskForce, changes: dict[str, object]) -> None:
    answer = admin_client.post(reverse("routingrule:add"), rule_data(**changes))
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not RoutingRule.objects.filter(number=900).exists()


def test_everything_a_rule_can_say_can_be_edited(client: Client, rule: RoutingRule, force: TaskForce) -> None:
    make_agency("00004", level=Agency.Level.WARD)
    asked = {
        "wards": ["00004"],
        "kinds": ["question"],
        "sectors": ["transport"],
        "contact_agencies": ["STP"],
        "words_all": "cầu\nđường",
        "has_project": "true",
        "valid_from": "2026-12-01",
        "valid_to": "2026-12-31",
        "lead_choice": "@ward",
        "coordinating_choice": ["@project_contact", "00004"],
    }
    assert edit(client, rule, **asked).status_code == 302
    rule.refresh_from_db()
    assert rule.conditions == {
        "category": ["construction"],
        "ward": ["00004"],
        "sector": ["transport"],
        "kind": ["question"],
        "project_contact_agency": ["STP"],
        "words_any": ["cầu trục", "mái nhà xưởng"],
        "words_all": ["cầu", "đường"],
        "has_project": True,
    }
    assert (rule.lead, rule.coordinating) == ("@ward", ["@project_contact", "00004"])
    assert (rule.valid_from, rule.valid_to) == (date(2026, 12, 1), date(2026, 12, 31))
