"""Complex cases (design §5): a time limit of their own, counted from receipt, that only a leader grants."""

from typing import Any

from issues import policies
from issues.actions.fields import Fields
from issues.actions.operation import operation
from issues.actor import Actor
from issues.clocks import clocks
from issues.events.consultation_events import ExtensionDecided
from issues.models import ClockKind, Extension, Ticket
from issues.sla import WorkingDays


def grant_complex(*, ticket: Ticket, actor: Actor, reason: Any = None, expected_event: int | None = None) -> Extension:
    """A leader grants it without a request; a granted extension records it, with both due times and the reason."""
    with operation(ticket=ticket, actor=actor, permission="grant_complex", expected_event=expected_event) as op:
        policies.check_grant_complex(op.ticket, at=op.at)
        fields = Fields()
        why = fields.text("reason", reason)
        fields.done()
        granted = Extension(
            ticket=op.ticket,
            as_complex=True,
            reason=why,
            status=Extension.Status.GRANTED,
            decision_reason=why,
            asked_by=actor.user,
            asked_at=op.at,
            decided_by=actor.user,
            decided_at=op.at,
            old_due_at=op.ticket.due_at,
        )
        set_term(granted, op.ticket)
        granted.new_due_at = clocks.make_complex(op.ticket, op.at)
        granted.save()
        op.record(
            ExtensionDecided(
                extension=granted.pk,
                granted=True,
                reason=why,
                old_due_at=granted.old_due_at,
                new_due_at=granted.new_due_at,
                as_complex=True,
                asked=False,
            )
        )
    return granted


def set_term(extension: Extension, ticket: Ticket) -> None:
    """The working days of a complex case, where its limit is given in days, and the due time that it would have."""
    row = clocks.running(ticket, ClockKind.RESOLUTION)
    if row is None:
        extension.working_days = 0
        return
    target, result = clocks.if_complex(row, ticket)
    extension.working_days = target.days if isinstance(target, WorkingDays) else 0
    extension.new_due_at = result.due_at
