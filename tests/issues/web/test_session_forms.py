"""Planning a listening session."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from issues.actions import sessions
from issues.actor import Actor
from issues.models import ListeningSession
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
