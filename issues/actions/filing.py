"""Filing: from what somebody typed to a ticket with a code, a lead agency and a promised time, in one transaction."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, Enterprise
from core import clock
from core.errors import NotAllowed, NotPossible, NotSignedIn
from core.prepared import Param, Prepared, PreparedInsert, fetch
from issues import rules
from issues.actions.assisting import Behalf, check_may_assist, keep_assistance, read_behalf
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
from issues.queries.lists import new_parts, note_events
from issues.sla import Step

_earlier = Prepared(
    lambda: IdempotencyKey.objects.filter(user_id=Param("user"), key=Param("key")).values_list(
        "fingerprint", "ticket_id"
    )
)
_ENTERPRISE_FIELDS = [field.attname for field in Enterprise._meta.concrete_fields]
_enterprises = Prepared(lambda: Enterprise.objects.filter(pk=Param("pk")).order_by().values_list(*_ENTERPRISE_FIELDS))
_insert_ticket, _insert_key = PreparedInsert(Ticket), PreparedInsert(IdempotencyKey)
_insert_coordinating = PreparedInsert(Ticket.coordinating_agencies.through)
_NUMBERS = TicketNumber._meta.db_table
# One statement where the ORM needs three; both databases understand it.
_NEXT_NUMBER = f"""
    INSERT INTO {_NUMBERS} (year, last) VALUES (%s, 1)
    ON CONFLICT (year) DO UPDATE SET last = {_NUMBERS}.last + 1 RETURNING last
