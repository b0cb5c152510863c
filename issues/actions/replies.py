"""Saved replies: kept for the actor alone, or shared by the head of an agency with its people."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, NotPossible, NotSignedIn, NotVisible
from issues.actions.fields import Fields
from issues.actor import Actor
from issues.models import REPLY_BODY_MAX, REPLY_TITLE_MAX, SavedReply
from issues.queries.replies import may_change, replies_of
from issues.sentences.reply_placeholders import PLACEHOLDERS, unknown_placeholders

MOST_REPLIES = 200  # of one person, or of one agency


def create_reply(*, actor: Actor, title: Any = None, body: Any = None, agency: Any = None) -> SavedReply:
    """Keep a text; `agency` (a code) shares it; only its head may. Raises Invalid, NotAllowed, NotPossible."""
    _check_staff(actor)
    fields = Fields()
    shared = fields.agency("agency", agency, required=False)
    reply = SavedReply(agency=shared, owner=None if shared else actor.user)
    _read(fields, reply, title, body)
    fields.done()
    if shared is not None and shared.pk not in actor.person.head_agency_ids:
        raise NotAllowed(_("Only the head of an agency can share texts with it."))
    siblings = SavedReply.objects.filter(agency=shared, owner=reply.owner)
    if siblings.count() >= MOST_REPLIES:
        raise NotPossible(_("You can save at most {number} texts.").format(number=MOST_REPLIES), code="too_many")
    return _save(reply, actor)


def change_reply(*, reply: SavedReply, actor: Actor, title: Any = None, body: Any = None) -> SavedReply:
    """Change a saved reply; texts that others have already inserted stay as they are."""
    with transaction.atomic():
        found = _own(reply, actor)
        fields = Fields()
        _read(fields, found, title, body)
        fields.done()
        return _save(found, actor)


def delete_reply(*, reply: SavedReply, actor: Actor) -> None:
    """Throw it away."""
    _own(reply, actor).delete()


def note_use(*, reply: SavedReply, actor: Actor) -> None:
    """Count one use in a form: the most used come first."""
    _check_staff(actor)
    if not replies_of(actor.person).filter(pk=reply.pk).update(used=F("used") + 1):
        raise NotVisible(_("There is no such text."))


def _read(fields: Fields, reply: SavedReply, title: Any, body: Any) -> None:
    reply.title = fields.text("title", title, longest=REPLY_TITLE_MAX).replace("\n", " ")
    reply.body = fields.text("body", body, longest=REPLY_BODY_MAX)
    unknown = unknown_placeholders(reply.body)
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        sentence = _("Unknown: {unknown}. You can use: {known}.")
        fields.add("body", sentence.format(unknown=", ".join(unknown), known=known))


def _save(reply: SavedReply, actor: Actor) -> SavedReply:
    reply.changed_by, reply.changed_at = actor.user, clock.now()
    reply.refresh_search_text()
    reply.save()
    return reply


def _own(reply: SavedReply, actor: Actor) -> SavedReply:
    """The row, if the actor may change it. A reply that they may not even use counts as missing."""
    _check_staff(actor)
    found = replies_of(actor.person).filter(pk=reply.pk).first()
    if found is None:
        raise NotVisible(_("There is no such text."))
    if not may_change(actor.person, found):
        raise NotAllowed(_("Only the head of the agency can change its shared texts."))
    return found


def _check_staff(actor: Actor) -> None:
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in first."))
    if not actor.person.is_staff_side:
        raise NotAllowed(_("Only people who work for the city can use saved replies."))
