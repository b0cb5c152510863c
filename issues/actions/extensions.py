"""Extensions: the lead agency asks for more time, a leader grants or refuses it."""

from typing import Any

from django.utils.translation import gettext as _

from issues import policies
from issues.actions import complex_cases
from issues.actions.fields import Fields
from issues.actions.operation import operation
from issues.actor import Actor
from issues.clocks import clocks
from issues.events.consultation_events import ExtensionDecided, ExtensionRequested
from issues.models import Extension, Ticket
from issues.sla import WorkingDays


def request_extension(
    *,
    ticket: Ticket,
    actor: Actor,
    working_days: Any = None,
    as_complex: Any = None,
    reason: Any = None,
    expected_event: int | None = None,
) -> Extension:
    """Ask a leader for more time: until the n-th working day closes, or the time limit of a complex case."""
    with operation(ticket=ticket, actor=actor, permission="ask_extension", expected_event=expected_event) as op:
        policies.check_extension(op.ticket)
        fields = Fields()
        is_complex = fields.flag("as_complex", as_complex)
        days = 0
        if not is_complex:
            days = fields.whole_number("working_days", working_days, lowest=1, highest=policies.LONGEST_EXTENSION)
        elif working_days is not None:
            fields.add("working_days", _("Ask for working days or for treatment as a complex case, not both."))
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
        op.record(
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
    """A leader grants or refuses a request; a granted one moves the due time, and both times stay visible."""
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
        op.record(
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
