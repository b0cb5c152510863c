"""Rows of lists of tickets for officers: what a row shows, read in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.people import Person
from core import wording
from issues import rules
from issues.access import sees_suggestion
from issues.clocks.clock_view import ClockView, clock_view
from issues.models import ClockKind, Consultation, Extension, Ticket, TicketClock, TicketKind, TicketStatus

JUST_NOW = timedelta(minutes=30)
_NAMED = 3  # agencies named in a row; the page of the ticket names all


@dataclass(frozen=True)
class NextStep:
    """What comes next, with its icon."""

    icon: str
    text: str


@dataclass(frozen=True)
class TicketRow:
    """A ticket with its clock and what comes next. `may_accept`, `may_route`: by the person who looks."""

    ticket: Ticket
    view: ClockView | None
    step: NextStep | None
    may_accept: bool = False
    may_route: bool = False
    assignee: User | None = None  # as far as the person who looks may know it

    @property
    def number(self) -> str:
        """The code without what all codes of a year share: "0034"."""
        return (self.ticket.code or "").rpartition("-")[2]

    @property
    def coordinating(self) -> list[str]:
        return [agency.name for agency in self.ticket.coordinating_agencies.all()]

    @property
    def live_key(self) -> str:
        """Changes when something happened, not when a minute has passed."""
        return str(self.ticket.last_event_id)


def with_row_data(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Add what a row shows: four queries however many rows there are."""
    extensions = Extension.objects.filter(ticket=OuterRef("pk")).order_by("-id")
    return (
        tickets.select_related("lead_agency", "assignee")
        .prefetch_related(
            "coordinating_agencies",
            Prefetch("clocks", TicketClock.objects.order_by("id")),
            Prefetch("consultations", Consultation.objects.select_related("agency").order_by("id")),
        )
        .annotate(
            extension_status=Subquery(extensions.values("status")[:1]),
            extension_days=Subquery(extensions.values("working_days")[:1]),
        )
        .defer("body", "answer", "search_text", "public_answer")
    )


def rows_of(tickets: Iterable[Ticket], person: Person, now: datetime, *, hours: str = "24") -> list[TicketRow]:
    """The rows of tickets fetched by `with_row_data`; costs no query."""
    return [
        TicketRow(
            ticket=ticket,
            view=clock_view(ticket, now),
            step=next_step(ticket, now, hours=hours),
            may_accept=ticket.status == TicketStatus.ROUTED and rules.is_lead_officer(person.user, ticket),
            assignee=ticket.assignee if sees_suggestion(person, ticket) else None,
            may_route=ticket.status in (TicketStatus.SUBMITTED, TicketStatus.ROUTED)
            and rules.is_coordinator(person.user, ticket),
        )
        for ticket in tickets
    ]


def next_step(ticket: Ticket, now: datetime, *, hours: str = "24") -> NextStep | None:
    """The one thing to know beside the state: the most urgent first. Whose opinion is asked has a clock of its own."""
    if (due := getattr(ticket, "opinion_due", None)) is not None:
        return _opinion(due, _Say(now, hours))
    if ticket.escalation_level and ticket.is_open:
        return NextStep("arrow-up-circle", _("Escalated, level {n}").format(n=ticket.escalation_level))
    finders = {
        TicketStatus.SUBMITTED: _of_submitted,
        TicketStatus.ROUTED: _of_routed,
        TicketStatus.IN_PROGRESS: _of_in_progress,
        TicketStatus.AWAITING_ENTERPRISE: _of_awaiting,
    }
    find = finders.get(TicketStatus(ticket.status))
    return find(ticket, _Say(now, hours)) if find else None


@dataclass(frozen=True)
class _Say:
    """Times in the reader's format, short."""

    now: datetime
    hours: str

    def time(self, at: datetime | None) -> str:
        return wording.local_moment(at, now=self.now, clock=self.hours, brief=True) or ""


def _opinion(due: datetime, say: _Say) -> NextStep:
    if due < say.now:
        return NextStep("bell", _("Your opinion was due {time}").format(time=say.time(due)))
    return NextStep("alarm", _("Your opinion before {time}").format(time=say.time(due)))


