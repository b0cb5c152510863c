"""What ends with a ticket, or with the work of its lead agency: clocks, and consultations that nobody needs now."""

from issues.actions.operation import Operation
from issues.clocks import clocks
from issues.events.consultation_events import ConsultationCancelled
from issues.models import Consultation


def end_open_work(op: Operation, cause: Consultation.Cause) -> None:
    """Stop every clock and cancel open consultations because the ticket is over; each is recorded."""
    end_consultations(op, cause)
    clocks.stop_all(op.ticket, op.at)


def end_consultations(op: Operation, cause: Consultation.Cause) -> None:
    """Cancel open consultations for one of the fixed causes; each asked agency is notified of it."""
    for consultation in op.ticket.consultations.filter(status=Consultation.Status.REQUESTED):
        cancel(op, consultation, cause=cause)


def cancel(op: Operation, consultation: Consultation, *, reason: str = "", cause: str = "") -> None:
    """Close one consultation without an answer: for a reason in somebody's words, or for one of the fixed causes."""
    consultation.status, consultation.closed_at = Consultation.Status.CANCELLED, op.at
    consultation.cancel_reason, consultation.cancel_cause = reason, cause
    consultation.save()
    clocks.stop(consultation.clock, op.at)
    op.record(
        ConsultationCancelled(
            consultation=consultation.pk, agency=consultation.agency.code, reason=reason, cause=str(cause)
        )
    )
