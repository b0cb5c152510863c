"""Text that waits in a session: how much, how long, and whose it becomes."""

from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from core.errors import Invalid
from issues.actions import unsent
from issues.actions.unsent import COMMAND, FILING, KEPT_SECONDS, MOST_BYTES
from issues.actor import mark_of
from tests.issues.conftest import TaskForce

pytestmark = pytest.mark.django_db


def bytes_in(session: SessionStore) -> int:
    return len(str(dict(session.items())).encode())


def sign_in(session: SessionStore, user: Any) -> None:
    request = HttpRequest()
    request.session = session
    unsent.on_sign_in(None, request, user)


def test_a_session_holds_no_more_than_the_bound_and_prefers_what_came_last() -> None:
    session = SessionStore()
    half = {"body": "ế" * (MOST_BYTES // 8)}
    unsent.keep(session, FILING, half)
    unsent.keep(session, COMMAND, {"code": "KN-2026-0001", "key": "message", "typed": half})
    assert unsent.waiting(session, FILING) == half
    unsent.keep(session, FILING, {"body": "x" * (MOST_BYTES - 10)})
    assert unsent.waiting(session, COMMAND) is None
    assert bytes_in(session) < MOST_BYTES + 100
    with pytest.raises(Invalid):
        unsent.keep(session, COMMAND, {"code": "", "key": "", "typed": {"body": "ế" * (MOST_BYTES // 3)}})
    assert len(unsent.waiting(session, FILING)["body"]) == MOST_BYTES - 10  # type: ignore[index]


def test_it_waits_for_a_day() -> None:
    session = SessionStore()
    unsent.keep(session, FILING, {"title": "x"})
    assert session.get_expiry_age() == KEPT_SECONDS


def test_what_nobody_is_known_to_have_typed_is_of_the_first_who_signs_in(force: TaskForce) -> None:
    session = SessionStore()
    unsent.keep(session, FILING, {"title": "x"})
    sign_in(session, force.filer)
    assert unsent.waiting(session, FILING) == {"title": "x"}
    assert session.get_expiry_age() > KEPT_SECONDS
    sign_in(session, force.other_filer)
    assert not unsent.holds(session)


def test_what_another_person_left_is_not_mixed_with_what_comes_next(force: TaskForce) -> None:
    session = SessionStore()
    unsent.keep(session, FILING, {"title": "x"}, mark=mark_of(force.filer))
    unsent.keep(session, COMMAND, {"code": "KN-1", "key": "message", "typed": {}}, mark=mark_of(force.officer))
    assert unsent.waiting(session, FILING) is None


def test_forgetting_the_last_leaves_nothing() -> None:
    session = SessionStore()
    unsent.keep(session, FILING, {"title": "x"})
    unsent.forget(session, COMMAND)
    assert unsent.holds(session)
    unsent.forget(session, FILING)
    assert not unsent.holds(session)
