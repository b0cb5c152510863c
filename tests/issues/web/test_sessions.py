"""Pages of listening sessions: read by everybody once closed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from issues.actions import publishing, resolving, session_points, sessions
from issues.actor import Actor
from issues.models import ListeningSession, Ticket
from tests.issues.actions.test_sessions import values
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import text_of

pytestmark = pytest.mark.usefixtures("half_past_nine")
SignIn = Callable[[User], Client]


@pytest.fixture
def running(force: TaskForce) -> ListeningSession:
    lead = Actor.of(force.coordinator)
    planned = sessions.save_session(actor=lead, **values(minutes="Biên bản kín.", summary_vi="Tóm tắt chung."))
    return sessions.move_session(actor=lead, session=planned, step="start")


def url(session: ListeningSession, rest: str = "") -> str:
    return f"/en/sessions/{session.pk}/{rest}"


class TestPage:
    @pytest.fixture
    def closed(self, force: TaskForce, running: ListeningSession) -> ListeningSession:
        """One point answered on the spot and published, one open."""
        clerk = Actor.of(force.officer)
        behalf = {"tax_code": "0109990027", "name": "Công ty Kín"}
        point = session_points.capture_point(
            session=running, actor=clerk, on_behalf_of=behalf, title="Điểm riêng một", category="construction",
            agency="SXD", answered_by="Giám đốc Sở", answer="Chỉ cho riêng.", public_consent=True,
        )  # fmt: skip
        publishing.propose_publication(ticket=point.ticket, actor=clerk, title="Công khai hỏi", answer="Công khai đáp.")
        publishing.publish(ticket=point.ticket, actor=Actor.of(force.head))
        session_points.capture_point(
            session=running, actor=clerk, on_behalf_of=behalf, title="Điểm riêng hai", category="construction"
        )
        return sessions.move_session(actor=Actor.of(force.coordinator), session=running, step="close")

    def test_the_public_reads_no_name_and_no_private_word(self, closed: ListeningSession, force: TaskForce) -> None:
        page = text_of(Client().get(url(closed)))
        for said in ("Lắng nghe", "Phó Chủ tịch", "Tóm tắt chung.", "2 points", "Công khai hỏi", "Construction"):
            assert said in page, said
        for secret in ("Công ty Kín", "Điểm riêng", "Chỉ cho riêng", "Biên bản kín", "Giám đốc", "/tickets/KN"):
            assert secret not in page, secret

    def test_an_agency_that_was_not_there_reads_no_more(
        self, closed: ListeningSession, force: TaskForce, as_user: SignIn
    ) -> None:
        for user in (force.justice_officer, force.filer):
            page = text_of(as_user(user).get(url(closed)))
            assert "Công khai hỏi" in page
            assert "Điểm riêng" not in page

    def test_those_who_were_there_read_all(self, closed: ListeningSession, force: TaskForce, as_user: SignIn) -> None:
        for user in (force.officer, force.finance_officer, force.coordinator, force.leader):
            page = text_of(as_user(user).get(url(closed)))
            for said in ("Công ty Kín", "Điểm riêng hai", "Chỉ cho riêng.", "Biên bản kín.", "Giám đốc Sở"):
                assert said in page, said

    def test_what_became_of_a_point_is_shown(self, closed: ListeningSession, force: TaskForce) -> None:
        ticket = Ticket.objects.get(title="Điểm riêng hai")
        resolving.accept(ticket=ticket, actor=Actor.of(force.officer))
        assert "In progress" in text_of(Client().get(url(closed)))

    def test_nothing_is_public_while_it_goes_on(self, running: ListeningSession, force: TaskForce) -> None:
        page = text_of(Client().get(url(running)))
        assert "The session is running." in page
        assert "Tóm tắt" not in page

    def test_there_is_none(self, force: TaskForce) -> None:
        assert Client().get("/en/sessions/999999/").status_code == 404

    def test_queries(self, closed: ListeningSession, django_assert_num_queries: Any) -> None:
        client = Client()
        client.get(url(closed))
        with django_assert_num_queries(PAGE_QUERIES):
            client.get(url(closed))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_many(force: TaskForce, number: int, django_assert_num_queries: Any) -> None:
    for n in range(number):
        sessions.save_session(actor=Actor.of(force.coordinator), **values(title_vi=f"Buổi {n}"))
    client = Client()
    assert "Buổi 0" in text_of(client.get("/en/sessions/"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/en/sessions/")


def test_an_empty_list_says_so(force: TaskForce) -> None:
    assert "No session is planned" in text_of(Client().get("/en/sessions/"))


PAGE_QUERIES = 5
LIST_QUERIES = 3
