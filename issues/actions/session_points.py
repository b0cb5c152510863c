"""A point that an enterprise raises in a session becomes a ticket; an answer given there is recorded too."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Agency
from core import clock
from core.errors import NotPossible
from issues.actions.assisting import check_may_assist
from issues.actions.fields import Fields
from issues.actions.filing import file_ticket
from issues.actions.operation import Operation, lock_ticket
from issues.actions.resolving import give_answer, take_on
from issues.actions.routing import send_by_hand
from issues.actions.sessions import lock_session
from issues.actor import Actor
from issues.models import Channel, ListeningSession, ResolutionKind, SessionPoint, Ticket
from issues.models.session import HOST_MAX


@dataclass(frozen=True)
class SpotAnswer:
    """An answer that somebody of an agency gave in the room."""

    agency: Agency
    said_by: str
    text: str
    kind: str


def capture_point(
    *,
    session: ListeningSession,
    actor: Actor,
    on_behalf_of: Any = None,
    title: Any = None,
    body: Any = None,
    category: Any = None,
    public_consent: Any = False,
    answer: Any = None,
    answered_by: Any = None,
    agency: Any = None,
    kind: Any = None,
    idempotency_key: str | None = None,
) -> SessionPoint:
    """File one point for an enterprise; with an `answer` by an `agency` that is present it is answered immediately.

    The ticket takes the ordinary steps: filed, routed, and where it was answered on the spot also routed to the agency
    that answered, accepted and resolved, each as its event with the clerk as actor. The same `idempotency_key` gives
    the same point. Raises NotSignedIn, NotAllowed, NotPossible (the session is not running), Invalid.
    """
    check_may_assist(actor)
    with transaction.atomic():
        kept = lock_session(session.pk)
        if kept.state != ListeningSession.State.RUNNING:
            raise NotPossible(_("You can record points only while the session is running."), code="session_not_running")
        spot = read_spot_answer(kept, answer=answer, answered_by=answered_by, agency=agency, kind=kind)
        ticket = file_ticket(
            actor=actor,
            title=title,
            body=body or title,
            category=category,
            public_consent=public_consent,
            channel=Channel.MEETING,
            on_behalf_of=on_behalf_of or {},
            idempotency_key=idempotency_key,
        )
        found = SessionPoint.objects.filter(ticket=ticket).first()
        return found or _add(kept, ticket, actor, spot)


def read_spot_answer(
    session: ListeningSession, *, answer: Any, answered_by: Any, agency: Any, kind: Any
) -> SpotAnswer | None:
    """The answer, checked; None where nobody answered. Raises Invalid."""
    if not any((answer, answered_by, agency)):
        return None
    fields = Fields()
    text = fields.text("answer", answer)
    said_by = fields.text("answered_by", answered_by, longest=HOST_MAX)
    chosen = fields.agency("agency", agency)
    outcome = fields.choice("kind", kind or ResolutionKind.EXPLAINED, ResolutionKind.values)
    if chosen is not None and not session.agencies.filter(pk=chosen.pk).exists():
        fields.add("agency", _("Only an agency that is present can answer on the spot."))
    if chosen is not None and not chosen.takes_tickets:
        fields.add("agency", _("This agency is not connected yet."))
    fields.done()
    return SpotAnswer(chosen, said_by, text, outcome) if chosen is not None else None


def _add(session: ListeningSession, ticket: Ticket, actor: Actor, spot: SpotAnswer | None) -> SessionPoint:
    last = session.points.aggregate(last=Max("number"))["last"] or 0
    point = SessionPoint.objects.create(
        session=session,
        ticket=ticket,
        number=last + 1,
        answered_by=spot.said_by if spot else "",
        captured_by=actor.user,
        captured_at=clock.now(),
    )
    if ticket.enterprise is not None:
        session.participants.add(ticket.enterprise)
    if spot is not None:
        _answer(ticket, actor, spot)
    return point


def _answer(ticket: Ticket, actor: Actor, spot: SpotAnswer) -> None:
    """The agency that answered leads, accepts and answers the ticket, all at this instant."""
    op = Operation(lock_ticket(ticket.pk), actor, clock.now())
    if op.ticket.lead_agency_id != spot.agency.pk:
        send_by_hand(op, spot.agency, reason=_("It answered on the spot, in a listening session."))
    take_on(op, op.ticket.assignee)
    give_answer(op, spot.text, spot.kind, said_by=spot.said_by)
    op.finish()
