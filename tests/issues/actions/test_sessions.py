"""A listening session: planned, held, closed; its points are tickets, and what was answered there is in the log."""

from typing import Any

import pytest

from core.errors import Invalid, NotAllowed, NotSignedIn
from issues.actions import session_points, sessions
from issues.actor import Actor
from issues.models import ListeningSession
from tests.factories.issues import make_user
from tests.issues.conftest import TaskForce, at

BEHALF = {"tax_code": "0109990027", "name": "Công ty Mới"}


def values(**changes: Any) -> dict[str, Any]:
    return {
        "title_vi": "Lắng nghe doanh nghiệp xây dựng",
        "place": "Trụ sở UBND",
        "host": "Phó Chủ tịch",
        "starts_at": at("2026-11-18 18:00"),
        "ends_at": at("2026-11-18 20:00"),
        "agencies": ["SXD", "STC"],
        **changes,
    }


@pytest.fixture
def running(force: TaskForce) -> ListeningSession:
    planned = sessions.save_session(actor=Actor.of(force.coordinator), **values())
    return sessions.move_session(actor=Actor.of(force.coordinator), session=planned, step="start")


def test_who_may(force: TaskForce, running: ListeningSession) -> None:
    for user in (force.officer, force.leader, force.filer, make_user()):
        with pytest.raises(NotAllowed):
            sessions.save_session(actor=Actor.of(user), **values())
        with pytest.raises(NotAllowed):
            sessions.move_session(actor=Actor.of(user), session=running, step="close")
    with pytest.raises(NotSignedIn):
        sessions.save_session(actor=Actor.of(None), **values())
    for user in (force.leader, force.filer):
        with pytest.raises(NotAllowed):
            session_points.capture_point(session=running, actor=Actor.of(user), on_behalf_of=BEHALF, title="x")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_vi": " "}, "title_vi"),
        ({"ends_at": at("2026-11-18 18:00")}, "ends_at"),
        ({"ends_at": at("2026-11-28 18:00")}, "ends_at"),
        ({"starts_at": at("1999-11-18 18:00")}, "starts_at"),
        ({"ends_at": at("9998-11-18 18:00")}, "ends_at"),
        ({"starts_at": "tomorrow"}, "starts_at"),
        ({"starts_at": None}, "starts_at"),
        ({"agencies": []}, "agencies"),
        ({"agencies": ["NO"]}, "agencies"),
        ({"place": "x" * 201}, "place"),
        ({"minutes": "x" * 20_001}, "minutes"),
        ({"host": 7}, "host"),
    ],
)
def test_a_wrong_plan_is_refused(force: TaskForce, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        sessions.save_session(actor=Actor.of(force.coordinator), **values(**changes))
    assert field in refused.value.fields
    assert not ListeningSession.objects.exists()


def test_words_can_be_mended_afterwards(force: TaskForce, running: ListeningSession) -> None:
    sessions.save_session(
        actor=Actor.of(force.coordinator), session=running, **values(minutes="Biên bản.", summary_vi="Tóm tắt.")
    )
    kept = ListeningSession.objects.get()
    assert (kept.minutes, kept.summary_vi, kept.state) == ("Biên bản.", "Tóm tắt.", "running")
