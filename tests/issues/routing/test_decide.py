import json
import random
import unicodedata
from datetime import date

import pytest

from core.text import fold
from issues.routing import CATEGORIES, CategoryScore, Facts, decide, replay
from tests.issues.routing.conftest import TODAY


class Votes:
    """A model that always says the same."""

    version = "fixed"

    def __init__(self, code="tax", score=0.9):
        self.scores = [CategoryScore(code, score, (("hoàn thuế", 5.0),), (("T-1", 0.7),))]
        rest = [c for c in CATEGORIES if c != code]
        self.scores += [CategoryScore(c, round((1 - score) / len(rest), 6)) for c in rest]

    def score(self, text):
        return self.scores


def run(facts, rules=(), model=None, agencies=None, wards=None, threshold=0.5, day=TODAY):
    return decide(facts, rules, model or Votes(), agencies or {}, wards or {}, threshold, day=day)


def codes(decision):
    return [step.code for step in decision.trace]


def test_the_smallest_priority_decides(make_rule):
    rules = [make_rule(1, priority=20, lead_agency="STC"), make_rule(2, priority=10, lead_agency="SXD")]
    decision = run(Facts("x"), rules)
    assert (decision.lead_agency, decision.method, decision.rule["number"]) == ("SXD", "rule", 2)


def test_equal_priority_goes_by_number_whatever_the_order(make_rule):
    rules = [make_rule(n, lead_agency=f"A{n}") for n in range(1, 8)]
    random.Random(1).shuffle(rules)
    assert run(Facts("x"), rules).lead_agency == "A1"


def test_rules_out_of_force_are_not_asked(make_rule):
    rules = [
        make_rule(1, lead_agency="OLD", valid_to=date(2026, 11, 22)),
        make_rule(2, lead_agency="NEXT", valid_from=date(2026, 11, 24)),
        make_rule(3, lead_agency="OFF", active=False),
        make_rule(4, lead_agency="NOW"),
    ]
    assert run(Facts("x"), rules).lead_agency == "NOW"


def test_the_filers_category_decides_against_the_text(make_rule):
    rules = [
        make_rule(1, conditions={"category": ["tax"]}, lead_agency="CTHN"),
        make_rule(2, conditions={"category": ["land"]}, lead_agency="SNNMT"),
    ]
    decision = run(Facts("x", category="land"), rules, Votes("tax"))
    assert (decision.lead_agency, decision.method, decision.category) == ("SNNMT", "rule", "land")
    assert codes(decision) == ["category_given", "text_disagrees", "rule_matched", "lead"]


def test_the_text_votes_where_nothing_else_decides(make_rule):
    decision = run(Facts("x"), [make_rule(conditions={"category": ["tax"]}, lead_agency="CTHN")])
    assert (decision.lead_agency, decision.method, decision.category) == ("CTHN", "text", "tax")
    assert codes(decision) == ["category_voted", "rule_matched", "lead"]
    assert decision.trace[0].params["words"] == ["hoàn thuế"]
    assert decision.trace[0].params["similar"] == ["T-1"]


@pytest.mark.parametrize(("score", "lead"), [(0.5, "CTHN"), (0.4999, None)])
def test_below_the_threshold_it_waits(make_rule, score, lead):
    decision = run(Facts("x"), [make_rule(conditions={"category": ["tax"]}, lead_agency="CTHN")], Votes(score=score))
    assert decision.lead_agency == lead
    if lead is None:
        assert (decision.method, decision.category, decision.rule) == ("none", None, None)
        assert codes(decision) == ["category_uncertain", "waits"]


def test_a_rule_on_words_comes_before_the_vote(make_rule):
    rules = [
        make_rule(1, priority=900, conditions={"words_any": ["thủy lợi"]}, lead_agency="SNNMT"),
        make_rule(2, priority=1, conditions={"category": ["tax"]}, lead_agency="CTHN"),
    ]
    assert run(Facts("Công trình Thủy lợi"), rules).lead_agency == "SNNMT"


def test_ward_and_project_contact_stand_for_agencies(make_rule):
    rules = [make_rule(1, lead_agency="@ward", coordinating=("SNNMT", "@project_contact", "@ward"))]
    facts = Facts("x", ward="00004", project="HN-001", project_contact_agency="HPA")
    decision = run(facts, rules, wards={"00004": "PBD", "00008": "PNH"})
    assert (decision.lead_agency, decision.coordinating) == ("PBD", ("SNNMT", "HPA"))


@pytest.mark.parametrize("ward", [None, "99999"])
def test_a_rule_whose_agency_is_unknown_passes_on(make_rule, ward):
    rules = [make_rule(1, lead_agency="@ward"), make_rule(2, lead_agency="SNNMT")]
    decision = run(Facts("x", ward=ward), rules, wards={"00004": "PBD"})
    assert decision.lead_agency == "SNNMT"
    assert codes(decision) == ["rule_without_agency", "rule_matched", "lead"]


def test_rules_without_lead_add_coordinating_agencies_once(make_rule):
    rules = [
        make_rule(1, lead_agency="SCT", coordinating=("SXD",)),
        make_rule(2, lead_agency=None, coordinating=("SXD", "STC", "SCT")),
        make_rule(3, lead_agency="CTHN", coordinating=("CTHN",)),
    ]
    decision = run(Facts("x"), rules)
    assert (decision.lead_agency, decision.coordinating) == ("SCT", ("SXD", "STC"))


def test_a_category_without_rule_goes_to_its_agency():
    decision = run(Facts("x", category="credit"), agencies={"credit": "STC"})
    assert (decision.lead_agency, decision.rule) == ("STC", None)
    assert "category_agency" in codes(decision)


def test_a_category_without_rule_and_agency_waits(rules, model):
    decision = run(Facts("Mời dự tiệc", category="other"), rules, model)
    assert (decision.lead_agency, decision.method) == (None, "none")


def test_the_same_decision_in_every_spelling(model, rules):
    title, body = "Xin gia hạn giấy phép lao động", "Chuyên gia Nhật Bản, hồ sơ nộp ngày 5/9 tại Sở"
    marked = [lambda t: t, str.upper, lambda t: unicodedata.normalize("NFD", t)]
    decisions = [run(Facts(s(title), s(body)), rules, model).to_dict() for s in (*marked, fold)]
    assert len({(d["lead_agency"], d["category"]) for d in decisions}) == 1
    # Without marks the vote hears less exactly, so only the spellings with marks score alike.
    assert len({json.dumps([s["score"] for s in d["scores"]]) for d in decisions[:-1]}) == 1


def test_replay_gives_the_same_decision(model, rules):
    for facts in (
        Facts("Hoàn thuế", "VAT", ward="00004"),
        Facts("Vướng giải phóng mặt bằng", ward="00004", project="HN-001", project_contact_agency="HPA"),
        Facts("x", category="credit"),
        Facts(""),
    ):
        decision = decide(facts, rules, model, {"other": "VPUB"}, {"00004": "P-00004"}, day=TODAY)
        stored = json.loads(json.dumps(decision.to_dict()))
        assert replay(stored).to_dict() == stored
