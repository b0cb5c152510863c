"""What a rule would do, what it did, and what is wrong with it."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from issues.actor import Actor
from issues.models import RoutingRule
from issues.queries.rule_trial import report_on, try_rule, warnings_of
from issues.queries.rule_words import RuleWords
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


@pytest.mark.parametrize("tickets", [1, 3])
def test_a_dry_run_costs_the_same_for_one_and_for_three(rule: RoutingRule, force: TaskForce, tickets: int) -> None:
    for _ in range(tickets):
        force.file(title="Hỏi về mái nhà xưởng")
    words, person = RuleWords(), Actor.of(force.coordinator).person
    rule.lead = "STP"
    with CaptureQueriesContext(connection) as queries:
        trial = try_rule(rule, person, words=words)
        assert len(trial.rows) == tickets
    assert len(queries) == 6


@pytest.mark.parametrize("rules", [1, 3])
def test_reports_cost_the_same_for_one_and_for_three(force: TaskForce, rules: int) -> None:
    force.file()
    RoutingRule.objects.exclude(number__in=[20, 21, 22][:rules]).delete()
    words = RuleWords()
    with CaptureQueriesContext(connection) as queries:
        assert len(report_on(RoutingRule.objects.all(), words)) == rules
    assert len(queries) == 4


def test_a_new_rule_says_whom_it_shadows(rule: RoutingRule, force: TaskForce) -> None:
    everything = RoutingRule(number=1000, priority=1, name_vi="Tất cả", conditions={}, lead="STP")
    warnings = warnings_of(everything, RuleWords())
    assert any(str(rule) in warning for warning in warnings)


def test_conflicts_expiry_and_agencies_that_are_not_connected(rule: RoutingRule, force: TaskForce) -> None:
    words = RuleWords()
    rival = RoutingRule(number=901, priority=5, name_vi="x", conditions={"kind": ["question"]}, lead="STP")
    assert any("rule 900" in w and "same priority" in w for w in warnings_of(rival, words))
    rival.valid_to = date(2026, 1, 1)
    assert any("It ended on" in w for w in warnings_of(rival, words))
    rival.valid_to, rival.lead = None, "HPA"
    assert any("not connected" in w for w in warnings_of(rival, words))
