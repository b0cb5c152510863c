"""What the enterprise does to its own ticket after filing it."""

import pytest

from core.errors import NotPossible, NotVisible
from issues.actions import consultations, enterprise, publishing, resolving
from issues.models import ClockKind
from tests.issues.actions.steps import do
from tests.issues.conftest import TaskForce, at


def test_reopening_starts_a_new_cycle_with_a_new_clock(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="partly")
    ticket = do("14:00", enterprise.reopen, force.filer, ticket=ticket, reason="Chưa rõ")
    assert (ticket.status, ticket.cycle, ticket.due_at) == ("in_progress", 2, at("2026-11-18 17:30"))
    assert ticket.clocks.filter(kind=ClockKind.RESOLUTION).count() == 2


def test_reopening_ends_after_ten_working_days(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="partly")
    # 24 November is closed: the tenth working day after the 18th is 3 December.
    with pytest.raises(NotPossible) as refused:
        do("2026-12-03 17:31", enterprise.reopen, force.filer, ticket=ticket, reason="Muộn")
    assert refused.value.code == "reopen_too_late"
    assert do("2026-12-03 17:30", enterprise.reopen, force.filer, ticket=ticket, reason="Kịp").status == "in_progress"


def test_withdrawing_ends_clocks_and_consultations(force: TaskForce) -> None:
    ticket = force.accepted()
    asked = do("10:00", consultations.request_consultation, force.officer, ticket=ticket, agency="STP", question="?")
    ticket = do("10:30", enterprise.withdraw, force.filer, ticket=ticket, reason="Xong rồi")
    asked.refresh_from_db()
    assert (ticket.status, asked.status, ticket.due_at) == ("withdrawn", "cancelled", None)
    assert not ticket.clocks.filter(stopped_at__isnull=True).exists()


def test_joining_only_what_is_public(force: TaskForce) -> None:
    ticket = force.accepted(public_consent=True)
    with pytest.raises(NotVisible):
        do("10:00", enterprise.join, force.other_filer, ticket=ticket)
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="Được.", kind="solved")
    do("11:02", publishing.propose_publication, force.officer, ticket=ticket, title="a", answer="b")
    ticket = do("11:04", publishing.publish, force.head, ticket=ticket)
    do("11:05", enterprise.join, force.other_filer, ticket=ticket)
    do("11:06", enterprise.join, force.other_filer, ticket=ticket)
    assert ticket.parties.count() == 1
