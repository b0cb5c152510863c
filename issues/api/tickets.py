"""Tickets over HTTP: look ahead, file, list, read."""

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Header, Query, Router

from accounts import people
from accounts.auth import OptionalAuth
from accounts.models import Agency
from accounts.people import NOBODY, Person
from core import limits
from core.errors import Invalid
from core.text import beginning, is_longer
from issues.access import may_see_ticket
from issues.actions import filing
from issues.actions.filing_limits import within_limits
from issues.actions.proposal import check_codes
from issues.actor import Actor
from issues.api.answers import plain_json
from issues.api.bodies import FilingIn, PreviewIn
from issues.api.declared import documented
from issues.api.schemas import FiledOut, PreviewOut, TicketDetailOut, TicketListOut
from issues.api.ticket_json import receipt_json, ticket_json, tickets_json
from issues.models import Category, Channel, TicketStatus
from issues.queries.lists import MOST_ROWS, PAGE_SIZE, read_again, read_ticket, ticket_list
from issues.queries.preview import preview

router = Router(tags=["tickets"])
KEY_MAX = 200
AGENCY_CODE_MAX = Agency._meta.get_field("code").max_length
NOT_FOR_HELPERS: dict[str, Any] = {"answer": None, "consultations": [], "extensions": [], "attachments": []}


@router.post(
    "/tickets/preview",
    response=PreviewOut,
    auth=OptionalAuth(),
    summary="What would be promised if this were filed now",
)
def preview_ticket(request: HttpRequest, body: PreviewIn) -> dict[str, Any]:
    """The likely field and agency, the promised time, why, and published answers that read alike. Nothing is kept.

    For everybody; callers who are not signed in may ask 30 times a minute.
    """
    limits.spend_by_caller(request, "preview")
    return preview_answer(body, people.of(request.user))


def preview_answer(body: PreviewIn, person: Person = NOBODY) -> dict[str, Any]:
    """The answer of the call, and of `route_explain`. Raises Invalid naming codes that do not exist."""
    check_codes(kind=body.kind, category=body.category, ward=body.ward, project=body.project)
    given = {name: value or "" for name, value in body.model_dump().items()}
    return preview(**given, person=person).as_json()


@router.post("/tickets", response={201: FiledOut}, summary="File a proposal")
def file_ticket(
    request: HttpRequest,
    body: FilingIn | None = None,
    idempotency_key: Annotated[
        str | None,
        documented(Header(alias="Idempotency-Key", description=f"At most {KEY_MAX} characters"), maxLength=KEY_MAX),
    ] = None,
) -> HttpResponse:
    """Files and routes it immediately. The same `Idempotency-Key` with the same content returns the same ticket.

    409 when the key was used for another proposal; 403 for callers without an enterprise. Officers and coordinators
    file `on_behalf_of` an enterprise; `receipt` then holds its follow-up code. That gives them no right on the ticket.
    """
    given = (body or FilingIn()).model_dump()
    channel = given.pop("channel")
    actor = Actor.of(request.user)
    with within_limits(actor, assists=given["on_behalf_of"] is not None):
        filed = filing.file_proposal(
            actor=actor,
            **given,
            channel=Channel.API if given["on_behalf_of"] is None else channel,
            idempotency_key=_key(idempotency_key),
        )
    person = people.of(request.user)
    parts = filed.parts or read_again(filed.ticket, person)
    found = ticket_json(parts, person)
    if not may_see_ticket(person, parts.facts):
        found |= NOT_FOR_HELPERS  # the same key may be sent again when the ticket is answered
    receipt = receipt_json(filed.ticket) if given["on_behalf_of"] is not None else None
    return plain_json({**found, "receipt": receipt}, HTTPStatus.CREATED)


@router.get("/tickets", response=TicketListOut, summary="The tickets that the caller may see, the newest first")
def list_tickets(
    request: HttpRequest,
    status: Annotated[list[TicketStatus], Query(description="May be repeated")] = [],  # noqa: B006 - never changed
    agency: Annotated[str, documented(Query(description="Code of the lead agency"), maxLength=AGENCY_CODE_MAX)] = "",
    category: Annotated[Category | None, Query()] = None,
    overdue: Annotated[bool | None, Query(description="Open, and the due time has passed; false: all others")] = None,
    mine: Annotated[
        bool | None, Query(description="Assigned to me, filed by me or of my enterprise; false: all others")
    ] = None,
    q: Annotated[str, Query(max_length=200, description="A code or words, marks apart; then the best come first")] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=MOST_ROWS)] = PAGE_SIZE,
) -> HttpResponse:
    """An unknown code is refused (422), so that a typing mistake is not read as "there are none"."""
    code = beginning(agency, 40).strip()
    if code and not Agency.objects.filter(code=code).exists():
        sentence = _("There is no agency with the code “{code}”.").format(code=code[:40])
        raise Invalid(_("Some of the filters are wrong."), fields={"agency": [sentence]})
    person = people.of(request.user)
    if q:
        limits.spend_by_caller(request, "search")
    found = ticket_list(
        person,
        status=status,
        agency=code,
        category=category or "",
        overdue=overdue,
        mine=mine,
        q=beginning(q, 200),
        page=page,
        page_size=page_size,
    )
    return plain_json(
        {
            "count": found.count,
            "page": found.page,
            "page_size": found.page_size,
            "results": tickets_json(found.tickets, person),
            "note": found.note,
        }
    )


@router.get("/tickets/{code}", response=TicketDetailOut, summary="One ticket")
def get_ticket(request: HttpRequest, code: str) -> HttpResponse:
    """404 for what the caller may not see, whether it exists or not."""
    person = people.of(request.user)
    return plain_json(ticket_json(read_ticket(person, code), person))


def _key(text: str | None) -> str | None:
    """The idempotency key; Invalid when it is too long to be kept."""
    given = text or ""
    if is_longer(given, KEY_MAX):
        sentence = _("This is too long: {length} characters, at most {longest}.").format(
            length=len(given), longest=KEY_MAX
        )
        raise Invalid(_("Please correct the marked fields."), fields={"Idempotency-Key": [sentence]})
    return beginning(given, KEY_MAX).strip() or None
