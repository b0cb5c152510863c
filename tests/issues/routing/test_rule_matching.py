import json
import unicodedata
from datetime import date

import pytest

from issues.routing import Facts, Rule, RuleError, matches


@pytest.mark.parametrize(
    ("conditions", "facts", "expected"),
    [
        ({}, Facts("x"), True),
        ({"category": ["tax", "land"]}, Facts("x", category="land"), True),
        ({"category": ["tax"]}, Facts("x", category="land"), False),
        ({"category": ["tax"]}, Facts("x"), False),
        ({"ward": ["00004"]}, Facts("x", ward="00004"), True),
        ({"sector": ["transport"]}, Facts("x", sector="tourism"), False),
        ({"kind": ["question"]}, Facts("x", kind="question"), True),
        ({"has_project": True}, Facts("x", project="HN-001"), True),
        ({"has_project": True}, Facts("x"), False),
        ({"has_project": False}, Facts("x"), True),
        ({"project_contact_agency": ["HPA"]}, Facts("x", project_contact_agency="HPA"), True),
        ({"words_any": ["mất điện", "EVN"]}, Facts("Điện", "evn cắt điện"), True),
        ({"words_any": ["mất điện"]}, Facts("Điện mất"), False),
        ({"words_all": ["khu công nghiệp", "nước thải"]}, Facts("Nước thải", "trong khu công nghiệp"), True),
        ({"words_all": ["khu công nghiệp", "nước thải"]}, Facts("Nước thải"), False),
        ({"category": ["tax"], "words_any": ["VAT"]}, Facts("Hoàn VAT", category="tax"), True),
        ({"category": ["tax"], "words_any": ["VAT"]}, Facts("Hoàn thuế", category="tax"), False),
    ],
)
def test_matches(make_rule, conditions, facts, expected):
    assert (matches(make_rule(conditions=conditions), facts) is not None) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Chậm giải phóng mặt bằng",
        "cham giai phong mat bang",
        "CHẬM GIẢI PHÓNG MẶT BẰNG",
        unicodedata.normalize("NFD", "Chậm giải phóng mặt bằng"),
    ],
)
def test_words_match_in_every_spelling(make_rule, text):
    assert matches(make_rule(conditions={"words_any": ["giải phóng mặt bằng"]}), Facts(text))


def test_a_phrase_matches_whole_words_only(make_rule):
    rule = make_rule(conditions={"words_any": ["cá"]})
    assert matches(rule, Facts("các cảng")) is None
    assert matches(rule, Facts("nuôi cá")) is not None


def test_the_match_holds_the_words_as_written(make_rule):
    match = matches(make_rule(conditions={"category": ["tax"], "words_any": ["hoàn thuế", "vat"]}),
                    Facts("Xin Hoàn  thuế", "VAT quý 1", category="tax"))  # fmt: skip
    assert match.words == ("Hoàn thuế", "VAT")
    assert [(c.name, c.found) for c in match.conditions] == [
        ("category", ("tax",)),
        ("words_any", ("Hoàn thuế", "VAT")),
    ]


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ([], "object"),
        ({"colour": ["red"]}, "colour"),
        ({"category": "tax"}, "list"),
        ({"category": []}, "at least one"),
        ({"category": ["fishing"]}, "fishing"),
        ({"ward": [4]}, "4"),
        ({"words_any": ["  "]}, "words_any"),
        ({"words_all": ["…"]}, "…"),
        ({"has_project": "yes"}, "yes"),
    ],
)
def test_wrong_conditions_are_refused_by_name(make_rule, conditions, said):
    with pytest.raises(RuleError, match=said):
        make_rule(conditions=conditions)


def test_a_rule_names_an_agency(make_rule):
    with pytest.raises(RuleError, match="no agency"):
        make_rule(lead_agency=None)
    make_rule(lead_agency=None, coordinating=("SXD",))


def test_a_rule_cannot_end_before_it_begins(make_rule):
    with pytest.raises(RuleError, match="2026-01-01"):
        make_rule(valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 6, 30), True), (date(2026, 7, 1), False)],
)
def test_both_days_of_validity_are_included(make_rule, day, expected):
    assert make_rule(valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30)).in_force(day) is expected


def test_an_inactive_rule_is_never_in_force(make_rule):
    assert not make_rule(active=False).in_force(date(2026, 1, 1))


def test_a_rule_survives_json(make_rule):
    rule = make_rule(conditions={"words_any": ["điện"]}, coordinating=("SXD",), valid_from=date(2026, 1, 1))
    assert Rule.from_dict(json.loads(json.dumps(rule.to_dict()))) == rule


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Kho hư hỏng sau bão số 3", True),
        ("Kho hu hong sau bao so 3", True),  # as people write on a telephone
        ("Gửi báo cáo tháng", False),
        ("Bảo vệ nhà xưởng", False),
        ("BÃO LŨ", True),
    ],
)
def test_marks_must_agree_where_both_have_them(text, is_found):
    rule = Rule(1, 1, 1, 100, "Bão", {"words_any": ["bão"]}, "A")
    assert (matches(rule, Facts(text)) is not None) == is_found


def test_a_rule_without_marks_finds_every_spelling():
    rule = Rule(1, 1, 1, 100, "Ngập", {"words_any": ["ngap ung"]}, "A")
    assert matches(rule, Facts("Ngập úng sau mưa")).words == ("Ngập úng",)
