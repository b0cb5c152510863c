"""More time: asked for, granted, refused."""

import pytest

from core.errors import NotAllowed, NotPossible
from issues.actions import enterprise, extensions, resolving
from tests.issues.actions.steps import do
from tests.issues.conftest import TaskForce, at


def test_a_granted_extension_moves_the_due_time_and_shows_both(force: TaskForce) -> None:
    ticket = force.accepted()
    asked = do(
        "10:00", extensions.request_extension, force.officer, ticket=ticket, working_days=2, reason="Phải đo đạc"
    )
    assert asked.new_due_at == at("2026-11-20 17:30")
    with pytest.raises(NotPossible):
        do("10:01", extensions.request_extension, force.officer, ticket=ticket, working_days=1, reason="Nữa")
    with pytest.raises(NotAllowed):
        do("10:02", extensions.decide_extension, force.head, extension=asked, granted=True, reason="Tôi duyệt")
    done = do("10:05", extensions.decide_extension, force.leader, extension=asked, granted=True, reason="Đồng ý")
    ticket.refresh_from_db(fields=["due_at"])
    assert (done.old_due_at, ticket.due_at) == (at("2026-11-18 17:30"), at("2026-11-20 17:30"))


def test_a_refused_extension_changes_nothing(force: TaskForce) -> None:
    ticket = force.accepted()
    asked = do(
        "10:00", extensions.request_extension, force.officer, ticket=ticket, working_days=2, reason="Phải đo đạc"
    )
    do("10:05", extensions.decide_extension, force.leader, extension=asked, granted=False, reason="Không cần")
    ticket.refresh_from_db(fields=["due_at"])
    assert ticket.due_at == at("2026-11-18 17:30")


def test_an_extension_while_paused_counts_when_the_enterprise_answers(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("10:00", resolving.request_info, force.officer, ticket=ticket, question="?")
    asked = do("10:10", extensions.request_extension, force.officer, ticket=ticket, working_days=1, reason="Dài")
    do("10:20", extensions.decide_extension, force.leader, extension=asked, granted=True, reason="Đồng ý")
    ticket = do("10:30", enterprise.provide_info, force.filer, ticket=ticket, text="Đây")
    assert ticket.due_at is not None
    assert ticket.due_at >= at("2026-11-19 17:30")
