"""Splitting: a part of a proposal becomes a proposal of its own, with the clock of the whole."""

import uuid
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from issues import policies
from issues.access import TicketFacts, may_read
from issues.actions.fields import Fields
from issues.actions.filing import next_code, step_json
from issues.actions.operation import Operation, operation
from issues.actions.routing import apply_decision
from issues.actor import Actor
from issues.assignment import decisions
from issues.clocks import clocks
from issues.events.types import TicketSplit, TicketSubmitted
from issues.models import (
    BODY_MAX,
    TITLE_MAX,
    Attachment,
    Category,
    ClockKind,
    Ticket,
    TicketClock,
)

# What the part has in common with the whole.
_SHARED = (
    "enterprise_id", "filer_id", "membership_request_id", "kind", "channel", "ward_id", "project_id", "public_consent",
    "received_at", "escalation_level",
)  # fmt: skip


def split(
    *,
    ticket: Ticket,
    actor: Actor,
    title: Any = None,
    body: Any = None,
    category: Any = None,
    files: Any = None,
    expected_event: int | None = None,
) -> Ticket:
    """Make a part of the proposal a proposal of its own; returns it.

    It belongs to the same enterprise, was received at the same time and keeps the running clock of the whole: pauses,
    extension and due time, so that splitting gains no time. It is routed by its own text; `files` are ids of the
    whole's files that are copied along.
    """
    with operation(ticket=ticket, actor=actor, permission="split", expected_event=expected_event) as op:
        policies.check_split(op.ticket)
        fields = Fields()
        words = fields.text("title", title, longest=TITLE_MAX).replace("\n", " ")
        text = fields.text("body", body, longest=BODY_MAX)
        about = fields.choice("category", category, Category.values, required=False)
        chosen = _chosen(op, fields, files)
        fields.done()
        part = _part(op, words, text, about)
        for file in chosen:
            _copy(file, part)
        op.record(TicketSplit(part=part.code or "", title=part.title, files=len(chosen)))
    return part


def _part(op: Operation, title: str, body: str, category: str) -> Ticket:
    """The new ticket, with its code, its clocks and its first events."""
    whole = op.ticket
    part = Ticket(title=title, body=body, code=next_code(op.at), split_from=whole)
    for name in _SHARED:
        setattr(part, name, getattr(whole, name))
    part.category = category
    decision = decisions.decide_ticket(part)
    part.category = category or decision.category
    part.submit()
    part.refresh_search_text()
    part.save()
    running = Operation(part, op.actor, op.at)
    resolution = _share_clocks(whole, part)
    running.record(
        TicketSubmitted(
            kind=part.kind,
            category=part.category,
            channel=part.channel,
            due_at=resolution.due_at or resolution.first_due_at,
            ward=part.ward.code if part.ward else None,
            project=part.project.code if part.project else None,
            explanation=[step_json(step) for step in clocks.compute(resolution).steps],
            split_from=whole.code or "",
        )
    )
    apply_decision(running, decision)
    running.finish()
    return part


def _share_clocks(whole: Ticket, part: Ticket) -> TicketClock:
    """Copy the running clocks of the answer and of the first response, as far as they have run."""
    rows = {}
    for kind in (ClockKind.RESOLUTION, ClockKind.RESPONSE):
        row = clocks.running(whole, kind)
        if row is not None:
            row.pk, row.ticket, row.cycle = None, part, part.cycle
            row._state.adding = True
            row.save()
            rows[kind] = row
    part.due_at = rows[ClockKind.RESOLUTION].due_at
    return rows[ClockKind.RESOLUTION]


def _chosen(op: Operation, fields: Fields, files: Any) -> list[Attachment]:
    """The files that go along, of those that the actor may read."""
    if files in (None, ""):
        return []
    wanted = [str(one) for one in files] if isinstance(files, list | tuple) else None
    facts = TicketFacts.of(op.ticket)
    known = {
        str(file.public_id): file for file in op.ticket.attachments.all() if may_read(op.actor.person, facts, file)
    }
    if wanted is None or any(one not in known for one in wanted):
        fields.add("files", _("Choose from the files of this proposal."))
        return []
    return [known[one] for one in dict.fromkeys(wanted)]


def _copy(file: Attachment, part: Ticket) -> None:
    """A copy of its own, so that neither ticket depends on the other's."""
    facts = {field.attname: getattr(file, field.attname) for field in Attachment._meta.concrete_fields}
    for name in ("id", "public_id", "ticket_id", "file"):
        del facts[name]
    copied = Attachment(**facts, public_id=uuid.uuid4(), ticket=part)
    with file.file.open("rb") as stream:
        copied.file.save(file.name, File(stream), save=False)
    copied.save()
