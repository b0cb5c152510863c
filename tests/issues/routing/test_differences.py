"""What changed between two versions of a rule."""

from datetime import date

from issues.routing import differences


def test_differences_of_two_versions(make_rule):
    old = make_rule(conditions={"category": ["tax"], "words_any": ["a", "b"]}, lead_agency="SCT", coordinating=("STC",))
    new = make_rule(
        version=2,
        priority=90,
        conditions={"words_any": ["b", "c"], "has_project": True},
        lead_agency=None,
        coordinating=("STC", "SXD"),
        valid_to=date(2026, 12, 31),
        name="Another name",
    )
    assert [(d.code, d.before, d.after, d.added, d.removed) for d in differences(old, new)] == [
        ("priority", 100, 90, (), ()),
        ("category", None, None, (), ("tax",)),
        ("words_any", None, None, ("c",), ("a",)),
        ("has_project", None, True, (), ()),
        ("lead_agency", "SCT", None, (), ()),
        ("coordinating", None, None, ("SXD",), ()),
        ("valid_to", None, date(2026, 12, 31), (), ()),
    ]
    assert differences(old, old) == []
