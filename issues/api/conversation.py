"""Messages, files, ratings, and "same for me" over HTTP."""

from typing import Annotated
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import File, Form, Router, Status, UploadedFile

from accounts import people
from issues.actions import conversation, enterprise
from issues.actor import Actor
from issues.api.bodies import MessageIn, RatingIn
from issues.api.schemas import AttachmentOut, JoinedOut, MessageOut, RatingOut
from issues.api.ticket_json import attachment_json, message_json, party_json, rating_json
from issues.files import limits
from issues.models import Ticket, TicketStatus
from issues.queries.lists import find_ticket, no_such_ticket
from issues.web.attachments import SERVED_TYPES, file_response, readable_attachment

router = Router(tags=["tickets"])


@router.post("/tickets/{code}/messages", response={201: MessageOut}, summary="Write to the parties, or a note")
def post_message(request: HttpRequest, code: str, body: MessageIn | None = None) -> Status:
    """`visibility`: `parties` (the default), or `internal` for a note that only agencies see;
    `internal_to` keeps it to the writer's own."""
    given = body or MessageIn()
    ticket = find_ticket(people.of(request.user), code)
    message = conversation.post_message(
        ticket=ticket,
        actor=Actor.of(request.user),
        body=given.body,
        visibility=given.visibility,
        internal_to=given.internal_to,
        expected_event=given.expected_event,
    )
    return Status(201, message_json(message, ticket))


@router.post("/tickets/{code}/attachments", response={201: AttachmentOut}, summary="Attach a file")
def attach_file(
    request: HttpRequest,
    code: str,
    file: File[UploadedFile | None] = None,
    visibility: Annotated[str, Form(description="parties (the default) or internal")] = "",
    internal_to: Annotated[str, Form(description="Of an internal file: the code of one's own agency")] = "",
) -> Status:
    """PDF, PNG, JPEG, DOCX, XLSX or plain text, by its content; an image gets the extension of what it is.

    413: too large; 422: of another kind, encrypted, or with something in it that could run: the sentence says what.
    """
    ticket = find_ticket(people.of(request.user), code)
    if file is not None and (file.size or 0) > limits.largest_file():
        raise RequestDataTooBig
    attachment = conversation.attach(
        ticket=ticket,
        actor=Actor.of(request.user),
        upload=file,
        visibility=visibility or None,
        internal_to=internal_to or None,
    )
    return Status(201, attachment_json(attachment))


@router.get(
    "/attachments/{uuid:attachment_id}",
    url_name="attachment",
    summary="A file of a ticket",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file, to be saved and never shown in a page",
                "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in SERVED_TYPES},
            }
        }
    },
)
def get_attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponseBase:
    """404 for a file that the caller may not see."""
    return file_response(readable_attachment(request.user, attachment_id))


@router.post("/tickets/{code}/rating", response={201: RatingOut}, summary="Rate the answer, once a cycle")
def rate(request: HttpRequest, code: str, body: RatingIn | None = None) -> Status:
    """From 1 (bad) to 5 (good)."""
    given = body or RatingIn()
    ticket = find_ticket(people.of(request.user), code)
    rating = enterprise.rate(ticket=ticket, actor=Actor.of(request.user), **given.model_dump())
    return Status(201, rating_json(rating, ticket))


@router.post("/tickets/{code}/join", response={201: JoinedOut}, summary="“Same for me”: get the one answer")
def join(request: HttpRequest, code: str) -> Status:
    """For any enterprise, on a ticket whose public summary everybody may read. A second time changes nothing."""
    ticket = Ticket.objects.exclude(status=TicketStatus.DRAFT).filter(code=code).first()
    if ticket is None:
        raise no_such_ticket()
    return Status(201, party_json(enterprise.join(ticket=ticket, actor=Actor.of(request.user)), ticket))
