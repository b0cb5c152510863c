"""Extensions over HTTP: the lead agency asks for more time, a leader decides."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from accounts import people
from core.errors import NotVisible
from issues.actions import complex_cases, extensions
from issues.actor import Actor
from issues.api.bodies import DecisionIn, ExtensionIn, ReasonIn
from issues.api.schemas import ExtensionOut
from issues.api.ticket_json import extension_json
from issues.models import Extension
from issues.queries.handed_in import handed_in
from issues.queries.lists import find_ticket

router = Router(tags=["tickets"])


@router.post("/tickets/{code}/extensions", response={201: ExtensionOut}, summary="Ask a leader for more time")
def request_extension(request: HttpRequest, code: str, body: ExtensionIn | None = None) -> Status:
    """For the assignee and the head; one at a time. The old and the new due time stay visible to the enterprise."""
    given = body or ExtensionIn()
    ticket = find_ticket(people.of(request.user), code)
    asked = extensions.request_extension(ticket=ticket, actor=Actor.of(request.user), **given.model_dump())
    return Status(201, extension_json(asked, ticket))


@router.post("/tickets/{code}/complex", response={201: ExtensionOut}, summary="Treat as a complex case, unasked")
def grant_complex(request: HttpRequest, code: str, body: ReasonIn | None = None) -> Status:
    """For leaders. Its kind becomes `complex`; the old and the new due time stay visible to the enterprise."""
    given = body or ReasonIn()
    ticket = find_ticket(people.of(request.user), code)
    granted = complex_cases.grant_complex(ticket=ticket, actor=Actor.of(request.user), **given.model_dump())
    return Status(201, extension_json(granted, ticket))


@router.post("/extensions/{int:extension_id}/decision", response=ExtensionOut, summary="Grant or refuse more time")
def decide_extension(request: HttpRequest, extension_id: int, body: DecisionIn | None = None) -> dict[str, Any]:
    """For leaders; a decision is made once."""
    given = body or DecisionIn()
    seen = handed_in(people.of(request.user))
    found = Extension.objects.select_related("ticket").filter(pk=extension_id, ticket__in=seen).first()
    if found is None:
        raise NotVisible(_("There is no such extension."))
    decided = extensions.decide_extension(extension=found, actor=Actor.of(request.user), **given.model_dump())
    return extension_json(decided, found.ticket)
