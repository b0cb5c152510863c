"""What counts as a change of a followed project."""

from decimal import Decimal

from search.saved.facts import differences, facts_of
from tests.factories.investment import make_project


def test_only_what_differs_is_a_difference() -> None:
    project = make_project(area_ha="10.50")
    before = facts_of(project)
    project.area_ha, project.note = Decimal(12), "for ourselves"
    assert differences(before, facts_of(project)) == [{"what": "area_ha", "before": "10.5", "after": "12"}]


def test_a_fact_that_was_not_kept_yet_is_no_news() -> None:
    facts = facts_of(make_project())
    earlier = {name: value for name, value in facts.items() if name not in ("period", "steps", "is_overdue")}
    assert differences(earlier, facts) == []
