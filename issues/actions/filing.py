"""Filing: from typed text to a ticket with a code, a lead agency and a promised time, in one transaction."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.membership import waiting_requests
from accounts.models import Agency, Enterprise, MembershipRequest
from core import clock
from core.errors import NotAllowed, NotPossible, NotSignedIn
from issues.actions.assisting import Behalf, check_may_assist, check_not_own, keep_assistance, read_behalf
from issues.actions.fields import Fields
from issues.actions.operation import Operation, lock_ticket
from issues.actions.proposal import Filing, read_filing
from issues.actions.routing import keep_decision, name_lead, routed
from issues.actor import Actor
from issues.assignment import decisions
from issues.clocks import clocks
from issues.events.types import TicketRoutingPending, TicketSubmitted
from issues.models import (
    Channel,
    ClockKind,
    IdempotencyKey,
    Ticket,
    TicketClock,
    TicketNumber,
    TicketStatus,
)
from issues.queries.ticket_parts import SHARED, TicketParts
from issues.sla import Step

_NUMBERS = TicketNumber._meta.db_table
# One statement where the ORM needs three; both databases understand it.
_NEXT_NUMBER = f"""
    INSERT INTO {_NUMBERS} (year, last) VALUES (%s, 1)
    ON CONFLICT (year) DO UPDATE SET last = {_NUMBERS}.last + 1 RETURNING last
