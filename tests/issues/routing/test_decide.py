import json
import random
import unicodedata
from datetime import date

import pytest

from bench.routing import ROOT
from core.text import fold
from issues.routing import CATEGORIES, CategoryScore, Facts, Names, decide, explain, replay
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


@pytest.mark.parametrize(
    ("facts", "lead", "coordinating"),
    [
        (Facts("Hoàn thuế GTGT chậm"), "CTHN", ()),
        (Facts("Xin cấp giấy phép môi trường", "Nhà máy trong KCN Quang Minh"), "BQLCNCKCN", ("STC",)),
        (Facts("Thẩm duyệt PCCC nhà xưởng trong khu công nghiệp"), "CAHN", ("BQLCNCKCN",)),
        (Facts("Truy thu bảo hiểm xã hội"), "BHXHHN", ("SNV",)),
        (Facts("Giải phóng mặt bằng chậm", ward="00004"), "P-00004", ("SNNMT",)),
        (Facts("Giải phóng mặt bằng chậm"), "SNNMT", ()),
        (Facts("Mất điện liên tục tại nhà máy"), "SCT", ()),
        (Facts("Mất nước sạch, công ty nước sạch chưa sửa đường ống nước"), "SXD", ()),
        (Facts("Thông quan chậm", "", None, None, None, "HN-001", "HPA"), "CHQHN", ("HPA",)),
    ],
)
def test_default_rules(model, rules, facts, lead, coordinating):
    decision = decide(facts, rules, model, {}, {"00004": "P-00004"}, day=TODAY)
    assert (decision.lead_agency, decision.coordinating) == (lead, coordinating)


def test_default_rules_name_known_agencies_only(rules):
    data = json.loads((ROOT / "data" / "agencies.json").read_text(encoding="utf-8"))
    known = {a["code"] for part in ("hanoi_2025_after_merger", "other_agencies_used_in_cases") for a in data[part]}
    named = {code for r in rules for code in (r.lead_agency, *r.coordinating) if code and not code.startswith("@")}
    assert named <= known


def test_every_category_but_other_has_an_agency(model, rules):
    left = {c for c in CATEGORIES if run(Facts("x", category=c), rules, model).lead_agency is None}
    assert left == {"other"}


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


def test_the_explanation_holds_words_rule_and_names(model, rules):
    decision = decide(Facts("Bị cắt điện", "EVN cắt điện ba lần"), rules, model, {}, {}, day=TODAY)
    names = Names(agencies={"SCT": "Sở Công Thương"}, categories={"utilities": "Điện, nước"}, rules={35: "Điện"})
    said = explain(decision.trace, names)
    assert said[0].startswith("The text points to “Điện, nước” (")
    assert "“cắt điện”" in said[0]
    assert said[1:] == ["Rule 35 applies: Điện.", "Lead agency: Sở Công Thương."]


def test_similar_tickets_are_named_only_to_those_who_may_see_them():
    decision = run(Facts("x"), agencies={"tax": "CTHN"})
    assert not any("T-1" in said for said in explain(decision.trace))
    assert "It reads like: Chậm hoàn thuế." in explain(decision.trace, Names(tickets={"T-1": "Chậm hoàn thuế"}))


def test_the_explanation_is_translated_by_the_given_function():
    said = []

    def translate(message):
        said.append(message)
        return message.replace("Lead agency", "Cơ quan chủ trì")

    lines = explain(run(Facts("x"), agencies={"tax": "CTHN"}).trace, _=translate)
    assert "Cơ quan chủ trì: CTHN." in lines
    assert "Lead agency: %(agency)s." in said


@pytest.mark.parametrize("word", ["100 %", "%s", "%(x)s", "{x}", "<b>"])
def test_signs_in_the_text_do_not_break_the_sentence(make_rule, word):
    rule = make_rule(conditions={"words_any": ["điện"]}, name=f"Rule {word}")
    assert any(f"Rule {word}" in s for s in explain(run(Facts(f"{word} điện"), [rule]).trace))


def test_every_step_can_be_said(model, rules):
    """Whatever the trace holds, there is a sentence for it, and none is left with a hole."""
    texts = ["", "Hoàn thuế GTGT", "Hoàn thuế GTGT hoàn THUẾ", "Xin chào", "Giải phóng mặt bằng trong khu công nghiệp"]
    for text in texts:
        for category in (None, *CATEGORIES):
            facts = Facts(text, category=category, project="HN-001")
            for line in explain(decide(facts, rules, model, {"other": "VPUB"}, {}, day=TODAY).trace):
                assert "%(" not in line
                assert ": ." not in line


def test_a_word_is_shown_once(model, rules):
    decision = decide(Facts("Hoàn thuế", "hoàn THUẾ, hoan thue"), rules, model, {}, {}, day=TODAY)
    assert [fold(word) for word in decision.trace[0].params["words"]].count("hoan thue") == 1


def test_a_vote_by_likeness_alone_is_said_without_words():
    silent = [CategoryScore("tax", 0.9, (), (("T-1", 0.9),)), CategoryScore("land", 0.1)]
    votes = Votes()
    votes.scores = silent
    assert explain(run(Facts("x"), model=votes).trace)[0] == "The text points to “tax” (90%)."
    said = explain(run(Facts("x", category="land"), model=votes).trace)
    assert said[1] == "The text rather points to “tax” (90%)."
