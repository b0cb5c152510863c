"""Who may (django-rules). When it is possible is in policies.py; actions ask both, pages only show.

Which people a command is for is declared in issues/commands/. Nobody acts for an agency, or as coordinator or leader,
on a ticket of their own enterprise, or on one that they filed for themselves: each of these predicates is false there.
"""

from typing import Any

import rules

from accounts import people
from accounts import predicates as people_are
from accounts.actions.membership import waiting_requests
from accounts.people import NOBODY, Person
from issues.access import TicketFacts, is_filer_side, may_see_ticket
from issues.models import Ticket


@rules.predicate
def files_for_enterprise(user: Any) -> bool:
    """Belongs to an enterprise, or has asked to, and so may file. One query, for those who belong to none."""
    return bool(people.of(user).enterprise_ids) or bool(people.of(user).is_signed_in and waiting_requests(user))


@rules.predicate
def works_at_a_counter(user: Any) -> bool:
    """An officer of any agency or a coordinator: may file for an enterprise that comes, calls or speaks."""
    person = people.of(user)
    return person.is_officer or person.is_coordinator


@rules.predicate
def sees(user: Any, ticket: Ticket) -> bool:
    return may_see_ticket(people.of(user), TicketFacts.of(ticket))


@rules.predicate
def is_filer(user: Any, ticket: Ticket) -> bool:
    return is_filer_side(people.of(user), ticket.enterprise_id, ticket.filer_id)


def impartial(user: Any, ticket: Ticket) -> Person:
    """The person as an official: without any role on a ticket of their own side."""
    person = people.of(user)
    return NOBODY if is_filer_side(person, ticket.enterprise_id, ticket.filer_id) else person


@rules.predicate
def is_lead_officer(user: Any, ticket: Ticket) -> bool:
    return ticket.lead_agency_id in impartial(user, ticket).officer_agency_ids


@rules.predicate
def is_lead_head(user: Any, ticket: Ticket) -> bool:
    return ticket.lead_agency_id in impartial(user, ticket).head_agency_ids


@rules.predicate
def is_assignee(user: Any, ticket: Ticket) -> bool:
    """The assignee, as long as they still work for the lead agency."""
    return ticket.assignee_id == user.pk and ticket.lead_agency_id in impartial(user, ticket).officer_agency_ids


@rules.predicate
def works_for_ticket(user: Any, ticket: Ticket) -> bool:
    """An officer of the lead or of a coordinating agency."""
    return bool(TicketFacts.of(ticket).agency_ids & impartial(user, ticket).officer_agency_ids)


@rules.predicate
def is_coordinator(user: Any, ticket: Ticket | None = None) -> bool:
    return (people.of(user) if ticket is None else impartial(user, ticket)).is_coordinator


@rules.predicate
def is_leader(user: Any, ticket: Ticket | None = None) -> bool:
    return (people.of(user) if ticket is None else impartial(user, ticket)).is_leader


@rules.predicate
def is_consulted(user: Any, ticket: Ticket) -> bool:
    """An officer of an agency whose opinion was asked for."""
    mine = impartial(user, ticket).officer_agency_ids
    return bool(mine) and bool({row.agency_id for row in ticket.consultations.all()} & mine)


# By what a person does to a ticket. Commands add theirs when they are declared (issues/commands/).
TICKET_PERMISSIONS: dict[str, rules.Predicate] = {}


def allow(name: str, who: rules.Predicate) -> None:
    """Let these people do `name` to a ticket, its state apart. Two commands of one name must agree."""
    if TICKET_PERMISSIONS.setdefault(name, who) is not who:
        raise ValueError(f"{name} is allowed to others already")
    rules.set_perm(f"issues.{name}_ticket", who)


allow("see", sees)
allow("attach", is_filer | works_for_ticket | is_coordinator)
allow("attach_internal", works_for_ticket | is_coordinator)
rules.add_perm("issues.file_ticket", files_for_enterprise)
rules.add_perm("issues.assist_filing", works_at_a_counter)
rules.add_perm("issues.plan_session", is_coordinator)
rules.add_perm("issues.capture_point", works_at_a_counter)
rules.add_perm("issues.see_roster", people_are.is_officer_of | people_are.is_coordinator | people_are.is_leader)
rules.add_perm("issues.edit_roster", people_are.is_head_of | people_are.is_coordinator)


def may_roster(user: Any, name: str, agency: Any) -> bool:
    """Whether a person may `see` or `edit` the roster of an agency (an Agency or its id)."""
    return rules.has_perm(f"issues.{name}_roster", user, agency)


def may(user: Any, name: str, ticket: Ticket) -> bool:
    """Whether a person may do `name` to the ticket, its state apart."""
    return rules.has_perm(f"issues.{name}_ticket", user, ticket)


def may_edit_rules(user: Any) -> bool:
    """Whether a person may change the rules of routing: coordinators and administrators."""
    if user is None:
        return False
    return people.of(user).is_coordinator or bool(user.has_perm("issues.change_routingrule"))
