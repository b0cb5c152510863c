"""Filing: from what somebody typed to a ticket with a code, a lead agency and a promised time, in one transaction."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, Enterprise
from core import clock
from core.errors import NotAllowed, NotPossible, NotSignedIn
from investment.models import Project
from issues import clocks, dispatch, rules
from issues.actions.assisting import Behalf, check_may_assist, keep_assistance, read_behalf
from issues.actions.fields import Fields
from issues.actions.operation import Operation, lock_ticket
from issues.actions.routing import apply_decision
from issues.actor import Actor
from issues.events.types import TicketSubmitted
from issues.models import (
    BODY_MAX,
    FILABLE_KINDS,
    TITLE_MAX,
    Category,
    Channel,
    ClockKind,
    IdempotencyKey,
    Ticket,
    TicketKind,
    TicketNumber,
    TicketStatus,
)
from issues.sla import Step


@dataclass(frozen=True)
class Own:
    """Somebody files for their own enterprise."""

    filed_for: Enterprise
    channel: str

    def enterprise(self) -> Enterprise:
        return self.filed_for


@dataclass(frozen=True)
class Filing:
    """What somebody typed, checked."""

    title: str
    body: str
    kind: str
    category: str
    ward: Agency | None
    project: Project | None
    public_consent: bool


def read_filing(
    *,
    title: Any,
    body: Any,
    kind: Any,
    category: Any,
    ward: Any,
    project: Any,
    public_consent: Any = False,
    fields: Fields | None = None,
) -> Filing:
    """Check every field; raises Invalid that names all the wrong ones at once, with those already in `fields`."""
    fields = fields or Fields()
    filing = Filing(
        title=fields.text("title", title, longest=TITLE_MAX).replace("\n", " "),
        body=fields.text("body", body, longest=BODY_MAX),
        **_codes(fields, kind=kind, category=category, ward=ward, project=project),
        public_consent=fields.flag("public_consent", public_consent),
    )
    fields.done()
    return filing


def check_codes(*, kind: Any, category: Any, ward: Any, project: Any) -> None:
    """Raise Invalid naming every code that filing would refuse."""
    fields = Fields()
    _codes(fields, kind=kind, category=category, ward=ward, project=project)
    fields.done()


def _codes(fields: Fields, *, kind: Any, category: Any, ward: Any, project: Any) -> dict[str, Any]:
    kinds = [str(filable) for filable in FILABLE_KINDS]
    return {
        "kind": fields.choice("kind", TicketKind.DIFFICULTY if kind in (None, "") else kind, kinds),
        "category": fields.choice("category", category, Category.values, required=False),
        "ward": fields.agency("ward", ward, required=False, level=Agency.Level.WARD),
        "project": _project(fields, project),
    }


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
    if idempotency_key and (earlier := _filed_before(actor, idempotency_key, fingerprint)):
        return earlier
    fields = Fields()
    side = own or read_behalf(fields, on_behalf_of, channel=channel)
    filing = read_filing(**values, public_consent=public_consent, fields=fields)
    decision = dispatch.decide(filing)
    try:
        with transaction.atomic():
            ticket = _submit(actor, side, filing, decision, draft)
            if idempotency_key:
                IdempotencyKey.objects.create(
                    user=actor.user, key=idempotency_key, fingerprint=fingerprint, ticket=ticket
                )
    except IntegrityError:
        earlier = _filed_before(actor, idempotency_key, fingerprint) if idempotency_key else None
        if earlier is None:
            raise
        return earlier
    return ticket


def _submit(
    actor: Actor, side: Own | Behalf, filing: Filing, decision: dispatch.Dispatch, draft: Ticket | None
) -> Ticket:
    at = clock.now()
    ticket = _draft_to_submit(actor, draft) or Ticket(filer=actor.user)
    ticket.enterprise, ticket.channel = side.enterprise(), side.channel
    ticket.title, ticket.body, ticket.kind = filing.title, filing.body, filing.kind
    ticket.category = filing.category or decision.category
    ticket.ward, ticket.project, ticket.public_consent = filing.ward, filing.project, filing.public_consent
    ticket.code, ticket.received_at = next_code(), at
    ticket.submit()
    ticket.refresh_search_text()
    ticket.save()
    helper = keep_assistance(ticket=ticket, actor=actor, behalf=side).agency if isinstance(side, Behalf) else None
    running = Operation(ticket, actor, at)
    resolution = clocks.start(ticket=ticket, kind=ClockKind.RESOLUTION, at=at, agency=decision.lead)
    clocks.start(ticket=ticket, kind=ClockKind.RESPONSE, at=at, agency=decision.lead)
    running.tell(
        TicketSubmitted(
            kind=ticket.kind,
            category=ticket.category,
            channel=ticket.channel,
            due_at=resolution.first_due_at,
            ward=filing.ward.code if filing.ward else None,
            project=filing.project.code if filing.project else None,
            assisted_by=helper.code if helper else "",
            explanation=[step_json(step) for step in clocks.compute(resolution).steps],
        )
    )
    apply_decision(running, decision)
    running.finish()
    return ticket


def next_code() -> str:
    """The next code of the year, `KN-2026-0034`. The row of the year stays locked until the transaction ends."""
    year = timezone.localtime(clock.now()).year
    TicketNumber.objects.get_or_create(year=year)
    row = TicketNumber.objects.select_for_update().get(year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return f"KN-{year}-{row.last:04d}"


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
    return Enterprise.objects.get(pk=min(actor.person.enterprise_ids))


def _draft_to_submit(actor: Actor, draft: Ticket | None) -> Ticket | None:
    """The locked draft; one that was submitted in another tab meanwhile is refused."""
    if draft is None:
        return None
    ticket = lock_ticket(draft.pk)
    if ticket.status != TicketStatus.DRAFT or ticket.filer_id != actor.person.user_id:
        raise NotPossible(
            _("This draft was submitted already, as {code}.").format(code=ticket.code or "?"), code="submitted_before"
        )
    return ticket


def _project(fields: Fields, code: Any) -> Project | None:
    text = fields.text("project", code, required=False, longest=20)
    if not text:
        return None
    found = Project.objects.filter(code=text).first()
    if found is None:
        fields.add("project", _("There is no project with the code “{code}”.").format(code=text))
    return found


def _filed_before(actor: Actor, key: str, fingerprint: str) -> Ticket | None:
    found = IdempotencyKey.objects.select_related("ticket").filter(user=actor.user, key=key).first()
    if found is None:
        return None
    if found.fingerprint != fingerprint:
        raise NotPossible(_("This key was used for another proposal."), code="idempotency_mismatch")
    return found.ticket


def _fingerprint(values: dict[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
