"""Published answers without an engine: bounded, public words only, with a note. With one: search/test_answers.py."""

from typing import Any

import pytest

from core import clock
from investment.catalogue import EngineUnavailable
from issues.models import Ticket, TicketStatus
from issues.queries import answer_search
from issues.queries.answer_search import AnswerQuery, AnswersFound, search_answers
from tests.factories.issues import make_agency, make_ticket


@pytest.fixture(autouse=True)
def without_engine(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_search, "_finder", None)


def make_answer(public: str, answer: str = "Nộp tại một cửa.", **fields: Any) -> Ticket:
    facts = {"status": TicketStatus.CLOSED, "public_consent": True, "published_at": clock.now(), "category": "tax"}
    return make_ticket(public_title=public, public_answer=answer, **{**facts, **fields})


def test_public_words_are_found_with_a_note() -> None:
    answer = make_answer("Miễn giấy phép xây dựng", title="Tên riêng")
    found = search_answers(AnswerQuery("giay PHEP một cửa"))
    assert (found.count, list(found.ids)) == (1, [answer.pk])
    assert found.note
    assert search_answers(AnswerQuery("tên riêng")).count == 0


def test_what_is_not_published_is_not_found() -> None:
    make_answer("Hoàn thuế", published_at=None)
    make_answer("Hoàn thuế", public_consent=False)
    assert search_answers(AnswerQuery("hoàn thuế")).count == search_answers(AnswerQuery()).count == 0


def test_filters_have_counts_that_respect_the_others() -> None:
    construction, tax = make_agency("SXD"), make_agency("CT")
    make_answer("Hoàn thuế", agency=tax)
    make_answer("Hoàn thuế đất", agency=construction, category="land")
    make_answer("Quy hoạch", agency=construction, category="land")
    for text, counts in (("", {"SXD": 2}), ("hoàn thuế", {"SXD": 1})):
        found = search_answers(AnswerQuery(text, category="land"))
        assert found.count == sum(counts.values())
        assert found.facets["agency"] == counts
        assert found.facets["category"] == ({"land": 2, "tax": 1} if not text else {"land": 1, "tax": 1})


def test_only_the_newest_are_read(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    monkeypatch.setattr(answer_search, "MOST_READ", 2)
    for day in (1, 2, 3):
        make_answer(f"Hoàn thuế {day}", published_at=clock.now().replace(day=day))
    with django_assert_num_queries(1):
        found = search_answers(AnswerQuery("hoàn thuế"))
    assert found.count == 2


def test_pages_and_an_engine_that_does_not_answer() -> None:
    def broken(query: AnswerQuery) -> AnswersFound:
        raise EngineUnavailable

    answer_search.register(broken)
    ids = [make_answer("Hoàn thuế", published_at=clock.now().replace(day=day)).pk for day in (3, 2, 1)]
    assert list(search_answers(AnswerQuery("thuế", limit=2)).ids) == ids[:2]
    assert list(search_answers(AnswerQuery("thuế", offset=2, limit=2)).ids) == ids[2:]
    assert list(search_answers(AnswerQuery(offset=1, limit=1)).ids) == ids[1:2]
    assert search_answers(AnswerQuery("!!!")).count == 0
