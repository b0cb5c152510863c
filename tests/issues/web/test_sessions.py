"""Pages of listening sessions: planned by coordinators, taken down by clerks, read by everybody once closed."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from issues.actions import publishing, resolving, session_points, sessions
from issues.actor import Actor
from issues.models import ListeningSession, SavedInput, SessionPoint, Ticket
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


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "tax_code": "0109990027",
        "name": "Công ty Kín",
        "title": "Điểm riêng về giấy phép xây dựng",
        "body": "",
        "category": "construction",
        "agency": "",
        "answered_by": "",
        "answer": "",
        "kind": "explained",
        "key": str(uuid.uuid4()),
        **changes,
    }


def url(session: ListeningSession, rest: str = "") -> str:
    return f"/en/sessions/{session.pk}/{rest}"


class TestCapture:
    def test_one_point_after_the_other(self, force: TaskForce, running: ListeningSession, as_user: SignIn) -> None:
        client = as_user(force.officer)
        page = text_of(client.get(url(running, "capture/")))
        assert "No point yet" in page
        assert "autofocus" in page
        response = client.post(url(running, "capture/"), typed(), follow=True)
        page = text_of(response)
        code = Ticket.objects.get().code
        assert response.redirect_chain == [(url(running, "capture/"), 302)]
        for said in (f"{code} is filed.", "Điểm riêng", "Công ty Kín", "Department of Construction", "Due 17:30 today"):
            assert said in page, said
        spot = typed(title="Hai", agency="STC", answered_by="Giám đốc Sở", answer="Được miễn.")
        page = text_of(client.post(url(running, "capture/"), spot, follow=True))
        for said in ("answered on the spot.", "Giám đốc Sở", "Được miễn.", "2 points", "1 answered on the spot"):
            assert said in page, said

    def test_enter_twice_files_once(self, force: TaskForce, running: ListeningSession, as_user: SignIn) -> None:
        client, sent = as_user(force.officer), typed()
        assert {client.post(url(running, "capture/"), sent).status_code for _ in range(2)} == {302}
        assert SessionPoint.objects.count() == 1

    def test_errors_keep_everything(self, force: TaskForce, running: ListeningSession, as_user: SignIn) -> None:
        sent = typed(tax_code="12", answer="Đã nói <b>rõ</b>")
        response = as_user(force.officer).post(url(running, "capture/"), sent)
        page = text_of(response)
        assert response.status_code == 422
        assert sent["key"] in page
        for said in ("Điểm riêng", "Đã nói &lt;b&gt;rõ&lt;/b&gt;", "This field is required."):
            assert said in page, said
        assert not Ticket.objects.exists()

    def test_what_is_typed_is_kept_until_it_is_filed(
        self, force: TaskForce, running: ListeningSession, as_user: SignIn
    ) -> None:
        client = as_user(force.officer)
        answer = client.post(url(running, "capture/keep/"), typed(title="Dở dang")).json()
        assert answer == {"saved": "Draft saved 09:30"}
        assert 'value="Dở dang"' in text_of(client.get(url(running, "capture/")))
        client.post(url(running, "capture/"), typed())
        assert not SavedInput.objects.exists()

    def test_a_hint_says_where_it_would_go(self, force: TaskForce, running: ListeningSession, as_user: SignIn) -> None:
        client = as_user(force.officer)
        page = text_of(client.post(url(running, "capture/hint/"), typed()))
        assert "Department of Construction" in page
        assert "17:30" in page
        assert (
            text_of(client.post(url(running, "capture/hint/"), {}))
            == '<p id="hint" class="small mb-0" role="status"></p>'
        )

    def test_one_more_point_of_the_same_enterprise(
        self, force: TaskForce, running: ListeningSession, as_user: SignIn
    ) -> None:
        page = text_of(as_user(force.officer).get(url(running, "capture/?tax_code=0109990027")))
        assert 'value="0109990027"' in page

    def test_not_before_and_not_after(self, force: TaskForce, running: ListeningSession, as_user: SignIn) -> None:
        sessions.move_session(actor=Actor.of(force.coordinator), session=running, step="close")
        client = as_user(force.officer)
        assert "while the session is running" in text_of(client.get(url(running, "capture/")))
        assert client.post(url(running, "capture/"), typed()).status_code == 409

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries(
        self, force: TaskForce, running: ListeningSession, as_user: SignIn, number: int, django_assert_num_queries: Any
    ) -> None:
        client = as_user(force.officer)
        for _ in range(number):
            client.post(url(running, "capture/"), typed())
        client.get(url(running, "capture/"))
        with django_assert_num_queries(CAPTURE_QUERIES):
            client.get(url(running, "capture/"))


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


class TestPlanning:
    def form(self, **changes: Any) -> dict[str, Any]:
        return {
            **values(), "starts_at": "2026-11-25T18:00", "ends_at": "2026-11-25T20:00", "title_en": "For builders",
            **changes,
        }  # fmt: skip

    def test_planned_begun_and_closed(self, force: TaskForce, as_user: SignIn) -> None:
        client = as_user(force.coordinator)
        response = client.post("/en/sessions/new/", self.form())
        kept = ListeningSession.objects.get()
        assert response.url == url(kept)
        page = text_of(Client().get(url(kept)))
        assert "For builders" in page
        assert "18:00–20:00" in page
        assert client.post(url(kept, "step/start/")).url == url(kept, "capture/")
        assert client.post(url(kept, "step/close/")).url == url(kept)
        assert client.post(url(kept, "step/close/"), follow=True).status_code == 200
        kept.refresh_from_db()
        assert kept.is_closed
        assert client.post(url(kept, "step/explode/")).status_code == 404

    def test_mended(self, force: TaskForce, running: ListeningSession, as_user: SignIn) -> None:
        client = as_user(force.coordinator)
        page = text_of(client.get(url(running, "edit/")))
        assert 'value="2026-11-18T18:00"' in page
        assert "Biên bản kín." in page
        client.post(url(running, "edit/"), self.form(minutes="Khác."))
        running.refresh_from_db()
        assert (running.minutes, running.state) == ("Khác.", "running")

    @pytest.mark.parametrize(
        "changes",
        [
            {"title_vi": ""},
            {"ends_at": "2026-11-25T17:00"},
            {"starts_at": "soon"},
            {"agencies": "XX"},
            {"agencies": ""},
        ],
    )
    def test_what_is_wrong_is_said_and_kept(self, force: TaskForce, as_user: SignIn, changes: dict[str, str]) -> None:
        response = as_user(force.coordinator).post("/en/sessions/new/", self.form(**changes))
        assert response.status_code == 422
        assert "Trụ sở UBND" in text_of(response)
        assert not ListeningSession.objects.exists()

    def test_only_coordinators(self, force: TaskForce, running: ListeningSession, as_user: SignIn) -> None:
        for user in (force.officer, force.leader):
            client = as_user(user)
            assert client.get("/en/sessions/new/").status_code == 403
            assert client.get(url(running, "edit/")).status_code == 403
            assert client.post(url(running, "step/close/")).status_code == 403
        assert as_user(force.leader).get(url(running, "capture/")).status_code == 403


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


CAPTURE_QUERIES = 11
PAGE_QUERIES = 5
LIST_QUERIES = 3
