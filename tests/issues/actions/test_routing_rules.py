"""Rules are changed by coordinators alone, and keep their history."""

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import NotAllowed
from issues.actions import routing_rules
from issues.actor import Actor
from issues.assignment import decisions
from issues.models import RoutingRule, RuleOffer
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


def test_the_actions_ask_who_may_themselves(rule: RoutingRule, force: TaskForce) -> None:
    officer = Actor.of(force.officer)
    with pytest.raises(NotAllowed):
        routing_rules.save_rule(actor=officer, rule=rule)
    with pytest.raises(NotAllowed):
        routing_rules.restore_rule(actor=officer, rule=rule, version=1)
    with pytest.raises(NotAllowed):
        routing_rules.dismiss_offer(actor=officer, offer=RuleOffer())


def test_a_default_rule_begins_its_history_at_the_set_up(force: TaskForce) -> None:
    rule = RoutingRule.objects.get(number=20)
    assert [(v.version, v.saved_by) for v in rule.versions.all()] == [(1, None)]
    assert decisions.rule_of(rule.versions.get().as_rule()) == decisions.rule_of(rule)
