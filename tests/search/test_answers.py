"""Published answers found with an engine: facets, order, and nothing that is not published now."""

from datetime import timedelta
from typing import Any

import pytest

from core import clock
from issues.models import Ticket
from issues.queries.answer_search import AnswerQuery, search_answers
from search import answers, sync
from search.engines.base import Engine, EngineUnavailable, Kind
from search.versions import next_version
from tests.factories.issues import make_agency, make_event
from tests.issues.queries.test_answer_search import make_answer


def index(engine: Engine) -> None:
    sync.refresh(engine, Kind.ANSWER, Ticket.objects.values_list("pk", flat=True), next_version())


def ids(text: str, **more: Any) -> list[int]:
    found = search_answers(AnswerQuery(text, **more))
    assert not found.note
    return list(found.ids)


def test_words_are_found_and_marked(engine: Engine) -> None:
    answer = make_answer("Miễn giấy phép", "Công trình <b>sửa chữa</b> được miễn.")
    make_answer("Hoàn thuế")
    index(engine)
    found = search_answers(AnswerQuery("sua chua"))
    assert list(found.ids) == [answer.pk]
    assert "<mark>sửa</mark>" in found.reasons[answer.pk] or "<mark>sửa chữa</mark>" in found.reasons[answer.pk]
    assert "<b>" not in found.reasons[answer.pk]


def test_facets_filters_and_pages(engine: Engine) -> None:
    construction, tax = make_agency("SXD"), make_agency("CT")
    one = make_answer("Hoàn thuế", agency=tax)
    two = make_answer("Hoàn thuế đất", agency=construction, category="land")
    index(engine)
    found = search_answers(AnswerQuery("hoàn thuế", category="land"))
    assert list(found.ids) == [two.pk]
    assert found.facets == {"category": {"land": 1, "tax": 1}, "agency": {"SXD": 1}}
    assert ids("hoàn thuế", agency="CT") == [one.pk]
    assert [*ids("hoàn thuế", limit=1), *ids("hoàn thuế", limit=1, offset=1)] == ids("hoàn thuế")


def test_the_newest_of_equals_comes_first(engine: Engine) -> None:
    now = clock.now()
    made = [make_answer("Hoàn thuế", published_at=now - timedelta(hours=hours)).pk for hours in (3, 1, 2)]
    index(engine)
    assert ids("hoàn thuế") == [made[1], made[2], made[0]]


def test_what_changed_a_moment_ago_is_read_from_the_database(engine: Engine) -> None:
    taken_off, new = make_answer("Hoàn thuế"), make_answer("Hoàn thuế", published_at=None)
    index(engine)
    for ticket, published_at in ((taken_off, None), (new, clock.now())):
        Ticket.objects.filter(pk=ticket.pk).update(published_at=published_at)
        make_event(Ticket.objects.get(pk=ticket.pk))
    assert ids("hoàn thuế") == [new.pk]
    assert search_answers(AnswerQuery("hoàn thuế")).count == 1


def test_without_an_engine_it_refuses(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engines.current", lambda: None)
    with pytest.raises(EngineUnavailable):
        answers.find_answers(AnswerQuery("thuế"))
