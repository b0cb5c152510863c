"""Text that somebody sent without being signed in: it waits in their session until they have.

A session of somebody unknown is storage that anybody can ask for, so it is small, is kept for a day, and holds only
what a form of ours would send. The text belongs to the person who typed it, as far as that is known, else to the
first who signs in; for anybody else it is gone.
"""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import User
from core.errors import Invalid
from issues.access import visible_tickets
from issues.actor import marked_user
from issues.models import Ticket, TicketStatus

FILING, COMMAND = "filing", "command"
MOST_BYTES = 50_000  # of everything that waits in one session, in UTF-8
KEPT_SECONDS = 24 * 3600
_SESSION = "unsent"


def keep(session: SessionBase, slot: str, values: dict[str, Any], *, mark: str = "") -> None:
    """Let something wait, in place of what waited in this slot. Raises Invalid when it is too much.

    `mark` says who was shown the form (issues.actor.mark_of); without one nobody knows who typed.
    """
    author = marked_user(mark)
    kept = session.get(_SESSION, {})
    if kept.get("by") != author:
        kept = {}  # somebody else's
    for others in ({FILING, COMMAND}, set()):
        wanted = {name: kept[name] for name in others - {slot} if name in kept} | {slot: values, "by": author}
        if _size(wanted) <= MOST_BYTES:
            session[_SESSION] = wanted
            session.set_expiry(KEPT_SECONDS)
            return
    raise Invalid(
        _("This is too long to be kept until you have signed in. Copy your text, sign in, then paste it."),
        code="unsent_too_long",
    )


def holds(session: SessionBase) -> bool:
    """Whether anything waits: then something else in its place needs no more storage."""
    return _SESSION in session


def waiting(session: SessionBase, slot: str) -> dict[str, Any] | None:
    """What waits in this slot."""
    found: dict[str, Any] | None = session.get(_SESSION, {}).get(slot)
    return found


def forget(session: SessionBase, slot: str) -> None:
    """Let nothing wait in this slot."""
    kept = session.get(_SESSION)
    if not kept or slot not in kept:
        return
    left = {name: value for name, value in kept.items() if name != slot}
    if left.keys() <= {"by"}:
        del session[_SESSION]
    else:
        session[_SESSION] = left


def may_wait_for(code: str, *, mark: str) -> bool:
    """Whether a form of this ticket can have been shown: to the person of the mark, or to anybody at all."""
    author = User.objects.filter(pk=marked_user(mark) or 0, is_active=True).first() if mark else None
    if mark and author is None:
        return False
    seen = visible_tickets(people.of(author)) if author else Ticket.objects.all()
    return seen.exclude(status=TicketStatus.DRAFT).filter(code=code).exists()


def on_sign_in(sender: Any, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> None:
    """What waits becomes the person's, or is gone: typed by somebody else, or for a ticket that they may not see."""
    session = request.session
    kept = session.get(_SESSION)
    if not kept:
        return
    session.set_expiry(None)
    if kept.get("by") not in (None, user.pk):
        del session[_SESSION]
        return
    session[_SESSION] = {**kept, "by": user.pk}
    command = kept.get(COMMAND)
    if command and not visible_tickets(people.of(user)).filter(code=command["code"]).exists():
        forget(session, COMMAND)


def _size(kept: dict[str, Any]) -> int:
    texts = [text for values in kept.values() if isinstance(values, dict) for text in _texts(values)]
    return sum(len(text.encode("utf-8", "replace")) for text in texts)


def _texts(values: dict[str, Any]) -> list[str]:
    found = []
    for name, value in values.items():
        found += [name, *(_texts(value) if isinstance(value, dict) else [str(value)])]
    return found
