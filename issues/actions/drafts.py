"""Drafts of proposals, and unsent text of other forms: nothing that people typed is lost."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency
from core import clock, limits
from core.errors import Invalid, NotSignedIn, NotVisible
from core.text import beginning, clean, is_longer
from investment.models import Project
from issues.actor import Actor
from issues.files.keeping import remove_after_commit
from issues.models import BODY_MAX, TITLE_MAX, SavedInput, Ticket, TicketKind, TicketStatus

SAVED_MAX = 50_000  # characters of one saved form


def save_draft(
    *,
    actor: Actor,
    draft: Ticket | None = None,
    title: str = "",
    body: str = "",
    kind: str = TicketKind.DIFFICULTY,
    category: str = "",
    ward: str = "",
    project: str = "",
    public_consent: bool = False,
    public_id: str | None = None,
) -> Ticket:
    """Save an unfinished proposal exactly as typed; incomplete and wrong values are allowed.

    `public_id`: a UUID that a new draft gets where no ticket has it, so that its form can find it again.
    Only what cannot be stored is refused: Invalid when a text is longer than a proposal may be.
    """
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in first."))
    ticket = _own_draft(draft, actor) if draft else Ticket(filer=actor.user, enterprise_id=_enterprise(actor))
    if is_longer(title, TITLE_MAX) or is_longer(body, BODY_MAX):
        raise Invalid(_("This is too long to save as a draft."), code="draft_too_long")
    ticket.title, ticket.body = beginning(title, TITLE_MAX), beginning(body, BODY_MAX)
    ticket.refresh_search_text()
    ticket.kind = kind if kind in TicketKind.values and kind != TicketKind.COMPLEX else TicketKind.DIFFICULTY
    ticket.category = category if category in dict(Ticket._meta.get_field("category").choices or []) else ""
    ticket.ward = Agency.objects.filter(code=beginning(ward, 20), level=Agency.Level.WARD).first() if ward else None
    ticket.project = Project.objects.filter(code=beginning(project, 20)).first() if project else None
    ticket.public_consent = public_consent
    with transaction.atomic():
        most = limits.most("drafts.person")
        if ticket.pk is None and Ticket.objects.filter(filer=actor.user, status=TicketStatus.DRAFT).count() >= most:
            raise Invalid(_("You have {number} drafts. Please delete one first.").format(number=most))
        if ticket.pk is None and public_id and not Ticket.objects.filter(public_id=public_id).exists():
            ticket.public_id = uuid.UUID(public_id)
        ticket.save()
    return ticket


def discard_draft(*, actor: Actor, draft: Ticket) -> None:
    """Delete the actor's draft with its files."""
    ticket = _own_draft(draft, actor)
    with transaction.atomic():
        for attachment in ticket.attachments.all():
            remove_after_commit(attachment)
        ticket.delete()


def remove_file(*, actor: Actor, draft: Ticket, public_id: str) -> None:
    """Remove a file from the actor's draft; a missing one is no error."""
    ticket = _own_draft(draft, actor)
    with transaction.atomic():
        for attachment in ticket.attachments.filter(public_id=public_id):
            remove_after_commit(attachment)
            attachment.delete()


def save_input(*, actor: Actor, key: str, data: dict[str, Any]) -> SavedInput:
    """Keep what somebody has typed into a form (an answer, a question) until it is sent."""
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in first."))
    given = {str(name): str(value) for name, value in data.items()}
    if sum(len(name) + len(value) for name, value in given.items()) > SAVED_MAX:
        raise Invalid(_("This is too long to save as a draft."), code="draft_too_long")
    texts = {beginning(name, 40): clean(value) for name, value in given.items()}
    saved, _created = SavedInput.objects.update_or_create(
        user=actor.user, key=key[:80], defaults={"data": texts, "saved_at": clock.now()}
    )
    return saved


def forget_input(*, actor: Actor, key: str) -> None:
    """Delete what was saved of a form, because it was sent."""
    SavedInput.objects.filter(user=actor.user, key=key[:80]).delete()


def _own_draft(draft: Ticket, actor: Actor) -> Ticket:
    found = Ticket.objects.filter(pk=draft.pk, status=TicketStatus.DRAFT, filer=actor.user).first()
    if found is None:
        raise NotVisible(_("There is no such draft."))
    return found


def _enterprise(actor: Actor) -> int | None:
    return min(actor.person.enterprise_ids, default=None)
