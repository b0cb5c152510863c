"""What operators do with what could not be sent or handled: send again, retry, settle.

Operators are administrators and coordinators.
"""

from collections.abc import Iterable

from django.db import models, transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, NotPossible, NotSignedIn
from issues.actor import Actor
from issues.events.drain import retry
from issues.models import ConsumerFailure, ContactNotice, Notification

State, Mode = Notification.State, Notification.Mode


def check_operator(actor: Actor) -> None:
    """Raise NotSignedIn or NotAllowed unless the actor is an operator."""
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in first."))
    if not may_operate(actor):
        raise NotAllowed(_("Only administrators and coordinators can manage mail and webhooks."))


def may_operate(actor: Actor) -> bool:
    """Whether the actor is an administrator or a coordinator."""
    return actor.person.is_admin or actor.person.is_coordinator


def resend_mails(*, actor: Actor, ids: Iterable[int]) -> int:
    """Send undelivered mails again, with all their tries; returns how many. Others do not change."""
    check_operator(actor)
    return _undelivered(ids).update(
        state=State.WAITING,
        attempts=0,
        bundle=None,
        mode=Mode.ONCE,
        next_attempt_at=clock.now(),
        settled_by=None,
    )


def settle_mails(*, actor: Actor, ids: Iterable[int]) -> int:
    """Mark undelivered mails as settled (for example, the person was called); returns how many."""
    check_operator(actor)
    return _undelivered(ids).filter(state=State.FAILED).update(state=State.SETTLED, settled_by=actor.user)


def resend_to_contacts(*, actor: Actor, ids: Iterable[int]) -> int:
    """Send undelivered mails to contact persons again; returns how many."""
    check_operator(actor)
    return _given_up(ids).update(state=State.WAITING, attempts=0, next_attempt_at=clock.now())


def settle_contacts(*, actor: Actor, ids: Iterable[int]) -> int:
    """Mark them as settled; returns how many."""
    check_operator(actor)
    return _given_up(ids).update(state=State.SETTLED)


def _given_up(ids: Iterable[int]) -> models.QuerySet[ContactNotice]:
    return ContactNotice.objects.filter(pk__in=list(ids), state=State.FAILED)


def _undelivered(ids: Iterable[int]) -> models.QuerySet[Notification]:
    return Notification.objects.filter(
        pk__in=list(ids), channel=Notification.Channel.MAIL, state__in=[State.FAILED, State.SETTLED]
    )


def retry_event(*, actor: Actor, failure: ConsumerFailure) -> None:
    """Let a consumer handle an event that it skipped. NotPossible with the error when it fails again."""
    check_operator(actor)
    if failure.skipped_at is None:
        raise NotPossible(_("The system is still retrying this event."), code="still_tried")
    with transaction.atomic():
        error = retry(failure)
    if error is not None:
        raise NotPossible(_("It failed again: {error}").format(error=error), code="failed_again")
