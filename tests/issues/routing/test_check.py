from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from issues.routing import Facts, Rule, check_rules, decide
from issues.routing.defaults import default_rules
from issues.routing.text_vote import CategoryScore
from tests.issues.routing.conftest import TODAY
from tests.long import either

CATEGORIES = ["tax", "land", "trade"]
WARDS = ["00004", "00008"]
SECTORS = ["transport", "industrial_infra"]
PHRASES = ["điện", "mất điện", "mất điện đột ngột", "nước", "thuế"]
CONNECTED = {"A", "B"}


def found(rules, **more):
    return [(w.code, w.rule, w.rules) for w in check_rules(rules, day=TODAY, **more)]


def test_default_rules_are_clean():
    assert found(default_rules()) == []


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({}, {"category": ["tax"]}),
        ({"category": ["tax", "land"]}, {"category": ["tax"]}),
        ({"words_any": ["điện"]}, {"words_any": ["mất điện", "điện yếu"]}),
        ({"words_any": ["dien"]}, {"words_all": ["Mất ĐIỆN", "nước"]}),
        ({"words_all": ["điện", "nước"]}, {"words_all": ["mất nước", "mất điện"]}),
        ({"has_project": True}, {"sector": ["transport"]}),
        ({"has_project": True}, {"project_contact_agency": ["HPA"]}),
        ({"has_project": False}, {"has_project": False, "category": ["tax"]}),
        ({"ward": ["00004"], "kind": ["question"]}, {"ward": ["00004"], "kind": ["question"], "category": ["tax"]}),
    ],
)
def test_a_rule_that_an_earlier_one_covers_is_dead(make_rule, earlier, later):
    rules = [make_rule(1, conditions=earlier, lead_agency="A"), make_rule(2, conditions=later, lead_agency="B")]
    assert ("shadowed", 2, (1,)) in found(rules)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"category": ["tax"]}, {}),
        ({"category": ["tax"]}, {"category": ["tax", "land"]}),
        ({"words_any": ["mất điện"]}, {"words_any": ["điện"]}),
        ({"words_any": ["mất điện"]}, {"words_all": ["mất", "điện"]}),  # not beside each other
        ({"words_all": ["điện", "nước"]}, {"words_any": ["điện", "nước"]}),
        ({"has_project": True}, {"has_project": False}),
        ({"sector": ["transport"]}, {"has_project": True}),
    ],
)
def test_a_rule_with_something_of_its_own_is_not_dead(make_rule, earlier, later):
    rules = [
        make_rule(1, priority=1, conditions=earlier, lead_agency="A"),
        make_rule(2, priority=2, conditions=later, lead_agency="B"),
    ]
    assert found(rules) == []


def test_several_rules_can_cover_one_together(make_rule):
    rules = [
        make_rule(1, conditions={"category": ["tax"]}, lead_agency="A"),
        make_rule(2, conditions={"category": ["land"]}, lead_agency="B"),
        make_rule(3, priority=200, conditions={"category": ["tax", "land"], "words_any": ["điện"]}, lead_agency="C"),
    ]
    assert found(rules) == [("shadowed", 3, (1, 2))]


def test_a_stand_in_covers_only_its_like(make_rule):
    ward = make_rule(1, lead_agency="@ward")
    assert found([ward, make_rule(2, priority=200, lead_agency="B")]) == []
    assert found([ward, make_rule(2, priority=200, lead_agency="@ward")]) == [("shadowed", 2, (1,))]


def test_what_ends_earlier_does_not_cover(make_rule):
    ends = make_rule(1, valid_to=date(2026, 12, 31), lead_agency="A")
    stays = make_rule(2, priority=200, lead_agency="B")
    assert found([ends, stays]) == []
    assert found([ends, make_rule(3, priority=200, lead_agency="B", valid_to=date(2026, 12, 1))]) == [
        ("shadowed", 3, (1,))
    ]
    begins = make_rule(4, valid_from=date(2026, 12, 1), lead_agency="A")
    assert found([begins, stays]) == []


