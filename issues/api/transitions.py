"""The transitions of a ticket over HTTP: from the name in the contract to the action and the fields that it reads."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from accounts import people
from core.errors import NotVisible
from issues.actions import assigning, enterprise, merging, resolving, routing, splitting
from issues.actions.operation import operation
from issues.actor import Actor
from issues.api.bodies import AssigneeIn, MergeIn, SplitIn, TransitionIn
from issues.api.schemas import TicketDetailOut
from issues.api.ticket_json import ticket_json
from issues.models import Ticket
from issues.queries.lists import find_ticket, read_again

router = Router(tags=["tickets"])


@dataclass(frozen=True)
class Transition:
    """An action, and the fields of the body that it takes."""

    action: Callable[..., Ticket]
    fields: list[str] = field(default_factory=list)


def _submit(*, ticket: Ticket, actor: Actor, expected_event: Any) -> Ticket:
    """A ticket that has a code was submitted by `POST /tickets`: the frame of every operation refuses."""
    with operation(ticket=ticket, actor=actor, transition="submit", expected_event=expected_event) as op:
        return op.ticket


def _close_unconfirmed(*, ticket: Ticket, actor: Actor, expected_event: Any) -> Ticket:
    """The system's alone: the action refuses every person."""
    return enterprise.close_unconfirmed(ticket=ticket, actor=actor)


TRANSITIONS: dict[str, Transition] = {
    "submit": Transition(_submit),
    "route": Transition(routing.route, ["lead_agency", "coordinating_agencies", "reason", "category"]),
    "accept": Transition(resolving.accept, ["assignee"]),
    "request_info": Transition(resolving.request_info, ["question"]),
    "provide_info": Transition(enterprise.provide_info, ["text"]),
    "return": Transition(resolving.return_ticket, ["agency", "legal_basis", "reason"]),
    "resolve": Transition(resolving.resolve, ["answer", "kind"]),
    "decline": Transition(routing.decline, ["agency", "legal_basis"]),
    "confirm": Transition(enterprise.confirm),
    "close_unconfirmed": Transition(_close_unconfirmed),
    "reopen": Transition(enterprise.reopen, ["reason"]),
    "withdraw": Transition(enterprise.withdraw, ["reason"]),
}


@router.post(
    "/tickets/{code}/transitions/{name}",
    response=TicketDetailOut,
    summary="Do something to a ticket that changes its state",
)
def do_transition(request: HttpRequest, code: str, name: str, body: TransitionIn | None = None) -> dict[str, Any]:
    """`available_transitions` of the ticket says what the caller may do now.

    Refusals, in this order: 404 not to be seen, or no such transition; 403 for others to do; 409 not in this state, or
    `expected_event` is not the last; 422 a missing or wrong field, named.
    """
    person = people.of(request.user)
    ticket = find_ticket(person, code)
    transition = TRANSITIONS.get(name)
    if transition is None:
        raise NotVisible(_("There is no such transition."), code="unknown_transition")
    given = body or TransitionIn()
    transition.action(
        ticket=ticket,
        actor=Actor.of(request.user),
        expected_event=given.expected_event,
        **{field: getattr(given, field) for field in transition.fields},
    )
    return ticket_json(read_again(ticket, person), person)


@router.post("/tickets/{code}/assignee", response=TicketDetailOut, summary="Put another officer in charge")
def reassign(request: HttpRequest, code: str, body: AssigneeIn | None = None) -> dict[str, Any]:
    """For the assignee, or the head of the lead agency. State and clocks stay as they are."""
    given = body or AssigneeIn()
    person = people.of(request.user)
    ticket = find_ticket(person, code)
    assigning.reassign(ticket=ticket, actor=Actor.of(request.user), **given.model_dump())
    return ticket_json(read_again(ticket, person), person)


@router.post("/tickets/{code}/split", response={201: TicketDetailOut}, summary="Make a part a ticket of its own")
def split(request: HttpRequest, code: str, body: SplitIn | None = None) -> Status:
    """For the coordinator or the lead agency. The new ticket keeps the time of receipt and the clock of the whole."""
    given = body or SplitIn()
    person = people.of(request.user)
    part = splitting.split(ticket=find_ticket(person, code), actor=Actor.of(request.user), **given.model_dump())
    return Status(201, ticket_json(read_again(part, person), person))


@router.post("/tickets/{code}/merge", response=TicketDetailOut, summary="Let a duplicate go on inside another ticket")
def merge(request: HttpRequest, code: str, body: MergeIn | None = None) -> dict[str, Any]:
    """For the coordinator, or the agency that leads both. Its enterprise gets the one answer."""
    given = body or MergeIn()
    person = people.of(request.user)
    ticket = find_ticket(person, code)
    merging.merge(ticket=ticket, actor=Actor.of(request.user), **given.model_dump())
    return ticket_json(read_again(ticket, person), person)
