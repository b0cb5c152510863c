"""A query string in its normal form, and back."""

import pytest

from investment.models import Project
from search.models import SavedSearch
from search.saved.listing import list_path, name_for, normal_form, query_of, read
from tests.factories.investment import make_project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "",
        "q=c%E1%BA%A3ng+%26+kho%2C+b%C3%A3i&tab=city",
        "sector=water&sector=transport&province=H%C3%A0+N%E1%BB%99i&status=published",
        "capital_min=0&capital_max=27.125&capital_unknown=1&area_max=0.5&tab=elsewhere",
    ],
)
def test_it_says_the_same_as_what_was_asked(text: str) -> None:
    make_project(province="Hà Nội")
    asked = read(text, "en")
    kept = SavedSearch(query=normal_form(asked), locale="en")
    assert query_of(kept) == asked
    assert normal_form(query_of(kept)) == kept.query
    assert list_path(kept) == f"/en/projects/?{kept.query}"


def test_order_page_and_repetition_do_not_matter() -> None:
    one = read("tab=all&sector=water&page=7&sort=name&area_min=1.0&sector=water", "vi")
    assert normal_form(one) == normal_form(read("area_min=1&sector=water", "vi"))


def test_a_name_is_made_of_what_it_looks_for() -> None:
    assert Project.objects.count() == 0
    assert name_for(read("q=c%E1%BA%A7u&tab=city", "vi")).startswith("cầu, ")
    assert name_for(read("", "vi")) == ""
