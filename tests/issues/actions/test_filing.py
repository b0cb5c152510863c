"""Filing: a code, an agency, a promised time and why, in one transaction; nothing twice, nothing lost."""

import pytest
from django.core.cache import caches

from accounts.models import Role
from core.errors import NotAllowed, NotPossible, NotSignedIn
from issues.actions import filing
from issues.actor import Actor
from issues.models import ClockKind, IdempotencyKey, Ticket, TicketEvent
from tests.factories.issues import make_agency, make_user
from tests.issues.conftest import MORNING, TaskForce, at


def test_filing_routes_assigns_and_promises(force: TaskForce) -> None:
    ticket = force.file()

    assert ticket.status == "routed"
    assert ticket.code == "KN-2026-0001"
    assert ticket.lead_agency == force.construction
    assert ticket.assignee in (force.officer, force.colleague)
    assert ticket.due_at == at("2026-11-18 17:30")
    assert [e.type for e in TicketEvent.objects.all()] == ["ticket.submitted", "ticket.routed"]
    running = {c.kind: c.due_at for c in ticket.clocks.all()}
    assert running == {
        ClockKind.RESOLUTION: at("2026-11-18 17:30"),
        ClockKind.RESPONSE: at("2026-11-18 10:00"),
        ClockKind.ACCEPTANCE: at("2026-11-18 09:30"),
    }


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-18 15:30", "2026-11-18 17:30"),
        ("2026-11-18 15:31", "2026-11-19 17:30"),
        ("2026-11-18 22:00", "2026-11-19 17:30"),
        ("2026-11-20 16:00", "2026-11-23 17:30"),  # Friday afternoon: Monday
        ("2026-11-23 15:31", "2026-11-25 17:30"),  # 24 November is a public holiday
    ],
)
def test_the_promise_at_any_hour(force: TaskForce, moment: str, due: str) -> None:
    assert force.file(at(moment)).due_at == at(due)


def test_numbers_go_on_within_a_year_and_begin_anew(force: TaskForce) -> None:
    codes = [force.file(at(m)).code for m in ("2026-12-31 09:00", "2026-12-31 09:01", "2027-01-04 09:00")]
    assert codes == ["KN-2026-0001", "KN-2026-0002", "KN-2027-0001"]


def test_only_members_of_an_enterprise_file(force: TaskForce) -> None:
    with pytest.raises(NotSignedIn):
        filing.file_ticket(actor=Actor.of(None), title="a", body="b")
    with pytest.raises(NotAllowed):
        filing.file_ticket(actor=Actor.of(force.officer), title="a", body="b")


def test_the_same_key_files_once(force: TaskForce) -> None:
    first = force.file(idempotency_key="k1")
    again = force.file(idempotency_key="k1")
    assert (first.pk, Ticket.objects.count(), IdempotencyKey.objects.count()) == (again.pk, 1, 1)


def test_the_same_key_with_other_words_is_refused(force: TaskForce) -> None:
    force.file(idempotency_key="k1")
    with pytest.raises(NotPossible) as refused:
        force.file(idempotency_key="k1", title="Việc khác")
    assert refused.value.code == "idempotency_mismatch"


def test_an_unclear_text_waits_for_the_coordinator(force: TaskForce) -> None:
    ticket = force.file(title="Xin chào", body="Cảm ơn các anh chị.", category="")
    assert ticket.status == "submitted"
    assert ticket.lead_agency is None
    decision = ticket.routing_decisions.get()
    assert decision.method == "none"
    assert decision.trace
    assert TicketEvent.objects.last().type == "ticket.routing_pending"


def test_an_agency_that_is_not_connected_gets_nothing(force: TaskForce) -> None:
    force.construction.stage = "off"
    force.construction.save()
    assert force.file().status == "submitted"


def test_the_duty_officer_is_suggested_first(force: TaskForce) -> None:
    force.colleague.duties.create(agency=force.construction, date=MORNING.date(), kind="duty")
    assert force.file().assignee == force.colleague


def test_then_the_least_loaded_and_never_the_absent(force: TaskForce) -> None:
    assert force.file().assignee == force.officer
    assert force.file().assignee == force.colleague
    caches["process"].clear()  # an edit is seen within seconds
    force.officer.absences.create(agency=force.construction, first_day=MORNING.date(), last_day=MORNING.date())
    force.colleague.absences.create(agency=force.construction, first_day=MORNING.date(), last_day=MORNING.date())
    assert force.file().assignee is None


def test_a_ward_pulls_in_its_agency(force: TaskForce) -> None:
    ward = make_agency("00004", name_vi="Phường Ba Đình", level="ward")
    make_agency("SNNMT", name_vi="Sở Nông nghiệp và Môi trường")
    make_user(Role.OFFICER, agency=ward)
    ticket = force.file(category="site_clearance", ward="00004", title="Bồi thường giải phóng mặt bằng")
    assert ticket.lead_agency == ward
    assert [agency.code for agency in ticket.coordinating_agencies.all()] == ["SNNMT"]
