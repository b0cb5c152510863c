"""Every event there is: those of tickets, messages and files here, the others from their modules."""

from datetime import datetime
from typing import Annotated, Any

from issues.events import clock_events, consultation_events  # noqa: F401 - their events are events, too
from issues.events.event_data import Audience, EventData, OwnText, PartiesText
from issues.models.choices import OWN, Visibility


class TicketSubmitted(EventData):
    type = "ticket.submitted"
    visibility = Visibility.PUBLIC
    kind: str
    category: str
    channel: str
    due_at: datetime
    ward: str | None = None
    project: str | None = None
    assisted_by: PartiesText = ""  # code of the agency whose officer filed it for the enterprise
    explanation: Annotated[list[dict[str, Any]], Audience(Visibility.PARTIES)] = []
    split_from: PartiesText = ""  # code of the proposal that it was part of


class TicketRouted(EventData):
    type = "ticket.routed"
    visibility = Visibility.PUBLIC
    lead_agency: str
    previous_agency: str | None = None
    coordinating_agencies: list[str] = []
    method: str
    category: str
    reason: PartiesText = ""
    decision: Annotated[int | None, Audience(Visibility.PARTIES)] = None
    suggested_assignee: OwnText = ""
    assignment: Annotated[list[dict[str, Any]], Audience(OWN)] = []


class TicketRoutingPending(EventData):
    """Neither a rule nor the text decided: it waits for the coordinator."""

    type = "ticket.routing_pending"
    decision: int | None = None


class TicketAccepted(EventData):
    type = "ticket.accepted"
    visibility = Visibility.PUBLIC
    agency: str
    assignee: PartiesText


class TicketReassigned(EventData):
    """Another officer of the lead agency is in charge. `batch`: one of many, in a single mail to the new officer."""

    type = "ticket.reassigned"
    agency: str
    assignee: str
    previous: str = ""
    reason: OwnText = ""
    previous_id: Annotated[int | None, Audience(OWN)] = None
    undoes: Annotated[int | None, Audience(OWN)] = None
    batch: Annotated[bool, Audience(OWN)] = False


class TicketSuggested(TicketReassigned):
    """The same before the agency has accepted: a suggestion, internal to the agency."""

    type = "ticket.suggested"
    visibility = Visibility.INTERNAL
    own = True


class TicketInfoRequested(EventData):
    type = "ticket.info_requested"
    question: str
    old_due_at: datetime | None
    left_minutes: int


class TicketInfoProvided(EventData):
    type = "ticket.info_provided"
    text: str
    rest: str = ""  # of a mail: what its program quoted or added
    due_at: datetime
    paused_minutes: int
    within_grace: bool = False  # so short a pause that the due time stayed


class TicketReturned(EventData):
    type = "ticket.returned"
    from_agency: str
    agency: str
    legal_basis: str
    reason: str = ""
    returns: int


class TicketResolved(EventData):
    type = "ticket.resolved"
    visibility = Visibility.PUBLIC
    agency: str
    kind: str
    answer: PartiesText
    said_by: PartiesText = ""  # who said it on the spot, where it was answered in a meeting
    used_minutes: int
    in_time: bool
    cycle: int


class TicketDeclined(EventData):
    type = "ticket.declined"
    agency: str
    legal_basis: str


class TicketConfirmed(EventData):
    type = "ticket.confirmed"
    visibility = Visibility.PUBLIC


class TicketClosedUnconfirmed(EventData):
    type = "ticket.closed_unconfirmed"
    visibility = Visibility.PUBLIC


class TicketDisputed(EventData):
    """The enterprise wrote back about the answer: it is not closed by silence any more."""

    type = "ticket.disputed"
    cycle: int


class TicketReopened(EventData):
    type = "ticket.reopened"
    visibility = Visibility.PUBLIC
    reason: PartiesText
    cycle: int
    due_at: datetime


