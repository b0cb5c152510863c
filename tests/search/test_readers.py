"""Groups of readers: with those of the documents they say the same as `issues.access`."""

from accounts import people
from accounts.models import Membership, Role
from issues.access import visible_tickets
from issues.models import Ticket, TicketStatus
from search.engines.base import PUBLIC
from search.readers import groups_of, own_groups
from search.sources.tickets import ticket_documents, ticket_ids
from tests.factories.issues import make_ticket, make_user
from tests.issues.conftest import make_task_force


def test_a_document_is_for_exactly_those_who_may_see_its_ticket(db: None) -> None:
    force = make_task_force()
    both = make_user(Role.OFFICER, agency=force.justice)
    shared = force.accepted()
    shared.coordinating_agencies.add(force.justice)
    Membership.objects.create(user=both, role=Role.ENTERPRISE, enterprise=shared.enterprise)
    force.file(category="tax", title="Thuế")
    make_ticket(filer=both)
    make_ticket(filer=force.filer, agency=force.finance, status=TicketStatus.WITHDRAWN)
    make_ticket(filer=both, code=None, status=TicketStatus.DRAFT)
    audience = {document.object_id: set(document.audience) for document in ticket_documents(ticket_ids())}
    everybody = (
        both, force.officer, force.colleague, force.head, force.finance_officer, force.justice_officer,
        force.coordinator, force.leader, force.filer, force.other_filer, make_user(), make_user(Role.EDITOR), None,
    )  # fmt: skip
    for user in everybody:
        person = people.of(user)
        visible = visible_tickets(person).exclude(status=TicketStatus.DRAFT)
        found = {pk for pk, groups in audience.items() if groups & set(groups_of(person))}
        assert found == set(visible.values_list("pk", flat=True)), user
    assert len(audience) == Ticket.objects.exclude(status=TicketStatus.DRAFT).count()


def test_everybody_belongs_to_the_public_and_no_ticket_does(db: None) -> None:
    force = make_task_force()
    force.file()
    assert groups_of(people.NOBODY) == (PUBLIC,)
    assert own_groups(people.NOBODY) == ()
    assert PUBLIC in groups_of(people.of(force.filer))
    assert all(PUBLIC not in document.audience for document in ticket_documents(ticket_ids()))


def test_who_may_not_sign_in_any_more_has_no_group(db: None) -> None:
    user = make_task_force().officer
    user.is_active = False
    assert groups_of(people.of(user)) == (PUBLIC,)