def _of_submitted(ticket: Ticket, say: _Say) -> NextStep:
    return _returned(ticket) or NextStep("signpost-2", _("Waits for the coordinator"))


def _of_routed(ticket: Ticket, say: _Say) -> NextStep | None:
    row = _running(ticket, ClockKind.ACCEPTANCE)
    if row is None or row.due_at is None:
        return _returned(ticket)
    if row.due_at < say.now:
        return NextStep("bell", _("Acceptance overdue since {time}").format(time=say.time(row.due_at)))
    return NextStep("alarm", _("Accept before {time}").format(time=say.time(row.due_at)))


def _of_in_progress(ticket: Ticket, say: _Say) -> NextStep | None:
    return (
        _extension_asked(ticket)
        or _just_provided(ticket, say)
        or _consultations(ticket, say)
        or _first_response(ticket, say)
        or _extension_granted(ticket)
        or _complex(ticket)
        or _returned(ticket)
    )


def _of_awaiting(ticket: Ticket, say: _Say) -> NextStep | None:
    if ticket.paused_at is None:
        return None
    return NextStep("pause-fill", _("Paused since {time}").format(time=say.time(ticket.paused_at)))


def _running(ticket: Ticket, kind: ClockKind) -> TicketClock | None:
    return next((row for row in ticket.clocks.all() if row.kind == kind and row.is_running), None)


def _extension_asked(ticket: Ticket) -> NextStep | None:
    if getattr(ticket, "extension_status", None) != Extension.Status.ASKED:
        return None
    return NextStep("clock-history", _("Asked for more time"))


def _extension_granted(ticket: Ticket) -> NextStep | None:
    if getattr(ticket, "extension_status", None) != Extension.Status.GRANTED:
        return None
    if ticket.kind == TicketKind.COMPLEX:
        return None  # said by its kind
    days = ticket.extension_days  # type: ignore[attr-defined]
    text = ngettext("Extended by {n} day", "Extended by {n} days", days)
    return NextStep("clock-history", text.format(n=days))


def _just_provided(ticket: Ticket, say: _Say) -> NextStep | None:
    row = _running(ticket, ClockKind.RESOLUTION)
    if row is None or not row.pauses or row.is_paused:
        return None
    ended = row.pause_periods()[-1][1]
    if ended is None or say.now - ended > JUST_NOW:
        return None
    return NextStep("chat-left-text", _("The enterprise has just answered, {time}").format(time=say.time(ended)))


def _consultations(ticket: Ticket, say: _Say) -> NextStep | None:
    asked = [one for one in ticket.consultations.all() if one.status != Consultation.Status.CANCELLED]
    if not asked:
        return None
    answered = sum(one.status == Consultation.Status.ANSWERED for one in asked)
    if answered == len(asked):
        return NextStep("people", _("Opinions: {n} of {all} are in").format(n=answered, all=len(asked)))
    dues = {row.consultation_id: row.due_at for row in ticket.clocks.all() if row.consultation_id}
    waiting = sorted((dues.get(one.pk) or say.now, one.agency.abbr or one.agency.code) for one in asked if one.is_open)
    named = ", ".join(f"{agency} {say.time(due)}" for due, agency in waiting[:_NAMED])
    if len(waiting) > _NAMED:
        named += ", …"
    text = _("Opinions: {n} of {all}, waits for {agencies}")
    return NextStep("people", text.format(n=answered, all=len(asked), agencies=named))


def _first_response(ticket: Ticket, say: _Say) -> NextStep | None:
    row = _running(ticket, ClockKind.RESPONSE)
    if row is None or row.due_at is None:
        return None
    if row.due_at < say.now:
        return NextStep("bell", _("First response was due {time}").format(time=say.time(row.due_at)))
    return NextStep("alarm", _("First response before {time}").format(time=say.time(row.due_at)))


def _complex(ticket: Ticket) -> NextStep | None:
    return NextStep("calendar3", _("Complex case")) if ticket.kind == TicketKind.COMPLEX else None


def _returned(ticket: Ticket) -> NextStep | None:
    if not ticket.returns:
        return None
    text = ngettext("Returned {n} time", "Returned {n} times", ticket.returns)
    return NextStep("arrow-return-left", text.format(n=ticket.returns))
