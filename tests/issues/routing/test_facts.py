import pytest

from issues.models import Category
from issues.routing.facts import CATEGORIES, Facts


def test_the_categories_are_those_of_the_rows() -> None:
    assert sorted(CATEGORIES) == sorted(Category.values)


def test_the_text_begins_with_the_title() -> None:
    assert Facts(title="Hỏi", body="Đất\nNhà").text == "Hỏi\nĐất\nNhà"


def test_facts_survive_being_stored() -> None:
    facts = Facts(title="Hỏi", body="Đất", category="land", ward="W1", kind="urgent")
    assert Facts(**facts.to_dict()) == facts


def test_facts_are_not_changed() -> None:
    with pytest.raises(AttributeError):
        Facts(title="Hỏi").title = "x"  # type: ignore[misc]
