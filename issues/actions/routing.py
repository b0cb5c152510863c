"""Routing: who leads, who coordinates, who is suggested inside the agency, and why."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Agency
from core.errors import NotPossible
from issues.actions.fields import Fields
from issues.actions.operation import Operation, operation
from issues.actions.recompute import recomputed_event
from issues.actor import Actor
from issues.assignment import decisions
from issues.clocks import calendars, clocks
from issues.clocks.clock_moves import settle
from issues.events.types import TicketDeclined, TicketRouted, TicketRoutingPending
from issues.models import Category, ClockKind, RoutingDecision, RuleOffer, Ticket
from issues.policies import RETURNS_BEFORE_COORDINATOR


def apply_decision(op: Operation, decision: decisions.Dispatch) -> None:
    """Keep the system's decision with its facts and trace; route the ticket when it names a lead agency."""
    row = keep_decision(op, decision)
    if decision.lead is None:
        op.record(TicketRoutingPending(decision=row.pk))
        return
    _send(op, decision.lead, decision.coordinating, row)


def keep_decision(op: Operation, decision: decisions.Dispatch) -> RoutingDecision:
    """Save the system's decision with its facts and trace."""
    return RoutingDecision.objects.create(
        ticket=op.ticket,
        at=op.at,
        method=decision.method if decision.lead is not None else RoutingDecision.Method.NONE,
        lead_agency=decision.lead,
        rule_id=decision.rule_id,
        inputs=decision.inputs,
        scores=decision.scores,
        trace=decision.trace,
        software_version=decision.software_version,
    )


def route(
    *,
    ticket: Ticket,
    actor: Actor,
    lead_agency: Any = None,
    coordinating_agencies: Any = None,
    reason: Any = None,
    category: Any = None,
    expected_event: int | None = None,
) -> Ticket:
    """A coordinator names the lead agency, with the reason, and may correct the category on the way.

    After two returns that decision is final, and making a rule of it is offered. A corrected category teaches the text
    vote; the promised due time does not change.
    """
    with operation(ticket=ticket, actor=actor, transition="route", expected_event=expected_event) as op:
        fields = Fields()
        lead = fields.agency("lead_agency", lead_agency)
        others = fields.agencies("coordinating_agencies", coordinating_agencies)
        why = fields.text("reason", reason)
        named = fields.choice("category", category, Category.values, required=False)
        if lead is not None and not lead.takes_tickets:
            fields.add("lead_agency", _("This agency is not connected yet."))
        fields.done()
        assert lead is not None  # noqa: S101  (done() has raised otherwise)
        is_final = op.ticket.returns >= RETURNS_BEFORE_COORDINATOR
        if is_final:
            op.ticket.may_return = False
        row = RoutingDecision.objects.create(
            ticket=op.ticket,
            at=op.at,
            method=RoutingDecision.Method.HAND,
            lead_agency=lead,
            decided_by=actor.user,
            reason=why,
            trace=_correct_category(op.ticket, named),
        )
        if named:
            op.ticket.category_checked_at = op.at
        if is_final:
            op.ticket.rule_offers.filter(state=RuleOffer.State.OPEN).delete()  # the earlier decision was replaced
            RuleOffer.objects.create(ticket=op.ticket, decision=row, made_at=op.at)
        _send(op, lead, [agency for agency in others if agency.pk != lead.pk], row)
    return op.ticket


def _correct_category(ticket: Ticket, category: str) -> list[dict[str, Any]]:
    """Set the category that the coordinator has chosen; returns the step to be kept with the decision."""
    former = ticket.category
    if not category or category == former:
        return []
    ticket.category = category
    params = {"category": category} | ({"second": former} if former else {})
    return [{"code": "category_corrected" if former else "category_named", "params": params}]


def reroute(*, ticket: Ticket, actor: Actor) -> Ticket:
    """Let rules and text decide again, for a ticket that was returned or waits (the coordinator's button)."""
    with operation(ticket=ticket, actor=actor, transition="route") as op:
        decision = decisions.decide_ticket(op.ticket)
        if decision.lead is None:
            raise NotPossible(_("Neither a rule nor the text decides: choose the agency."), code="undecided")
        apply_decision(op, decision)
    return op.ticket


