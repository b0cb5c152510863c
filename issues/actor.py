"""Who does something: a person, or the system itself."""

from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer

from accounts import people
from accounts.models import Agency, Role
from accounts.people import NOBODY, Person
from issues.access import is_filer_side
from issues.models import Ticket

SYSTEM_ROLE = "system"
MARK = "typed_by"  # the hidden field of forms that says who was shown them
_signer = Signer(salt="issues.actor")


@dataclass(frozen=True)
class Actor:
    """The person or system that acts. Every action takes one."""

    user: Any
    person: Person
    receipt_of: int | None = None  # the id of the ticket whose follow-up code was shown; its holder has no account

    @classmethod
    def of(cls, user: Any) -> "Actor":
        """The actor of a signed-in (or anonymous) user."""
        person = people.of(user)
        return cls(user=person.user, person=person)

    @classmethod
    def with_receipt(cls, ticket: Ticket) -> "Actor":
        """The actor who has shown the follow-up code of this ticket: acts for its enterprise, on this ticket only."""
        return cls(user=None, person=NOBODY, receipt_of=ticket.pk)

    @property
    def is_system(self) -> bool:
        return self is SYSTEM


SYSTEM = Actor(user=None, person=NOBODY)


def mark_of(user: Any) -> str:
    """The signed mark of the person who is shown a form; empty for somebody who is not signed in."""
    return _signer.sign(str(user.pk)) if user.is_authenticated else ""


def marked_user(mark: str) -> int | None:
    """The id of the person that a mark names; None where it names nobody."""
    try:
        return int(_signer.unsign(mark)) if mark else None
    except BadSignature:
        return None


def role_on(actor: Actor, ticket: Ticket) -> str:
    """In which role the actor meets this ticket; the log keeps it."""
    if actor.is_system:
        return SYSTEM_ROLE
    person = actor.person
    if is_filer_side(person, ticket.enterprise_id, ticket.filer_id):
        return Role.ENTERPRISE
    if ticket.lead_agency_id in person.head_agency_ids:
        return Role.HEAD
    if ticket.lead_agency_id in person.officer_agency_ids:
        return Role.OFFICER
    for role, held in (
        (Role.COORDINATOR, person.is_coordinator),
        (Role.LEADER, person.is_leader),
        (Role.HEAD, bool(person.head_agency_ids)),
        (Role.OFFICER, person.is_officer),
    ):
        if held:
            return role
    return Role.ENTERPRISE


def speaker_of(actor: Actor, ticket: Ticket) -> Agency | None:
    """For which of its agencies the actor speaks on this ticket; one query unless they are prefetched."""
    return agency_on(actor, ticket, {agency.pk: agency for agency in ticket.coordinating_agencies.all()})


def agency_on(actor: Actor, ticket: Ticket, agencies: dict[int, Agency]) -> Agency | None:
    """For which of the ticket's agencies the actor speaks; None for its filer's side, coordinators and the system."""
    if is_filer_side(actor.person, ticket.enterprise_id, ticket.filer_id):
        return None
    mine = actor.person.officer_agency_ids
    if ticket.lead_agency_id in mine:
        return ticket.lead_agency
    return next((agency for pk, agency in agencies.items() if pk in mine), None)