class TicketWithdrawn(EventData):
    type = "ticket.withdrawn"
    visibility = Visibility.PUBLIC
    reason: PartiesText = ""


class TicketMerged(EventData):
    type = "ticket.merged"
    into: str


class TicketAbsorbed(EventData):
    """The other side of a merge, on the ticket that is kept."""

    type = "ticket.absorbed"
    ticket: str


class TicketSplit(EventData):
    """A part became a separate proposal; that one begins with `ticket.submitted` and names this one."""

    type = "ticket.split"
    part: str
    title: str
    files: int


class TicketJoined(EventData):
    type = "ticket.joined"
    enterprise: OwnText
    parties: int


class TicketEnterpriseConfirmed(EventData):
    """Its filer had filed it in their own name; their membership was proved, and it belongs to the enterprise now."""

    type = "ticket.enterprise_confirmed"
    quiet = True  # the person gets a mail, with the decision
    enterprise: str


class TicketRated(EventData):
    type = "ticket.rated"
    score: int
    comment: str = ""
    cycle: int


class TicketPublicationProposed(EventData):
    """A public summary that waits for a second person."""

    type = "ticket.publication_proposed"
    visibility = Visibility.INTERNAL
    own = True
    title: str
    answer: str


class TicketPublished(EventData):
    type = "ticket.published"
    visibility = Visibility.PUBLIC
    title: str
    answer: str


class MessagePosted(EventData):
    """`rest` and `rest_for_agencies`: of a mail, what its program quoted or added.

    What an officer's mail has below it may be a talk among agencies.
    """

    type = "message.posted"
    message: int
    body: str
    rest: str = ""
    rest_for_agencies: Annotated[str, Audience(Visibility.INTERNAL)] = ""


class PartyMessagePosted(EventData):
    """By mail, about a proposal that was merged into this one; its enterprise does not see this one."""

    type = "message.from_party"
    visibility = Visibility.INTERNAL
    message: int
    ticket: str  # code of the merged proposal
    enterprise: str
    body: str
    rest: str = ""  # of the mail: what its program quoted or added


class MailNoted(EventData):
    """What the sender of a mail has to know about it, beyond its words being there."""

    type = "mail.noted"
    left_out: list[dict[str, str]] = []  # name and reason (issues.mail.inbound.left_out) of each part
    as_message: bool = False  # a question is open, and it did not count as its answer
    original: str = ""  # the file with the text as it came, where a character could not be read
    passed_on: str = ""  # name of the agency that has it, where the proposal was merged into another


class NotePosted(EventData):
    """`mentions`: the names that stand in the body behind an @."""

    type = "note.posted"
    visibility = Visibility.INTERNAL
    message: int
    body: str
    mentions: list[str] = []


class MessageTakenBack(EventData):
    """Its text stays in the log and is hidden on pages."""

    type = "message.taken_back"
    quiet = True
    message: int


class NoteTakenBack(EventData):
    type = "note.taken_back"
    quiet = True
    visibility = Visibility.INTERNAL
    message: int


class AttachmentAdded(EventData):
    type = "attachment.added"
    attachment: str
    name: str
    size: int


class InternalAttachmentAdded(AttachmentAdded):
    type = "attachment.added_internal"
    quiet = True
    visibility = Visibility.INTERNAL


class AttachmentBlocked(EventData):
    """The virus scanner found something: the file was removed, and nobody could download it before."""

    type = "attachment.blocked"
    attachment: str
    name: str
    signature: str
    from_enterprise: bool = False


class InternalAttachmentBlocked(AttachmentBlocked):
    type = "attachment.blocked_internal"
    visibility = Visibility.INTERNAL


def _subclasses(base: type[EventData]) -> list[type[EventData]]:
    return [found for cls in base.__subclasses__() for found in (cls, *_subclasses(cls))]


EVENT_TYPES: dict[str, type[EventData]] = {cls.type: cls for cls in _subclasses(EventData)}
