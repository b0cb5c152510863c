"""The list of published answers as a page."""

import pytest
from django.test import Client

from issues.queries import answer_search
from tests.factories.issues import make_agency
from tests.issues.queries.test_answer_search import make_answer
from tests.issues.web.conftest import text_of

pytestmark = pytest.mark.django_db
PAGE = "/en/answers/"


def titles(client: Client, **query: object) -> list[str]:
    return [row["answer"].public_title for row in client.get(PAGE, query).context["rows"]]


def test_words_category_and_agency(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_search, "_finder", None)
    make_answer("Hoàn thuế", agency=make_agency("CT"))
    make_answer("Giao đất", agency=make_agency("SNN"), category="land")
    assert titles(client, q="hoan thue") == ["Hoàn thuế"]
    assert titles(client, category="land") == titles(client, agency="SNN") == ["Giao đất"]
    assert titles(client, category="land", agency="CT") == []
    assert len(titles(client, category="x")) == 2
    page = text_of(client.get(PAGE, {"q": "hoan thue"}))
    assert "Search is limited now" in page
    assert "1 answer" in page


def test_choices_show_what_they_would_give(client: Client) -> None:
    make_answer("Hoàn thuế", agency=make_agency("CT"))
    context = client.get(PAGE, {"category": "land"}).context
    assert [(one.value, one.count) for one in context["categories"]] == [("tax", 1), ("land", 0)]
    assert context["agencies"] == []


def test_an_agency_that_was_chosen_stays_chosen(client: Client) -> None:
    make_agency("CT")
    page = text_of(client.get(PAGE, {"agency": "CT"}))
    assert '<option value="CT" selected>' in page


def test_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("issues.web.answers.PAGE_SIZE", 2)
    for number in range(3):
        make_answer(f"Hoàn thuế {number}")
    pages = [titles(client, page=page) for page in (1, 2, "x", 99)]
    assert [len(page) for page in pages] == [2, 1, 2, 1]
    assert len(set(pages[0] + pages[1])) == 3


def test_queries_do_not_grow_with_the_rows(client: Client, django_assert_max_num_queries: object) -> None:
    agency = make_agency("CT")
    for number in range(15):
        make_answer(f"Hoàn thuế {number}", agency=agency)
    client.get(PAGE)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get(PAGE)
