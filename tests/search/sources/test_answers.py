"""Published answers are found, in both languages, as soon as they are published; nothing else of a ticket is."""

import pytest

from core import clock
from issues.actions import publishing, resolving
from issues.actor import Actor
from issues.events.drain import drain_all
from issues.models import Ticket
from search import sync
from search.engines.base import Engine, Kind, Scope, SearchQuery
from search.finding import find
from search.words.keys import keys_of
from tests.issues.conftest import MORNING, TaskForce, make_task_force


@pytest.fixture
def published(engine: Engine) -> Ticket:
    force: TaskForce = make_task_force()
    ticket = force.accepted(title="Tên riêng của công ty", body="Bí mật", public_consent=True)
    with clock.at(MORNING):
        officer = Actor.of(force.officer)
        ticket = resolving.resolve(ticket=ticket, actor=officer, answer="Chi tiết riêng", kind="solved")
        ticket = publishing.propose_publication(
            ticket=ticket, actor=officer, title="Hỏi miễn giấy phép xây dựng", answer="Công trình được miễn giấy phép."
        )
        assert _found(engine, "giấy phép") == []
        publishing.publish(ticket=ticket, actor=Actor.of(force.head))
    drain_all()
    sync.drain()
    return ticket


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize("words", ["giấy phép xây dựng", "giay phep", "mien giay phep"])
def test_a_published_answer_is_found(engine: Engine, published: Ticket, words: str, locale: str) -> None:
    hit = find(engine, words, SearchQuery(locale=locale, kinds=(Kind.ANSWER,))).result.hits[0]
    assert hit.title == "Hỏi miễn giấy phép xây dựng"
    assert hit.url == f"/{locale}/answers/{published.code}/"


@pytest.mark.parametrize("words", ["Bí mật", "Tên riêng", "Chi tiết riêng"])
def test_the_private_words_are_not(engine: Engine, published: Ticket, words: str) -> None:
    assert engine.known([keys_of(words)], Scope(kinds=(Kind.ANSWER,))) == set()
    assert engine.known([keys_of(published.public_title)], Scope(kinds=(Kind.ANSWER,)))


def test_new_public_words_take_the_answer_off_until_they_are_checked(engine: Engine, published: Ticket) -> None:
    officer = Actor.of(published.assignee)
    publishing.propose_publication(ticket=published, actor=officer, title="Khác", answer="Khác nữa")
    drain_all()
    sync.drain()
    assert _found(engine, "giấy phép") == []


def _found(engine: Engine, words: str) -> list[str]:
    result = find(engine, words, SearchQuery(locale="vi", kinds=(Kind.ANSWER,))).result
    return [hit.title for hit in result.hits]
