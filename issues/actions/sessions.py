"""Listening sessions: planned, begun and closed by coordinators; their texts can be corrected during and after."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Agency
from core import clock
from core.errors import NotAllowed, NotPossible, NotSignedIn, NotVisible
from issues import rules
from issues.actions.fields import Fields
from issues.actor import Actor
from issues.models import ListeningSession
from issues.models.session import HOST_MAX, MINUTES_MAX, PLACE_MAX, SESSION_TITLE_MAX

State = ListeningSession.State
LONGEST = timedelta(days=7)
_STEPS = {"start": (State.PLANNED, State.RUNNING), "close": (State.RUNNING, State.CLOSED),
          "reopen": (State.CLOSED, State.RUNNING)}  # fmt: skip
_WORDS = {"minutes": MINUTES_MAX, "summary_vi": MINUTES_MAX, "summary_en": MINUTES_MAX}


def save_session(
    *,
    actor: Actor,
    session: ListeningSession | None = None,
    title_vi: Any = None,
    title_en: Any = None,
    place: Any = None,
    host: Any = None,
    starts_at: Any = None,
    ends_at: Any = None,
    agencies: Any = None,
    **words: Any,
) -> ListeningSession:
    """Plan a session, or correct its texts. Times are aware; `words`: minutes, summary_vi, summary_en.

    Raises NotSignedIn, NotAllowed (coordinators only), Invalid naming every wrong field.
    """
    check_may_plan(actor)
    fields = Fields()
    begins, ends = fields.moment("starts_at", starts_at), fields.moment("ends_at", ends_at)
    values = {
        "title_vi": fields.text("title_vi", title_vi, longest=SESSION_TITLE_MAX),
        "title_en": fields.text("title_en", title_en, required=False, longest=SESSION_TITLE_MAX),
        "place": fields.text("place", place, longest=PLACE_MAX),
        "host": fields.text("host", host, longest=HOST_MAX),
        "starts_at": begins,
        "ends_at": ends,
        **{name: fields.text(name, words.get(name), required=False, longest=most) for name, most in _WORDS.items()},
    }
    present = _agencies(fields, agencies)
    if begins is not None and ends is not None and ends <= begins:
        fields.add("ends_at", _("It must end after it begins."))
    elif begins is not None and ends is not None and ends - begins > LONGEST:
        sentence = ngettext("At most {n} day.", "At most {n} days.", LONGEST.days)
        fields.add("ends_at", sentence.format(n=LONGEST.days))
    fields.done()
    with transaction.atomic():
        kept = lock_session(session.pk) if session is not None else ListeningSession(created_by=actor.user)
        for name, value in values.items():
            setattr(kept, name, value)
        kept.save()
        kept.agencies.set(present)
    return kept


def move_session(*, actor: Actor, session: ListeningSession, step: str) -> ListeningSession:
    """`start`, `close` or `reopen` it. Raises NotPossible where it is not in the state that the step begins from."""
    check_may_plan(actor)
    before, after = _STEPS[step]
    with transaction.atomic():
        kept = lock_session(session.pk)
        if kept.state != before:
            sentence = _("This is not possible while the session is “{state}”.")
            raise NotPossible(sentence.format(state=kept.get_state_display()), code="wrong_state")
        kept.state = after
        kept.closed_at = clock.now() if after == State.CLOSED else None
        kept.save(update_fields=["state", "closed_at"])
    return kept


def lock_session(pk: int) -> ListeningSession:
    """Fetch the session again and lock its row until the transaction ends."""
    try:
        return ListeningSession.objects.select_for_update().get(pk=pk)
    except ListeningSession.DoesNotExist:
        raise NotVisible(_("There is no such session.")) from None


def check_may_plan(actor: Actor) -> None:
    """Raise NotSignedIn or NotAllowed unless the actor is a coordinator."""
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in first."))
    if not rules.is_coordinator(actor.user):
        raise NotAllowed(_("Only a coordinator can plan listening sessions."))


def _agencies(fields: Fields, codes: Any) -> list[Agency]:
    found = fields.agencies("agencies", codes)
    if not found and "agencies" not in fields.errors:
        fields.add("agencies", _("Choose the agencies that are present: they answer on the spot."))
    return found
