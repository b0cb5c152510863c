"""Work between agencies: consultations, extensions, merging."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency
from core.errors import Invalid, NotAllowed
from issues import policies, rules
from issues.actions import complex_cases
from issues.actions.ending import cancel, end_open_work
from issues.actions.fields import Fields
from issues.actions.operation import Operation, check_actor, lock_ticket, operation
from issues.actor import Actor
from issues.clock import clocks
from issues.events.types import (
    ConsultationAnswered,
    ConsultationRequested,
    ExtensionDecided,
    ExtensionRequested,
    TicketAbsorbed,
    TicketMerged,
)
from issues.models import ClockKind, Consultation, Extension, Party, Ticket
from issues.sla import WorkingDays

LONGEST_EXTENSION = 20  # working days


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
    """Ask several agencies the same at once; all of them or none. They answer in parallel, each on its own clock."""
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
        fields.add(name, _("Name another agency than your own."))
    again = [agency.name for agency in asked if agency.pk in waiting]
    if again:
        sentence = _("Asked already, and not answered yet: {agencies}.")
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
    op.tell(
        ConsultationRequested(
            consultation=consultation.pk, agency=agency.code, question=question, due_at=row.due_at or op.at
        )
    )
    return consultation


def answer_consultation(*, consultation: Consultation, actor: Actor, answer: Any = None) -> Consultation:
    """The consulted agency answers; only its officers may."""
    with operation(ticket=consultation.ticket, actor=actor) as op:
        found = _locked(consultation)
        if found.agency_id not in actor.person.officer_agency_ids:
            raise NotAllowed(_("Only the agency that was asked can answer."))
        policies.check_consultation(found)
        fields = Fields()
        text = fields.text("answer", answer)
        fields.done()
        found.status, found.answer, found.answered_by = Consultation.Status.ANSWERED, text, actor.user
        found.closed_at = op.at
        found.save()
        clocks.finish(found.clock, op.at)
        op.tell(ConsultationAnswered(consultation=found.pk, agency=found.agency.code, answer=text))
    return found


def cancel_consultation(*, consultation: Consultation, actor: Actor, reason: Any = None) -> Consultation:
    """The lead agency no longer needs the answer; the reason stays visible."""
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


def request_extension(
    *,
    ticket: Ticket,
    actor: Actor,
    working_days: Any = None,
    as_complex: Any = None,
    reason: Any = None,
    expected_event: int | None = None,
) -> Extension:
    """Ask a leader for more time: the n-th working day after today, at its closing; or the term of a complex case."""
    with operation(ticket=ticket, actor=actor, permission="ask_extension", expected_event=expected_event) as op:
        policies.check_extension(op.ticket)
        fields = Fields()
        is_complex = fields.flag("as_complex", as_complex)
        days = 0
        if not is_complex:
            days = fields.whole_number("working_days", working_days, lowest=1, highest=LONGEST_EXTENSION)
        elif working_days is not None:
            fields.add("working_days", _("Ask either for working days or for treatment as a complex case."))
        why = fields.text("reason", reason)
        fields.done()
        extension = Extension(
            ticket=op.ticket,
            working_days=days,
            as_complex=is_complex,
            reason=why,
            asked_by=actor.user,
            asked_at=op.at,
            old_due_at=op.ticket.due_at,
        )
        if is_complex:
            policies.check_complex(op.ticket, at=op.at)
            complex_cases.set_term(extension, op.ticket)
        else:
            extension.new_due_at = clocks.due_if_extended(op.ticket, WorkingDays(days), op.at)
        extension.save()
        op.tell(
            ExtensionRequested(
                extension=extension.pk,
                working_days=extension.working_days,
                reason=why,
                old_due_at=extension.old_due_at,
                new_due_at=extension.new_due_at,
                as_complex=is_complex,
            )
        )
    return extension


def decide_extension(*, extension: Extension, actor: Actor, granted: Any = None, reason: Any = None) -> Extension:
    """A leader grants or refuses; a granted one moves the due time, and both times stay visible."""
    with operation(ticket=extension.ticket, actor=actor, permission="decide_extension") as op:
        found = Extension.objects.get(pk=extension.pk)
        policies.check_extension_open(op.ticket, found)
        fields = Fields()
        if not isinstance(granted, bool):
            fields.add("granted", _("Say yes or no."))
        why = fields.text("reason", reason)
        fields.done()
        found.status = Extension.Status.GRANTED if granted else Extension.Status.REFUSED
        found.decision_reason, found.decided_by, found.decided_at = why, actor.user, op.at
        found.old_due_at = op.ticket.due_at or found.old_due_at
        if granted and found.as_complex:
            policies.check_complex(op.ticket, at=op.at)
            found.new_due_at = clocks.make_complex(op.ticket, op.at)
        elif granted:
            found.new_due_at = clocks.extend(op.ticket, WorkingDays(found.working_days), op.at)
        found.save()
        op.tell(
            ExtensionDecided(
                extension=found.pk,
                granted=bool(granted),
                reason=why,
                old_due_at=found.old_due_at,
                new_due_at=found.new_due_at if granted else found.old_due_at,
                as_complex=found.as_complex,
            )
        )
    return found


def merge(*, ticket: Ticket, actor: Actor, into: Any = None, expected_event: int | None = None) -> Ticket:
    """Let a duplicate go on inside another ticket; its people get the one answer, and it never escalates again.

    Both rows are locked in the order of their ids, so that two merges at once cannot wait for each other.
    """
    check_actor(ticket, actor, "merge")
    policies.check_open(ticket)
    fields = Fields()
    code = fields.text("into", into, longest=40)
    fields.done()
    target = Ticket.objects.filter(code=code).first()
    if target is None or not rules.may(actor.user, "see", target):
        raise Invalid(_("Please correct the marked fields."), fields={"into": [_("There is no such ticket.")]})
    with transaction.atomic():
        earlier = Ticket.objects.filter(merged_into=ticket).values_list("pk", flat=True)
        for pk in sorted({ticket.pk, target.pk, *earlier}):
            lock_ticket(pk)
        return _merge_locked(ticket=ticket, actor=actor, into=target, expected_event=expected_event)


def _merge_locked(*, ticket: Ticket, actor: Actor, into: Ticket, expected_event: int | None) -> Ticket:
    with operation(ticket=ticket, actor=actor, permission="merge", expected_event=expected_event) as op:
        other = lock_ticket(into.pk)
        if not rules.may(actor.user, "merge", other):
            raise NotAllowed(_("Merging is for the coordinator, or for the agency that leads both tickets."))
        policies.check_merge(op.ticket, other)
        op.ticket.merge()
        op.ticket.merged_into, op.ticket.closed_at = other, op.at
        end_open_work(op, Consultation.Cause.MERGED)
        if op.ticket.enterprise_id and op.ticket.enterprise_id != other.enterprise_id:
            Party.objects.get_or_create(
                ticket=other,
                enterprise_id=op.ticket.enterprise_id,
                defaults={"joined_by": op.ticket.filer, "joined_at": op.at},
            )
        _take_along(op, other)
        op.tell(TicketMerged(into=other.code or ""))
        op.tell(TicketAbsorbed(ticket=op.ticket.code or ""), ticket=other)
    return op.ticket


def _take_along(op: Operation, other: Ticket) -> None:
    """Whoever had joined the merged ticket, or was merged into it, gets the one answer of the other; each is told."""
    for party in op.ticket.parties.exclude(enterprise=other.enterprise):
        Party.objects.get_or_create(
            ticket=other,
            enterprise_id=party.enterprise_id,
            defaults={"joined_by": party.joined_by, "joined_at": party.joined_at},
        )
    for earlier in op.ticket.merged_tickets.all():
        earlier.merged_into = other
        earlier.save(update_fields=["merged_into"])
        op.tell(TicketMerged(into=other.code or ""), ticket=earlier)
