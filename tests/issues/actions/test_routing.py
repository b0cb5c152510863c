"""Routing by hand, returning and declining."""

import pytest

from core.errors import Invalid, NotPossible
from issues.actions import resolving, routing
from issues.models import ClockKind, TicketEvent
from tests.issues.actions.steps import do
from tests.issues.conftest import MORNING, TaskForce, at


def test_after_two_returns_the_coordinator_has_the_last_word(force: TaskForce) -> None:
    ticket = force.file()
    law = "Nghị định 1"
    ticket = do("09:05", resolving.return_ticket, force.officer, ticket=ticket, agency="STC", legal_basis=law)
    assert (ticket.status, ticket.returns) == ("submitted", 1)
    ticket = do("09:10", routing.route, force.coordinator, ticket=ticket, lead_agency="STC", reason="Đúng chức năng")
    ticket = do("09:15", resolving.return_ticket, force.finance_officer, ticket=ticket, agency="SXD", legal_basis=law)
    ticket = do("09:20", routing.route, force.coordinator, ticket=ticket, lead_agency="SXD", reason="Quyết định")
    assert ticket.may_return is False
    with pytest.raises(NotPossible) as refused:
        do("09:25", resolving.return_ticket, force.officer, ticket=ticket, agency="STC", legal_basis=law)
    assert refused.value.code == "return_used_up"
    # The promise to the enterprise never moved.
    assert ticket.due_at == at("2026-11-18 17:30")


def test_a_return_names_another_agency_and_the_law(force: TaskForce) -> None:
    ticket = force.file()
    with pytest.raises(Invalid) as refused:
        do("09:05", resolving.return_ticket, force.officer, ticket=ticket, agency="SXD")
    assert set(refused.value.fields) == {"agency", "legal_basis"}


def test_decline_names_the_responsible_body(force: TaskForce) -> None:
    ticket = force.file(title="Xin chào", body="Cảm ơn.", category="")
    ticket = do(
        "09:05", routing.decline, force.coordinator, ticket=ticket, agency="Ngân hàng Nhà nước", legal_basis="Luật"
    )
    assert ticket.status == "declined"
    assert not ticket.clocks.filter(stopped_at__isnull=True).exists()
    assert TicketEvent.objects.last().data == {"agency": "Ngân hàng Nhà nước", "legal_basis": "Luật"}


def test_the_acceptance_clock_starts_anew_with_each_agency(force: TaskForce) -> None:
    ticket = force.file()
    ticket = do("09:20", routing.route, force.coordinator, ticket=ticket, lead_agency="STC", reason="Đúng hơn")
    running = ticket.clocks.get(kind=ClockKind.ACCEPTANCE, stopped_at__isnull=True)
    assert running.due_at == at("2026-11-18 09:50")
    assert running.started_at > MORNING
