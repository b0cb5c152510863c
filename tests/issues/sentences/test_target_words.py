"""Time limits in words."""

from issues.models import TargetSetting
from issues.sentences.target_words import overridden_by


def test_the_more_specific_limit_wins() -> None:
    rows = [
        TargetSetting(clock="resolution", kind=kind, category=category)
        for kind, category in (("", ""), ("difficulty", ""), ("", "tax"), ("difficulty", "tax"), ("question", "tax"))
    ]
    general, kind, category, both, other = rows
    assert overridden_by(general, rows) == [both, other, kind, category]
    assert overridden_by(category, rows) == [both, other, kind]
    assert overridden_by(kind, rows) == [both]
    assert overridden_by(both, rows) == []
