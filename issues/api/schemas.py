"""What the ticket calls give: each thing as far as the caller may see it."""

from collections.abc import Iterable
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import WithJsonSchema

from issues.commands.table import TRANSITIONS
from issues.models import (
    Attachment,
    Category,
    ClockKind,
    Consultation,
    Extension,
    RoutingDecision,
    TicketKind,
    TicketStatus,
)


def _codes(choices: Iterable[Any]) -> WithJsonSchema:
    """Says in the document that a text is one of these codes."""
    return WithJsonSchema({"type": "string", "enum": [str(code) for code in choices]})


Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""ISO 8601 with offset, to the microsecond."""


class AgencyOut(Schema):
    code: str
    name: str


class PersonOut(Schema):
    """A post, such as “Cán bộ XD-2”."""

    name: str


class EnterpriseOut(Schema):
    name: str
    tax_code: str = Field(description="The personal number of a household business is masked")


class ProjectRefOut(Schema):
    code: str
    name: str


class RoutingOut(Schema):
    """Why the ticket went where it went, in the caller's language."""

    method: Annotated[str, _codes(RoutingDecision.Method.values)]
    explanation: list[str]


class ClockOut(Schema):
    """One promise; minutes are whole working minutes, negative when overdue, None once it has ended."""

    kind: Annotated[str, _codes(ClockKind.values)]
    cycle: int
    started_at: Moment
    due_at: Moment | None
    paused: bool
    working_minutes_left: int | None
    stopped_at: Moment | None
    met: bool | None


class ConsultationOut(Schema):
    """A question of the lead agency to one other; `agency` is its code."""

    id: int
    ticket: str
    agency: str
    agency_name: str
    question: str
    answer: str | None
    cancel_reason: str | None
    status: Annotated[str, _codes(Consultation.Status.values)]
    asked_at: Moment
    due_at: Moment | None
    closed_at: Moment | None


class ExtensionOut(Schema):
    id: int
    ticket: str
    working_days: int
    as_complex: bool
    reason: str
    status: Annotated[str, _codes(Extension.Status.values)]
    old_due_at: Moment | None
    new_due_at: Moment | None
    decision_reason: str | None
    asked_at: Moment
    decided_at: Moment | None


class AttachmentOut(Schema):
    id: str
    name: str
    content_type: str
    size: int
    sha256: str
    scan: Annotated[str, _codes(Attachment.Scan.values)]
    visibility: str
    internal_to: str | None
    created_at: Moment
    url: str


class MessageOut(Schema):
    id: int
    ticket: str
    body: str
    visibility: str
    internal_to: str | None
    author: PersonOut
    agency: str | None
    created_at: Moment


class RatingOut(Schema):
    ticket: str
    cycle: int
    score: int
    comment: str
    created_at: Moment


class JoinedOut(Schema):
    """That an enterprise has the same problem. The ticket's public title, never its private one."""

    ticket: str
    title: str
    enterprise: EnterpriseOut | None
    joined_at: Moment


class TicketOut(Schema):
    """A ticket as the caller may see it."""

    code: str
    title: str
    body: str
    kind: Annotated[str, _codes(TicketKind.values)]
    category: Annotated[str, _codes(Category.values)] | None
    status: Annotated[str, _codes(TicketStatus.values)]
    channel: str
    enterprise: EnterpriseOut | None
    unconfirmed_enterprise: EnterpriseOut | None = Field(
        description="The enterprise that the filer says to act for, while the ticket is in their own name"
    )
    ward: AgencyOut | None
    project: ProjectRefOut | None
    assisted_by: AgencyOut | None = Field(description="The agency whose officer filed it for the enterprise")
    public_consent: bool
    lead_agency: AgencyOut | None
    coordinating_agencies: list[AgencyOut]
    assignee: PersonOut | None
    received_at: Moment | None
    due_at: Moment | None = Field(description="None while paused and when there is no clock any more")
    paused: bool
    working_minutes_left: int | None = Field(
        description="Whole working minutes; negative when overdue; kept while paused; None without a running clock"
    )
    resolved_at: Moment | None
    closed_at: Moment | None
    answer: str | None
    resolution_kind: str | None
    confirmed: bool | None = Field(description="False: closed after silence, counted as unconfirmed")
    cycle: int
    escalation_level: int
    returns: int
    reopens: int
    merged_into: str | None
    routing: RoutingOut
    clocks: list[ClockOut]
    consultations: list[ConsultationOut]
    available_transitions: list[Annotated[str, _codes(TRANSITIONS)]]
    last_event_id: int = Field(description="The last event that the caller may see: send it back as expected_event")
    url: str


class TicketDetailOut(TicketOut):
    split_from: str | None = Field(description="Code of the ticket of which this was a part")
    parts: list[str] = Field(description="Codes of the tickets that were split off")
    extensions: list[ExtensionOut]
    attachments: list[AttachmentOut]


class ReceiptOut(Schema):
    """For the enterprise that was helped: its code opens the answer without an account."""

    follow_up_code: str
    url: str
    follow_url: str


class FiledOut(TicketDetailOut):
    receipt: ReceiptOut | None


class TicketListOut(Schema):
    count: int
    page: int
    page_size: int
    results: list[TicketOut]
    note: str  # a sentence for people when something was done differently than asked


class CategoryScoreOut(Schema):
    code: str
    score: float


class SimilarOut(Schema):
    title: str
    url: str
    score: float


class OpenGroupOut(Schema):
    """At least two enterprises wait for this agency with something like it."""

    agency: AgencyOut | None
    category: str | None
    enterprises: int


class JoinableOut(Schema):
    title: str
    url: str


class OwnOut(JoinableOut):
    code: str


class OpenCasesOut(Schema):
    open: list[OpenGroupOut]
    joinable: list[JoinableOut] = Field(description="Open again, with a public summary that can be joined")
    own: list[OwnOut] = Field(description="Of the caller's own enterprise")


class PreviewOut(Schema):
    categories: list[CategoryScoreOut]
    category: str | None
    method: str
    lead_agency: AgencyOut | None
    coordinating_agencies: list[AgencyOut]
    due_at: Moment
    promise: str
    explanation: list[str]
    similar: list[SimilarOut]
    open_cases: OpenCasesOut
