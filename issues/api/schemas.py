"""What the ticket calls take and give. Fields that nobody asked for are ignored.

Bodies of actions are read without types: the action itself checks every field, after it has checked who calls and
whether it is possible, so that refusals come in the order 401, 404, 403, 409, 422.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import WithJsonSchema

from issues.models import (
    BODY_MAX,
    FILABLE_KINDS,
    TITLE_MAX,
    Category,
    ClockKind,
    Consultation,
    Extension,
    ResolutionKind,
    RoutingDecision,
    TicketKind,
    TicketStatus,
)
from issues.policies import TRANSITIONS

EVENT_ID_MAX = 2**63 - 1


def _codes(choices: Iterable[Any]) -> WithJsonSchema:
    """Says in the document that a text is one of these codes."""
    return WithJsonSchema({"type": "string", "enum": [str(code) for code in choices]})


def _field(kind: str | list[str], words: str = "", **more: Any) -> Any:
    """A field of a body: documented here, checked by the action."""
    return Field(default=None, description=words or None, json_schema_extra={"type": kind, **more})


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
    tax_code: str


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
    visibility: str
    created_at: Moment
    url: str


class MessageOut(Schema):
    id: int
    ticket: str
    body: str
    visibility: str
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
    enterprise: EnterpriseOut
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
    ward: AgencyOut | None
    project: ProjectRefOut | None
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
    extensions: list[ExtensionOut]
    attachments: list[AttachmentOut]


class TicketListOut(Schema):
    count: int
    page: int
    page_size: int
    results: list[TicketOut]


class FilingIn(Schema):
    """A proposal."""

    title: Any = _field("string", f"At most {TITLE_MAX} characters", maxLength=TITLE_MAX)
    body: Any = _field("string", f"At most {BODY_MAX} characters", maxLength=BODY_MAX)
    kind: Any = _field(["string", "null"], enum=[*map(str, FILABLE_KINDS), None])
    category: Any = _field(["string", "null"], "Empty: the words of the text decide", enum=[*Category.values, "", None])
    ward: Any = _field(["string", "null"], "Code of a ward")
    project: Any = _field(["string", "null"], "Code of a project")
    public_consent: Any = _field(["boolean", "null"], "The answer may be published, without names")


class PreviewIn(Schema):
    """The beginning of a proposal; title and body may still be empty."""

    title: str = Field(max_length=TITLE_MAX)
    body: str = Field(max_length=BODY_MAX)
    kind: str | None = None
    category: str | None = None
    ward: str | None = None
    project: str | None = None


class CategoryScoreOut(Schema):
    code: str
    score: float


class SimilarOut(Schema):
    title: str
    url: str
    score: float


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


class ActionIn(Schema):
    """What every action may be told: the last event that the caller has seen."""

    expected_event: Any = _field(
        ["integer", "null"], "409 unless this is the last event that the caller may see", minimum=0
    )


class TransitionIn(ActionIn):
    """The fields of all transitions; each reads its own."""

    lead_agency: Any = _field("string", "route: code of the agency")
    coordinating_agencies: Any = _field(["array", "null"], "route: codes", items={"type": "string"})
    reason: Any = _field(["string", "null"], "route, reopen (needed); return, withdraw (optional)")
    assignee: Any = _field(
        ["string", "integer", "null"], "accept: e-mail or id of an officer of the agency; else the caller"
    )
    question: Any = _field("string", "request_info")
    text: Any = _field("string", "provide_info")
    agency: Any = _field("string", "return: code of the right agency; decline: the responsible body")
    legal_basis: Any = _field("string", "return, decline")
    answer: Any = _field("string", "resolve")
    kind: Any = _field("string", "resolve", enum=ResolutionKind.values)


class MessageIn(ActionIn):
    body: Any = _field("string")
    visibility: Any = _field(["string", "null"], enum=["parties", "internal", None])


class ConsultationIn(ActionIn):
    agency: Any = _field("string", "Code of the agency that is asked")
    question: Any = _field("string")


class ConsultationAnswerIn(Schema):
    answer: Any = _field("string")


class ReasonIn(Schema):
    reason: Any = _field("string")


class RatingIn(ActionIn):
    score: Any = _field("integer", "1 (bad) to 5 (good)", minimum=1, maximum=5)
    comment: Any = _field(["string", "null"])


class ExtensionIn(ActionIn):
    working_days: Any = _field("integer", minimum=1, maximum=20)
    reason: Any = _field("string")


class DecisionIn(Schema):
    granted: Any = _field("boolean")
    reason: Any = _field("string")


class MergeIn(ActionIn):
    into: Any = _field("string", "Code of the ticket that goes on")
