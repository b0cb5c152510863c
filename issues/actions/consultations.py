"""Consultations: asking other agencies while a ticket is in progress, answering, cancelling."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Agency
from core.errors import NotAllowed
from issues import policies, rules
from issues.actions.ending import cancel
from issues.actions.fields import Fields
from issues.actions.operation import Operation, operation
from issues.actor import Actor
from issues.clocks import clocks
from issues.events.consultation_events import ConsultationAnswered, ConsultationRequested
from issues.models import ClockKind, Consultation, Ticket


def request_consultation(
    *, ticket: Ticket, actor: Actor, agency: Any = None, question: Any = None, expected_event: int | None = None
) -> Consultation:
    """Ask one coordinating agency; it gets half of the working time left."""
    with operation(ticket=ticket, actor=actor, permission="consult", expected_event=expected_event) as op:
        policies.check_in_progress(op.ticket)
        fields = Fields()
        asked = fields.agency("agency", agency)
        text = fields.text("question", question)
        _check_askable(op, fields, "agency", [asked] if asked is not None else [])
        fields.done()
        assert asked is not None  # noqa: S101  (done() has raised otherwise)
        return _ask(op, asked, text)


def request_consultations(
    *, ticket: Ticket, actor: Actor, agencies: Any = None, question: Any = None, expected_event: int | None = None
) -> list[Consultation]:
    """Ask several agencies the same question; all of them or none. They answer in parallel, each on its own clock."""
    with operation(ticket=ticket, actor=actor, permission="consult", expected_event=expected_event) as op:
        policies.check_in_progress(op.ticket)
        fields = Fields()
        asked = fields.agencies("agencies", agencies)
        if not asked and "agencies" not in fields.errors:
            fields.add("agencies", _("Choose at least one agency."))
        text = fields.text("question", question)
        _check_askable(op, fields, "agencies", asked)
        fields.done()
        return [_ask(op, agency, text) for agency in asked]


def _check_askable(op: Operation, fields: Fields, name: str, asked: list[Agency]) -> None:
    """Nobody asks their own agency, nor one that has not answered yet."""
    waiting = set(
        op.ticket.consultations.filter(status=Consultation.Status.REQUESTED).values_list("agency_id", flat=True)
    )
    if any(agency.pk == op.ticket.lead_agency_id for agency in asked):
        fields.add(name, _("Choose an agency other than your own."))
    again = [agency.name for agency in asked if agency.pk in waiting]
    if again:
        sentence = _("Already asked, no answer yet: {agencies}.")
        fields.add(name, sentence.format(agencies=", ".join(again)))


def _ask(op: Operation, agency: Agency, question: str) -> Consultation:
    consultation = Consultation.objects.create(
        ticket=op.ticket, agency=agency, question=question, asked_by=op.actor.user, asked_at=op.at
    )
    op.ticket.coordinating_agencies.add(agency)
    row = clocks.start(
        ticket=op.ticket,
        kind=ClockKind.CONSULTATION,
        at=op.at,
        consultation=consultation,
        target=clocks.consultation_target(clocks.running(op.ticket, ClockKind.RESOLUTION), op.at),
    )
    op.record(
        ConsultationRequested(
            consultation=consultation.pk, agency=agency.code, question=question, due_at=row.due_at or op.at
        )
    )
    return consultation


def answer_consultation(*, consultation: Consultation, actor: Actor, answer: Any = None) -> Consultation:
    """The consulted agency answers; only its officers may, and none on a proposal of their own side."""
    with operation(ticket=consultation.ticket, actor=actor) as op:
        found = _locked(consultation)
        if found.agency_id not in rules.impartial(actor.user, op.ticket).officer_agency_ids:
            raise NotAllowed(_("Only the agency that was asked can answer."))
        policies.check_consultation(found)
        fields = Fields()
        text = fields.text("answer", answer)
        fields.done()
        found.status, found.answer, found.answered_by = Consultation.Status.ANSWERED, text, actor.user
        found.closed_at = op.at
        found.save()
        clocks.finish(found.clock, op.at)
        op.record(ConsultationAnswered(consultation=found.pk, agency=found.agency.code, answer=text))
    return found


def cancel_consultation(*, consultation: Consultation, actor: Actor, reason: Any = None) -> Consultation:
    """The lead agency withdraws the question; the reason stays visible."""
    with operation(ticket=consultation.ticket, actor=actor, permission="cancel_consultation") as op:
        found = _locked(consultation)
        policies.check_consultation(found)
        fields = Fields()
        text = fields.text("reason", reason)
        fields.done()
        cancel(op, found, reason=text)
    return found


def _locked(consultation: Consultation) -> Consultation:
    return Consultation.objects.select_related("agency", "clock").get(pk=consultation.pk)
