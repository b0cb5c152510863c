"""Rules in the words of the active language."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from accounts.models import Agency
from issues.models import RoutingRule
from issues.queries.rule_words import RuleWords
from issues.routing import Difference, RuleWarning

pytestmark = pytest.mark.django_db


@pytest.fixture
def words() -> RuleWords:
    Agency.objects.update_or_create(code="STC", defaults={"name_vi": "Sở Tài chính", "name_en": "Finance"})
    translation.activate("en")
    return RuleWords()


def test_a_rule_that_cannot_be_used_says_why(words: RuleWords) -> None:
    row = RoutingRule(number=1, priority=1, name_vi="x", conditions={"nonsense": 1}, lead="STC")
    assert "nonsense" in words.sentence_of(row)


@pytest.mark.parametrize(
    ("code", "params", "said"),
    [
        ("expired", {"date": "2026-11-18"}, "18"),
        ("shadowed", {}, "70"),
        ("conflict", {"agency": "STC"}, "Finance"),
        ("needs_project", {}, ""),
        ("no_contact_agency", {}, ""),
        ("unknown_ward", {"values": ["W1"]}, "W1"),
        ("not_connected", {"leads": True, "agency": "STC"}, "Finance"),
        ("not_connected", {"leads": False, "agency": "STC"}, "Finance"),
    ],
)
def test_every_warning_has_a_sentence(words: RuleWords, code: str, params: dict[str, Any], said: str) -> None:
    sentence = words.warning(RuleWarning(code=code, rule=1, rules=(7,), params=params), {7: RoutingRule(number=70)})
    assert sentence
    assert said in sentence


def test_several_rules_in_front_are_all_named(words: RuleWords) -> None:
    others = {7: RoutingRule(number=70), 8: RoutingRule(number=80)}
    assert "70, 80" in words.warning(RuleWarning(code="shadowed", rule=1, rules=(7, 8), params={}), others)


def test_a_warning_that_nobody_knows_is_a_mistake(words: RuleWords) -> None:
    with pytest.raises(ValueError, match="nonsense"):
        words.warning(RuleWarning(code="nonsense", rule=1, rules=(), params={}), {})


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (Difference("priority", before=5, after=7), "Priority: 5 → 7"),
        (Difference("active", before=True, after=False), "Switched on: yes → no"),
        (Difference("lead_agency", before=None, after="STC"), "Lead agency: – → Finance"),
        (Difference("valid_to", before=None, after=date(2026, 11, 18)), "Valid to: – → 18"),
        (Difference("coordinating", added=("STC",)), "Coordinating agencies: Finance added"),
        (Difference("coordinating", removed=("STC",)), "Coordinating agencies: Finance removed"),
        (Difference("words_any", added=("mái",), removed=("rào",)), "One of these words: “mái” added, “rào” removed"),
    ],
)
def test_a_difference_is_a_line(words: RuleWords, difference: Difference, said: str) -> None:
    assert words.differences([difference])[0].startswith(said)