"""  # noqa: S608 - the name of our own table


@dataclass(frozen=True)
class Own:
    """Somebody files for their own enterprise."""

    filed_for: Enterprise
    channel: str

    def enterprise(self) -> Enterprise:
        return self.filed_for


def file_ticket(
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
) -> Ticket:
    """Submit a proposal and route it at once where rules or text decide.

    `draft` is turned into the ticket when given. The same `idempotency_key` with the same content returns the same
    ticket; with other content it raises NotPossible. `on_behalf_of` (tax_code, name, contact, phone, email, language)
    names the enterprise that an officer helps; `channel` is then counter, phone or meeting, and the ticket gets its
    Assistance. Raises NotSignedIn, NotAllowed (no enterprise, or nobody to help others), Invalid.
    """
    helps = on_behalf_of is not None
    if helps:
        check_may_assist(actor)
    own = None if helps else Own(_filing_enterprise(actor), channel)
    values = {"title": title, "body": body, "kind": kind, "category": category, "ward": ward, "project": project}
    fingerprint = _fingerprint({**values, "on_behalf_of": on_behalf_of, "channel": channel} if helps else values)
    fields = Fields()
    side = own or read_behalf(fields, on_behalf_of, channel=channel)
    filing = read_filing(**values, public_consent=public_consent, fields=fields)
    # What can be known before stands before: a transaction that writes keeps all other writers waiting on SQLite.
    decision = decisions.decide(filing)
    chosen = decisions.choose_officer(decision.lead, clock.now()) if decision.lead else decisions.NOBODY
    planned = _plan(Ticket(filer=actor.user), side, filing, decision, chosen) if own and draft is None else None
    try:
        with transaction.atomic():
            plan = planned or _plan(_locked_or_new(actor, draft), side, filing, decision, chosen)
            ticket = _submit(actor, side, plan, decision, chosen)
            if idempotency_key:
                _insert_key(
                    [IdempotencyKey(user=actor.user, key=idempotency_key, fingerprint=fingerprint, ticket=ticket)]
                )
    except IntegrityError:  # of the key: as a rule it is new, and nobody need ask first
        earlier = _filed_before(actor, idempotency_key, fingerprint) if idempotency_key else None
        if earlier is None:
            raise
        return earlier
    return ticket


@dataclass(frozen=True)
class _Plan:
    """A ticket that is worked out whole, but for what the database gives: its code, keys and the log."""

    ticket: Ticket
    clocks: list[TicketClock]
    explanation: list[dict[str, Any]]  # of the promised time
    at: datetime


def _plan(
    ticket: Ticket, side: Own | Behalf, filing: Filing, decision: decisions.Dispatch, chosen: decisions.ChosenOfficer
) -> _Plan:
    at = clock.now()
    _fill(ticket, filing, side, category=filing.category or decision.category)
    ticket.received_at = at
    ticket.submit()
    kinds = [ClockKind.RESOLUTION, ClockKind.RESPONSE]
    if decision.lead is not None:
        name_lead(ticket, decision.lead, chosen)
        kinds.append(ClockKind.ACCEPTANCE)
    rows = [clocks.prepare(ticket=ticket, kind=kind, at=at) for kind in kinds]
    return _Plan(ticket, rows, [step_json(step) for step in clocks.compute(rows[0]).steps], at)


def _submit(
    actor: Actor,
    side: Own | Behalf,
    plan: _Plan,
    decision: decisions.Dispatch,
    chosen: decisions.ChosenOfficer,
) -> Ticket:
    """Each table is written once, the log last."""
    ticket, rows = plan.ticket, plan.clocks
    is_new = ticket.pk is None
    ticket.code = next_code(plan.at)
    ticket.refresh_search_text()
    if is_new:
        _insert_ticket([ticket])
    else:
        ticket.save()
    helper = keep_assistance(ticket=ticket, actor=actor, behalf=side).agency if isinstance(side, Behalf) else None
    clocks.save_new(ticket, rows)
    running = Operation(ticket, actor, plan.at)
    row = keep_decision(running, decision)
    coordinating = _coordinating(ticket, decision, is_new=is_new)
    if is_new:
        new_parts(ticket, coordinating=coordinating, clocks=rows, decision=row)
    running.tell(_submitted(plan, helper))
    if decision.lead is None:
        running.tell(TicketRoutingPending(decision=row.pk))
    else:
        running.tell(routed(ticket, coordinating, row, chosen))
    events = running.write_events()
    if is_new:
        note_events(ticket, events)
    return ticket


def _fill(ticket: Ticket, filing: Filing, side: Own | Behalf, *, category: str) -> None:
    ticket.enterprise, ticket.channel = side.enterprise(), side.channel
    ticket.title, ticket.body, ticket.kind, ticket.category = filing.title, filing.body, filing.kind, category
    ticket.ward, ticket.project, ticket.public_consent = filing.ward, filing.project, filing.public_consent


def _coordinating(ticket: Ticket, decision: decisions.Dispatch, *, is_new: bool) -> list[Agency]:
    """The agencies that help the lead one, saved; none while nobody leads."""
    if decision.lead is None:
        return []
    others = [agency for agency in decision.coordinating if agency.pk != decision.lead.pk]
    if is_new:
        through = Ticket.coordinating_agencies.through
        _insert_coordinating([through(ticket_id=ticket.pk, agency_id=agency.pk) for agency in others])
    else:
        ticket.coordinating_agencies.set(others)
    return others


def _submitted(plan: _Plan, helper: Agency | None) -> TicketSubmitted:
    ticket = plan.ticket
    return TicketSubmitted(
        kind=ticket.kind,
        category=ticket.category,
        channel=ticket.channel,
        due_at=plan.clocks[0].first_due_at,
        ward=ticket.ward.code if ticket.ward else None,
        project=ticket.project.code if ticket.project else None,
        assisted_by=helper.code if helper else "",
        explanation=plan.explanation,
    )


def next_code(at: datetime) -> str:
    """The next code of the year, `KN-2026-0034`. The row of the year stays locked until the transaction ends."""
    year = timezone.localtime(at).year
    ((number,),) = fetch(connection, _NEXT_NUMBER, [year])
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


def _filing_enterprise(actor: Actor) -> Enterprise:
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in to file a proposal."))
    if not rules.files_for_enterprise(actor.user):
        raise NotAllowed(_("Only a member of an enterprise can file a proposal. Add your enterprise to your account."))
    (row,) = _enterprises(pk=min(actor.person.enterprise_ids))
    return Enterprise.from_db(DEFAULT_DB_ALIAS, _ENTERPRISE_FIELDS, row)


def _locked_or_new(actor: Actor, draft: Ticket | None) -> Ticket:
    """The locked draft, if there is one; one that was submitted in another tab meanwhile is refused."""
    if draft is None:
        return Ticket(filer=actor.user)
    ticket = lock_ticket(draft.pk)
    if ticket.status != TicketStatus.DRAFT or ticket.filer_id != actor.person.user_id:
        raise NotPossible(
            _("This draft was submitted already, as {code}.").format(code=ticket.code or "?"), code="submitted_before"
        )
    return ticket


def _filed_before(actor: Actor, key: str, fingerprint: str) -> Ticket | None:
    for earlier, ticket_id in _earlier(user=actor.person.user_id, key=key):
        if earlier != fingerprint:
            raise NotPossible(_("This key was used for another proposal."), code="idempotency_mismatch")
        return Ticket.objects.get(pk=ticket_id)
    return None


def _fingerprint(values: dict[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
