"""A rule is one sentence."""

from datetime import date

import pytest

from issues.routing import Names, say_rule

NAMES = Names(
    categories={"tax": "Tax", "utilities": "Utilities"},
    agencies={"CTHN": "Tax Department", "STC": "Department of Finance", "SCT": "Department of Trade"},
    values={"00004": "Ba Đình", "00008": "Ngọc Hà"},
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            {
                "conditions": {"category": ["tax"], "words_any": ["hoàn thuế"]},
                "lead_agency": "CTHN",
                "coordinating": ("STC",),
                "valid_from": date(2026, 12, 1),
            },
            "If the category is Tax and the text has “hoàn thuế”, the Tax Department leads and the Department of "
            "Finance coordinates; from 2026-12-01.",
        ),
        (
            {"conditions": {"category": ["utilities", "tax"], "ward": ["00008", "00004"]}, "lead_agency": "@ward"},
            "If the category is Tax or Utilities and the ward is Ba Đình or Ngọc Hà, the agency of the ward leads.",
        ),
        (
            {
                "conditions": {"words_all": ["điện", "nước", "gas"], "has_project": False},
                "lead_agency": None,
                "coordinating": ("STC", "SCT"),
                "valid_from": date(2026, 1, 1),
                "valid_to": date(2026, 6, 30),
            },
            "If the text has “điện”, “nước” and “gas” and no project is linked, Department of Finance and Department "
            "of Trade coordinate; from 2026-01-01 to 2026-06-30.",
        ),
        (
            {"lead_agency": None, "coordinating": ("@project_contact",), "valid_to": date(2026, 1, 1)},
            "In every case the contact agency of the project coordinates; until 2026-01-01.",
        ),
    ],
)
def test_a_rule_is_one_sentence(make_rule, content, said):
    assert say_rule(make_rule(**content), NAMES) == said


def test_a_long_list_is_cut_where_asked(make_rule):
    rule = make_rule(conditions={"words_any": ["a", "b", "c", "d", "e"]}, lead_agency="SCT")
    assert "“a”, “b” or 3 others" in say_rule(rule, NAMES, shown=2)
    assert "“c”, “d” or “e”" in say_rule(rule, NAMES, shown=4)  # one more is no shorter to name