def test_same_priority_and_two_leads_conflict(make_rule):
    tax, words = {"category": ["tax"]}, {"words_any": ["điện"]}
    rules = [make_rule(1, conditions=tax, lead_agency="A"), make_rule(2, conditions=words, lead_agency="B")]
    assert found(rules) == [("conflict", 2, (1,))]
    assert found([rules[0], make_rule(2, priority=101, conditions=words, lead_agency="B")]) == []
    assert found([rules[0], make_rule(2, conditions=words, lead_agency="A")]) == []
    assert found([rules[0], make_rule(2, conditions={"category": ["land"]}, lead_agency="B")]) == []


def test_rules_of_different_days_do_not_conflict(make_rule):
    first = make_rule(1, conditions={"category": ["tax"]}, lead_agency="A", valid_to=date(2026, 12, 31))
    second = make_rule(2, conditions={"words_any": ["điện"]}, lead_agency="B", valid_from=date(2027, 1, 1))
    assert found([first, second]) == []


def test_what_can_never_hold_is_said(make_rule):
    assert found([make_rule(1, conditions={"has_project": False, "sector": ["transport"]})]) == [
        ("needs_project", 1, ())
    ]
    assert found([make_rule(1, conditions={"has_project": False}, lead_agency="@project_contact")]) == [
        ("no_contact_agency", 1, ())
    ]
    assert found([make_rule(1, conditions={"ward": ["99999"]})], wards={"00004"}) == [("unknown_ward", 1, ())]
    assert found([make_rule(1, valid_to=TODAY - timedelta(days=1))]) == [("expired", 1, ())]


def test_an_agency_that_is_not_connected_is_named(make_rule):
    rules = [make_rule(1, lead_agency="A", coordinating=("NOBODY", "@ward"))]
    assert [(w.code, w.params) for w in check_rules(rules, day=TODAY, connected=CONNECTED)] == [
        ("not_connected", {"agency": "NOBODY", "leads": False})
    ]


def test_a_rule_that_is_switched_off_is_left_alone(make_rule):
    assert found([make_rule(1, lead_agency="A"), make_rule(2, lead_agency="B", active=False)]) == []


# --- Whatever the rules: a dead one never decides -----------------------------------------------------------------


def some(values):
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)


CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "category": some(CATEGORIES),
        "ward": some(WARDS),
        "sector": some(SECTORS),
        "words_any": some(PHRASES),
        "words_all": some(PHRASES),
        "has_project": st.booleans(),
    },
)
DAYS = st.none() | st.integers(-5, 5).map(lambda n: TODAY + timedelta(days=n))


@st.composite
def rule_sets(draw):
    rules = []
    for number in range(1, draw(st.integers(2, 6))):
        start, end = draw(DAYS), draw(DAYS)
        if start and end and end < start:
            start, end = end, start
        rules.append(
            Rule(
                id=number, number=number, version=1, priority=draw(st.integers(1, 2)), name=f"Rule {number}",
                conditions=draw(CONDITIONS), lead_agency=draw(st.sampled_from(["A", "B", "@ward", "@project_contact"])),
                valid_from=start, valid_to=end,
            )
        )  # fmt: skip
    return rules


@st.composite
def facts(draw):
    project = draw(st.none() | st.just("HN-001"))
    return Facts(
        title=" ".join(draw(st.lists(st.sampled_from(PHRASES), max_size=4))),
        category=draw(st.none() | st.sampled_from(CATEGORIES)),
        ward=draw(st.none() | st.sampled_from(WARDS)),
        sector=draw(st.none() | st.sampled_from(SECTORS)) if project else None,
        project=project,
        project_contact_agency=draw(st.none() | st.just("HPA")) if project else None,
    )


class Votes:
    version = "fixed"

    def __init__(self, code):
        self.scores = [CategoryScore(code, 0.9), CategoryScore("other", 0.1)]

    def score(self, text):
        return self.scores


@settings(max_examples=either(80, 400), deadline=None)
@given(rule_sets(), facts(), st.sampled_from(CATEGORIES), st.sampled_from([{}, {"00004": "W"}]), st.integers(0, 6))
def test_a_dead_rule_never_decides(rules, ticket, voted, wards, days):
    dead = {w.rule for w in check_rules(rules, day=TODAY, wards=set(WARDS)) if w.is_dead}
    decision = decide(ticket, rules, Votes(voted), {}, wards, day=TODAY + timedelta(days=days))
    assert decision.rule is None or decision.rule["id"] not in dead
