"""How each command of a ticket's page is carried out: from the fields of its form to an action."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import NotPossible
from issues import policies
from issues.actions import consultations, conversation, enterprise, resolving, routing, splitting
from issues.actor import Actor, speaker_of
from issues.models import Message, Ticket, Visibility

Values = Mapping[str, Any]
Run = Callable[[Ticket, Actor, Values, int | None], Any]


def _attach_all(ticket: Ticket, actor: Actor, values: Values, visibility: str, internal_to: str | None = None) -> None:
    for upload in values.get("uploads") or ():
        conversation.attach(ticket=ticket, actor=actor, upload=upload, visibility=visibility, internal_to=internal_to)


def simple(action: Callable[..., Any], *names: str) -> Run:
    """An action whose keywords are fields of the form."""

    def run(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Any:
        return action(ticket=ticket, actor=actor, expected_event=expected, **{name: values.get(name) for name in names})

    return run


def accept(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Any:
    """By whoever was chosen, or by oneself."""
    return resolving.accept(
        ticket=ticket, actor=actor, assignee=values.get("assignee") or None, expected_event=expected
    )


def provide_info(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> None:
    """The answer of the enterprise, with its files."""
    enterprise.provide_info(ticket=ticket, actor=actor, text=values.get("text"), expected_event=expected)
    _attach_all(ticket, actor, values, Visibility.PARTIES)


def message(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Ticket | None:
    """A message to everybody, with its files."""
    # Words are no decision: they may cross with something new, so the last event is not asked for.
    posted = conversation.post_message(ticket=ticket, actor=actor, body=values.get("body"))
    _attach_all(ticket, actor, values, Visibility.PARTIES)
    return _undoable(posted, values)


def note(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Ticket | None:
    """A note of the agencies, or of one of them, with its files."""
    own = speaker_of(actor, ticket) if values.get("reach") == "own" else None
    kept_to = own.code if own else None
    posted = conversation.post_message(
        ticket=ticket, actor=actor, body=values.get("body"), visibility=Visibility.INTERNAL, internal_to=kept_to
    )
    _attach_all(ticket, actor, values, Visibility.INTERNAL, kept_to)
    return _undoable(posted, values)


def _undoable(message: Message, values: Values) -> Ticket | None:
    """The ticket as the message left it, where the message can be taken back: it came alone and ended no clock."""
    try:
        policies.check_no_promise_kept(message)
    except NotPossible:
        return None
    return None if values.get("uploads") else message.ticket


def consult(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Any:
    """Ask several agencies at once."""
    asked = [*(values.get("agencies") or ()), *([values["ward"]] if values.get("ward") else ())]
    made = consultations.request_consultations(
        ticket=ticket, actor=actor, agencies=asked, question=values.get("question"), expected_event=expected
    )
    return made[0].ticket


def split(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Ticket:
    """A part becomes a proposal of its own."""
    given = {name: values.get(name) for name in ("title", "body", "category")}
    files = values.get("chosen_files")
    return splitting.split(ticket=ticket, actor=actor, files=files, expected_event=expected, **given)


def said_of_part(part: Ticket) -> str:
    """Its code, and where it went."""
    where = (
        _("It is with {agency}.").format(agency=part.lead_agency)
        if part.lead_agency
        else _("A coordinator of the task force will choose the agency.")
    )
    return " ".join([_("The part is a proposal of its own now: {code}.").format(code=part.code), str(where)])


def reroute(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Any:
    """Rules and text decide again."""
    return routing.reroute(ticket=ticket, actor=actor)


def without_event(action: Callable[..., Any], *names: str) -> Run:
    """As `simple`, for an action that does not ask for the last event."""

    def run(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Any:
        return action(ticket=ticket, actor=actor, **{name: values.get(name) for name in names})

    return run