def decline(
    *, ticket: Ticket, actor: Actor, agency: Any = None, legal_basis: Any = None, expected_event: int | None = None
) -> Ticket:
    """Outside the city's competence. `agency` names the responsible body in words; the enterprise sees both."""
    with operation(ticket=ticket, actor=actor, transition="decline", expected_event=expected_event) as op:
        fields = Fields()
        body = fields.text("agency", agency, longest=200)
        basis = fields.text("legal_basis", legal_basis)
        fields.done()
        op.ticket.decline()
        clocks.stop_all(op.ticket, op.at)
        op.ticket.closed_at = op.at
        op.record(TicketDeclined(agency=_agency_name(body), legal_basis=basis))
    return op.ticket


def send_by_hand(op: Operation, lead: Agency, *, reason: str) -> None:
    """The step of routing by a person, inside an operation that has checked the permission."""
    row = RoutingDecision.objects.create(
        ticket=op.ticket,
        at=op.at,
        method=RoutingDecision.Method.HAND,
        lead_agency=lead,
        decided_by=op.actor.user,
        reason=reason,
    )
    _send(op, lead, [], row)


def _send(op: Operation, lead: Agency, others: list[Agency], row: RoutingDecision) -> None:
    ticket = op.ticket
    previous = ticket.lead_agency
    chosen = decisions.choose_officer(lead, op.at, filer_id=op.ticket.filer_id, enterprise_id=op.ticket.enterprise_id)
    name_lead(ticket, lead, chosen)
    ticket.coordinating_agencies.set([agency for agency in others if agency.pk != lead.pk])
    _restart_acceptance(op)
    op.record(routed(ticket, others, row, chosen, previous=previous))
    if calendars.calendar_id_for(previous.pk if previous else None) != calendars.calendar_id_for(lead.pk):
        _go_by_hours_of(op, lead)


def name_lead(ticket: Ticket, lead: Agency, chosen: decisions.ChosenOfficer) -> None:
    """Route the ticket to an agency and suggest an officer there."""
    ticket.route()
    ticket.lead_agency, ticket.assignee = lead, chosen.officer


def routed(
    ticket: Ticket,
    others: list[Agency],
    row: RoutingDecision,
    chosen: decisions.ChosenOfficer,
    *,
    previous: Agency | None = None,
) -> TicketRouted:
    """The event of a ticket that has just gone to its lead agency."""
    lead = ticket.lead_agency
    assert lead is not None  # noqa: S101 - named by the caller
    return TicketRouted(
        lead_agency=lead.code,
        previous_agency=previous.code if previous and previous.pk != lead.pk else None,
        coordinating_agencies=[agency.code for agency in others],
        method=row.method,
        category=ticket.category,
        reason=row.reason,
        decision=row.pk,
        suggested_assignee=str(chosen.officer or ""),
        assignment=chosen.trace,
    )


def _go_by_hours_of(op: Operation, lead: Agency) -> None:
    """The enterprise's clocks follow the agency that is responsible now (`clock_moves`); a new due time is recorded."""
    calendar_id = calendars.calendar_id_for(lead.pk)
    theirs = op.ticket.clocks.filter(kind__in=(ClockKind.RESOLUTION, ClockKind.RESPONSE), stopped_at__isnull=True)
    for row in theirs.exclude(calendar_id=calendar_id):
        result = settle(row, op.at, calendar_id)
        row.save()
        if row.kind == ClockKind.RESOLUTION:
            op.ticket.due_at = row.due_at
            if result.rearmed:
                op.ticket.escalation_level = 0
        if result.due_changed:
            op.record(recomputed_event(row, result, row.calendar.code, cause="agency"))


def _restart_acceptance(op: Operation) -> None:
    """Each agency has its own time to accept."""
    earlier = clocks.running(op.ticket, ClockKind.ACCEPTANCE)
    if earlier is not None:
        clocks.stop(earlier, op.at)
    clocks.start(ticket=op.ticket, kind=ClockKind.ACCEPTANCE, at=op.at)


def _agency_name(text: str) -> str:
    """A known code is written out; any other body is taken as typed."""
    known = Agency.objects.filter(code=text).first()
    return known.name_vi if known else text
