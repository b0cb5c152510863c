"""Taking down the points of a listening session."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from issues.actions import sessions
from issues.actor import Actor
from issues.models import ListeningSession, SavedInput, SessionPoint, Ticket
from tests.factories.issues import make_enterprise
from tests.issues.actions.test_sessions import values
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import text_of, wrong_fields

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
        for said in ("Điểm riêng", "Đã nói &lt;b&gt;rõ&lt;/b&gt;"):
            assert said in page, said
        assert wrong_fields(response) == {"agency", "answered_by"}
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
        enterprise, other = make_enterprise(), make_enterprise()
        running.participants.add(enterprise)
        client = as_user(force.officer)
        page = text_of(client.get(url(running, f"capture/?again={enterprise.pk}")))
        assert f'value="{enterprise.tax_code}"' in page
        for wrong in ("999999", "x", "9" * 40, str(other.pk)):
            assert other.tax_code not in text_of(client.get(url(running, f"capture/?again={wrong}")))

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


CAPTURE_QUERIES = 11
