"""The rules with which an installation begins."""

import json

import pytest

from bench.routing import ROOT
from issues.routing import CATEGORIES, CategoryScore, Facts, decide
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
