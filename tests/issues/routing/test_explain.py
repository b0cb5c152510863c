"""Why a ticket went where it went, in words."""

import pytest

from core.text import fold
from issues.routing import CATEGORIES, CategoryScore, Facts, Names, decide, explain
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
    assert said[1] == "The text points more to “tax” (90%)."
