"""The transitions of a ticket over HTTP, as issues/commands/ declares them; and calls that change what a ticket is."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Router, Status

from accounts import people
from core.errors import NotVisible
from issues.actions import assigning, merging, splitting
from issues.actions.perform import perform
from issues.actor import Actor
from issues.api.bodies import AssigneeIn, MergeIn, SplitIn, TransitionIn
from issues.api.declared import documented
from issues.api.schemas import TicketDetailOut
from issues.api.ticket_json import ticket_json
from issues.commands.table import TRANSITIONS
from issues.queries.lists import find_ticket, read_again

router = Router(tags=["tickets"])
TransitionName = Annotated[str, documented(Path(), enum=list(TRANSITIONS))]


@router.post(
    "/tickets/{code}/transitions/{name}",
    response=TicketDetailOut,
    summary="Do something to a ticket that changes its state",
)
def do_transition(
    request: HttpRequest, code: str, name: TransitionName, body: TransitionIn | None = None
) -> dict[str, Any]:
    """`available_transitions` of the ticket says what the caller may do now.

    Refusals, in this order: 404 not visible, or no such transition; 403 not allowed for the caller; 409 not in this
    state, or `expected_event` is not the last; 422 a missing or wrong field, named.
    """
    person = people.of(request.user)
    ticket = find_ticket(person, code)
    command = TRANSITIONS.get(name)
    if command is None:
        raise NotVisible(_("There is no such transition."), code="unknown_transition")
    given = body or TransitionIn()
    perform(
        command,
        on=ticket,
        actor=Actor.of(request.user),
        values=given.model_dump(),
        expected_event=given.expected_event,
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