"""  # noqa: S608 - the name of our own table


@dataclass(frozen=True)
class Own:
    """Somebody files for their own enterprise, or in their own name while their membership is not proved."""

    filed_for: Enterprise | None
    channel: str
    membership_request: MembershipRequest | None = None

    def enterprise(self) -> Enterprise | None:
        """Within the transaction of the filing: the request may have been accepted since it was read."""
        asked = self.membership_request
        if asked is None:
            return self.filed_for
        # Locked, so that an acceptance finds the ticket or is found here.
        now = MembershipRequest.objects.select_for_update().filter(pk=asked.pk).first()
        accepted = now is not None and now.state == MembershipRequest.State.ACCEPTED
        return Enterprise.objects.get(tax_code=asked.tax_code) if accepted else None

    @property
    def known_id(self) -> int | None:
        return self.filed_for.pk if self.filed_for else None


@dataclass(frozen=True)
class Filed:
    """A ticket that was filed; `parts` as its filer sees them, None where the same key had filed it before."""

    ticket: Ticket
    parts: TicketParts | None = None


def file_ticket(*, actor: Actor, **given: Any) -> Ticket:
    """As `file_proposal`, for callers who need no more than the ticket."""
    return file_proposal(actor=actor, **given).ticket


def file_proposal(
    *,
    actor: Actor,
    title: Any = None,
    body: Any = None,
    kind: Any = None,
    category: Any = None,
    ward: Any = None,
    project: Any = None,
    public_consent: Any = False,
    channel: Any = Channel.WEB,
    draft: Ticket | None = None,
    idempotency_key: str | None = None,
    on_behalf_of: Any = None,
) -> Filed:
    """Submit a proposal and route it immediately where rules or text decide.

    `draft` is turned into the ticket when given. The same `idempotency_key` with the same content returns the same
    ticket; with other content it raises NotPossible. `on_behalf_of` (tax_code, name, contact, phone, email, language)
    names the enterprise that an officer helps; `channel` is then counter, phone or meeting, and the ticket gets its
    Assistance. Somebody whose membership is not proved yet files in their own name. Raises NotSignedIn, NotAllowed (no
    enterprise, or may not help others), Invalid.
    """
    helps = on_behalf_of is not None
    if helps:
        check_may_assist(actor)
    own = None if helps else _own_side(actor, channel)
    values = {"title": title, "body": body, "kind": kind, "category": category, "ward": ward, "project": project}
    fingerprint = _fingerprint({**values, "on_behalf_of": on_behalf_of, "channel": channel} if helps else values)
    fields = Fields()
    side = own or read_behalf(fields, on_behalf_of, channel=channel)
    if isinstance(side, Behalf):
        check_not_own(fields, side, actor.person)
    filing = read_filing(**values, public_consent=public_consent, fields=fields)
    # Everything that can be read earlier is: on SQLite a transaction that writes makes all other writers wait.
    decision = decisions.decide(filing)
    chosen = decisions.NOBODY
    if decision.lead is not None:
        chosen = decisions.choose_officer(
            decision.lead, clock.now(), filer_id=actor.person.user_id if own else None, enterprise_id=side.known_id
        )
    code = next_code(clock.now())
    try:
        with transaction.atomic():
            filed = _submit(actor, side, _locked_or_new(actor, draft), filing, decision, chosen, code)
            if idempotency_key:
                IdempotencyKey.objects.create(
                    user=actor.user, key=idempotency_key, fingerprint=fingerprint, ticket=filed.ticket
                )
    except IntegrityError:  # of the key: it is nearly always new, so it is not looked up first
        earlier = _filed_before(actor, idempotency_key, fingerprint) if idempotency_key else None
        if earlier is None:
            raise
        return Filed(earlier)
    return filed


def _submit(
    actor: Actor,
    side: Own | Behalf,
    ticket: Ticket,
    filing: Filing,
    decision: decisions.Dispatch,
    chosen: decisions.ChosenOfficer,
    code: str,
) -> Filed:
    """Each table is written once, the log last."""
    is_new, at = ticket.pk is None, clock.now()
    _fill(ticket, filing, side, category=filing.category or decision.category)
    ticket.code, ticket.received_at = code, at
    ticket.submit()
    ticket.refresh_search_text()
    kinds = [ClockKind.RESOLUTION, ClockKind.RESPONSE]
    if decision.lead is not None:
        name_lead(ticket, decision.lead, chosen)
        kinds.append(ClockKind.ACCEPTANCE)
    rows = [clocks.prepare(ticket=ticket, kind=kind, at=at) for kind in kinds]
    ticket.save()
    helper = keep_assistance(ticket=ticket, actor=actor, behalf=side).agency if isinstance(side, Behalf) else None
    clocks.save_new(ticket, rows)
    running = Operation(ticket, actor, at)
    row = keep_decision(running, decision)
    coordinating = _coordinating(ticket, decision, is_new=is_new)
    running.record(_submitted(ticket, rows[0], helper))
    if decision.lead is None:
        running.record(TicketRoutingPending(decision=row.pk))
    else:
        running.record(routed(ticket, coordinating, row, chosen))
    events = running.write_events(coordinating={ticket.pk: coordinating})
    if not is_new:  # a draft has files, which only reading them shows
        return Filed(ticket)
    shared = [event.pk for event in events if event.visibility in SHARED]
    return Filed(
        ticket,
        TicketParts(
            ticket=ticket,
            clocks=rows,
            coordinating=coordinating,
            decision=row,
            shared_event_id=max(shared, default=0),
            agency_event_id=events[-1].pk,  # none of the first is kept to one agency
            assisted_by=helper,
        ),
    )


def _fill(ticket: Ticket, filing: Filing, side: Own | Behalf, *, category: str) -> None:
    ticket.enterprise, ticket.channel = side.enterprise(), side.channel
    ticket.membership_request = side.membership_request if isinstance(side, Own) else None
    ticket.title, ticket.body, ticket.kind, ticket.category = filing.title, filing.body, filing.kind, category
    ticket.ward, ticket.project, ticket.public_consent = filing.ward, filing.project, filing.public_consent


def _coordinating(ticket: Ticket, decision: decisions.Dispatch, *, is_new: bool) -> list[Agency]:
    """The agencies that help the lead one, saved; none while nobody leads."""
    if decision.lead is None:
        return []
    others = [agency for agency in decision.coordinating if agency.pk != decision.lead.pk]
    if is_new:
        through = Ticket.coordinating_agencies.through
        through.objects.bulk_create([through(ticket_id=ticket.pk, agency_id=agency.pk) for agency in others])
    else:
        ticket.coordinating_agencies.set(others)
    return others


def _submitted(ticket: Ticket, resolution: TicketClock, helper: Agency | None) -> TicketSubmitted:
    return TicketSubmitted(
        kind=ticket.kind,
        category=ticket.category,
        channel=ticket.channel,
        due_at=resolution.first_due_at,
        ward=ticket.ward.code if ticket.ward else None,
        project=ticket.project.code if ticket.project else None,
        assisted_by=helper.code if helper else "",
        explanation=[step_json(step) for step in clocks.compute(resolution).steps],
    )


def next_code(at: datetime) -> str:
    """The next code of the year, `KN-2026-0034`. Called before the transaction of a filing: the row of the year is
    locked for one statement, and a filing that fails leaves a gap.
    """
    year = timezone.localtime(at).year
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_NUMBER, [year])
        (number,) = cursor.fetchone()
    return f"KN-{year}-{number:04d}"


def step_json(step: Step) -> dict[str, Any]:
    """A step of the clock's explanation as the log keeps it."""
    return {"code": step.code, **{name: _plain(value) for name, value in step.params.items()}}


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "total_seconds"):
        return int(value.total_seconds() // 60)
    return value


def _own_side(actor: Actor, channel: str) -> Own:
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in to file a proposal."))
    if actor.person.enterprise_ids:
        return Own(Enterprise.objects.get(pk=min(actor.person.enterprise_ids)), channel)
    waiting = waiting_requests(actor.user)
    if not waiting:
        raise NotAllowed(_("Only a member of an enterprise can file a proposal. Add your enterprise to your account."))
    return Own(None, channel, waiting[0])


def _locked_or_new(actor: Actor, draft: Ticket | None) -> Ticket:
    """The locked draft, if there is one; one that was submitted in another tab since then is refused."""
    if draft is None:
        return Ticket(filer=actor.user)
    ticket = lock_ticket(draft.pk)
    if ticket.status != TicketStatus.DRAFT or ticket.filer_id != actor.person.user_id:
        raise NotPossible(
            _("This draft was already submitted as {code}.").format(code=ticket.code or "?"), code="submitted_before"
        )
    return ticket


def _filed_before(actor: Actor, key: str, fingerprint: str) -> Ticket | None:
    earlier = IdempotencyKey.objects.select_related("ticket").filter(user=actor.user, key=key).first()
    if earlier is not None and earlier.fingerprint != fingerprint:
        raise NotPossible(_("This key was used for another proposal."), code="idempotency_mismatch")
    return earlier.ticket if earlier else None


def _fingerprint(values: dict[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
