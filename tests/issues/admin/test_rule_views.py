"""Rules in the administration: their words, versions, dry run, warnings, and earlier versions."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from core import clock
from issues.models import RoutingRule
from issues.queries.rule_trial import warnings_of
from issues.queries.rule_words import RuleWords
from tests.factories.issues import make_user
from tests.issues.admin.forms import rule_data
from tests.issues.conftest import MORNING, TaskForce

TRY = {"action-try": "1"}


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


def page(client: Client, rule: RoutingRule) -> str:
    return client.get(reverse("routingrule:inspect", args=[rule.pk])).content.decode()


def test_list_form_and_page_say_the_rule_in_one_sentence(client: Client, rule: RoutingRule) -> None:
    said = (
        "If the category is Construction and the text has “cầu trục” or “mái nhà xưởng”, the Department of Finance "
        "leads and the Department of Justice coordinates."
    )
    assert said in client.get(reverse("routingrule:index")).content.decode()
    assert said in page(client, rule)
    assert said in client.get(reverse("routingrule:edit", args=[rule.pk])).content.decode()


def test_every_change_keeps_who_when_why_and_the_difference(
    client: Client, rule: RoutingRule, force: TaskForce
) -> None:
    edit(client, rule, words_any="cầu trục", priority="7", change_reason="The roofs went elsewhere.")
    edit(client, rule, words_any="cầu trục", priority="7", name_en="Only the name")
    rule.refresh_from_db()
    assert [(v.version, v.saved_by, v.reason) for v in rule.versions.all()] == [
        (2, force.coordinator, "The roofs went elsewhere."),
        (1, force.coordinator, ""),
    ]
    html = page(client, rule)
    assert "Priority: 5 → 7" in html
    assert "mái nhà xưởng" in html
    assert "The roofs went elsewhere." in html


def test_a_rule_goes_back_to_a_former_version(client: Client, rule: RoutingRule, force: TaskForce) -> None:
    edit(client, rule, lead_choice="STP", coordinating_choice=[])
    address = reverse("routingrule:restore", args=[rule.pk, 1])
    asked = client.get(address).content.decode()
    assert f"{force.justice.name_en} → {force.finance.name_en}" in asked
    rule.refresh_from_db()
    assert rule.version == 2
    assert client.post(address).status_code == 302
    rule.refresh_from_db()
    assert (rule.version, rule.lead, rule.coordinating) == (3, "STC", ["STP"])
    assert rule.versions.first().restored_from == 1
    assert "Restored version 1." in page(client, rule)
    assert client.post(address, follow=True).status_code == 200  # there is nothing to change
    assert RoutingRule.objects.get(pk=rule.pk).version == 3


def test_decisions_name_the_version_that_decided(client: Client, rule: RoutingRule, force: TaskForce) -> None:
    ticket = force.file(title="Hỏi về mái nhà xưởng")
    edit(client, rule, priority="6")
    html = client.get(reverse("issues:ticket", args=[ticket.code])).content.decode()
    assert f'href="{reverse("routingrule:inspect", args=[rule.pk])}#version-1"' in html


def test_somebody_elses_save_is_not_overwritten_unseen(client: Client, rule: RoutingRule) -> None:
    edit(client, rule, priority="7", seen_version="1")
    mine = edit(client, rule, priority="8", words_any="my words", seen_version="1")
    assert mine.status_code == 200
    html = mine.content.decode()
    assert mine.context["form"].non_field_errors()
    assert "my words" in html
    assert 'name="seen_version" value="2"' in html
    rule.refresh_from_db()
    assert rule.priority == 7
    assert edit(client, rule, priority="8", words_any="my words", seen_version="2").status_code == 302


def test_rules_are_not_deleted(client: Client, rule: RoutingRule) -> None:
    address = reverse("routingrule:edit", args=[rule.pk]).replace("edit", "delete")
    assert client.post(address).status_code == 404
    assert RoutingRule.objects.filter(pk=rule.pk).exists()


def test_a_new_rule_is_tried_before_it_is_saved(client: Client, force: TaskForce) -> None:
    stays = force.file()
    goes = force.file(title="Hỏi về mai nha xuong")
    answer = client.post(reverse("routingrule:add"), rule_data(name_vi="Tên chưa lưu", **TRY))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Nothing has been saved yet." in html
    assert goes.code in html
    assert stays.code not in html
    assert "Tên chưa lưu" in html
    assert answer.context["trial"].elsewhere == 1
    (row,) = answer.context["trial"].rows
    assert (row.went, row.would, row.beside) == (
        "Department of Construction",
        "Department of Finance",
        ["Department of Justice"],
    )
    assert any("mai nha xuong" in sentence for sentence in row.why)
    assert not RoutingRule.objects.filter(number=900).exists()


def test_an_edited_rule_is_tried_against_itself(client: Client, rule: RoutingRule, force: TaskForce) -> None:
    ticket = force.file(title="Hỏi về mái nhà xưởng")
    assert ticket.lead_agency == force.finance
    answer = edit(client, rule, coordinating_choice=[], **TRY)
    trial = answer.context["trial"]
    assert (trial.elsewhere, trial.beside_only, trial.matched) == (0, 1, 1)
    answer = edit(client, rule, active="", **TRY)
    (row,) = answer.context["trial"].rows
    assert row.would == "Department of Construction"
    rule.refresh_from_db()
    assert (rule.version, rule.active) == (1, True)


def test_a_saved_rule_shows_what_it_does(client: Client, rule: RoutingRule, force: TaskForce) -> None:
    ticket = force.file(title="Hỏi về mái nhà xưởng")
    html = client.get(reverse("routingrule:try", args=[rule.pk])).content.decode()
    assert ticket.code in html
    assert "by today&#x27;s rules" in html or "by today's rules" in html


def test_without_tickets_the_dry_run_says_so(client: Client, rule: RoutingRule) -> None:
    assert "nothing to try the rule on" in client.get(reverse("routingrule:try", args=[rule.pk])).content.decode()


def test_a_rule_of_the_future_is_tried_on_its_first_day(client: Client, force: TaskForce) -> None:
    force.file(title="Hỏi về mái nhà xưởng")
    with clock.at(MORNING):
        answer = client.post(reverse("routingrule:add"), rule_data(valid_from="2026-12-01", **TRY))
    assert answer.context["trial"].elsewhere == 1
    assert "Decided as of 1 Dec 2026" in answer.content.decode()


def test_what_cannot_work_is_refused_before_it_is_tried(client: Client, force: TaskForce) -> None:
    answer = client.post(reverse("routingrule:add"), rule_data(words_any="!!!", **TRY))
    assert answer.status_code == 200
    assert "trial" not in answer.context
    assert "!!!" in answer.content.decode()


def test_the_person_who_may_not_see_tickets_sees_no_titles(rule: RoutingRule, force: TaskForce) -> None:
    ticket = force.file(title="Hỏi về mái nhà xưởng")
    admin = Client()
    admin.force_login(make_user(Role.ADMIN))
    html = admin.get(reverse("routingrule:try", args=[rule.pk])).content.decode()
    assert ticket.code in html
    assert ticket.title not in html
    assert "mái nhà xưởng" not in html.split('id="h-trial"')[1]


def test_warnings_stand_on_the_list_and_on_the_form(client: Client, rule: RoutingRule, force: TaskForce) -> None:
    answer = client.post(
        reverse("routingrule:add"),
        rule_data(number="901", priority="400", words_any="cầu trục dầm đôi", lead_choice="STP", **TRY),
    )
    with translation.override("en"):
        conditions = {"category": ["construction"], "words_any": ["cầu trục dầm đôi"]}
        shadowed = warnings_of(RoutingRule(number=901, priority=400, conditions=conditions, lead="STP"), RuleWords())
    assert shadowed
    assert all(warning in answer.content.decode() for warning in shadowed)
    client.post(reverse("routingrule:add"), rule_data(number="901", words_any="cầu trục", lead_choice="STP"))
    html = client.get(reverse("routingrule:index")).content.decode()
    assert shadowed[0] in html


def test_a_rule_that_matches_nothing_says_so(client: Client, rule: RoutingRule, force: TaskForce) -> None:
    force.file()
    assert "matches 0 of the last ticket" in client.get(reverse("routingrule:index")).content.decode()


@pytest.mark.parametrize("name", ["try", "restore"])
def test_others_stay_outside(rule: RoutingRule, force: TaskForce, name: str) -> None:
    outsider = Client()
    outsider.force_login(force.officer)
    arguments = [rule.pk] if name == "try" else [rule.pk, 1]
    assert outsider.get(reverse(f"routingrule:{name}", args=arguments)).status_code in (302, 403)
    assert outsider.post(reverse(f"routingrule:{name}", args=arguments)).status_code in (302, 403)
