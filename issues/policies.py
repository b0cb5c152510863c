"""When something is possible, for any person: `check_*` raises NotPossible with a sentence, `can_*` only answers.

Who may do it stands in rules.py. What a command needs of both is declared in issues/commands/.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.errors import NotPossible
from issues.clocks import calendars, clocks
from issues.models import (
    ClockKind,
    Consultation,
    Extension,
    Message,
    Ticket,
    TicketClock,
    TicketKind,
    TicketStatus,
    Visibility,
)
from issues.sla import WorkingDays, deadline, remaining

# An agency has it, and somebody of it is in charge.
REASSIGNABLE = (TicketStatus.ROUTED, TicketStatus.IN_PROGRESS, TicketStatus.AWAITING_ENTERPRISE)
RETURNS_BEFORE_COORDINATOR = 2
REOPEN_WITHIN_WORKING_DAYS = 10
CLOSE_AFTER_WORKING_DAYS = 5
LONGEST_EXTENSION = 20  # working days


@cache
def _sources() -> dict[str, frozenset[str]]:
    """From which states the machine lets each of its methods go."""
    sources: dict[str, set[str]] = {}
    for transition in Ticket._meta.get_field("status").get_all_transitions(Ticket):
        sources.setdefault(transition.name, set()).add(str(transition.source))
    return {name: frozenset(states) for name, states in sources.items()}


def starts_from(ticket: Ticket, step: str) -> bool:
    """Whether the state machine lets this step go from the ticket's state."""
    return ticket.status in _sources()[step]


def check_state(ticket: Ticket, step: str) -> None:
    """Raise NotPossible unless the state machine lets this step go."""
    if not starts_from(ticket, step):
        raise _wrong_state(ticket)


def _is_possible(check: Callable[[], None]) -> bool:
    try:
        check()
    except NotPossible:
        return False
    return True


def _wrong_state(ticket: Ticket) -> NotPossible:
    return NotPossible(
        _("This is not possible while the ticket is “{status}”.").format(status=ticket.get_status_display()),
        code="wrong_state",
        status_now=ticket.status,
    )


def check_open(ticket: Ticket) -> None:
    """Raise NotPossible when the ticket is over."""
    if not ticket.is_open:
        raise _wrong_state(ticket)


def check_not_over(ticket: Ticket) -> None:
    """Raise NotPossible when nothing more can be added: withdrawn, declined, merged or closed."""
    if not ticket.is_open and ticket.status != TicketStatus.RESOLVED:
        check_open(ticket)


def check_in_progress(ticket: Ticket) -> None:
    """Raise NotPossible unless an officer works on it."""
    if ticket.status not in (TicketStatus.IN_PROGRESS, TicketStatus.AWAITING_ENTERPRISE):
        raise NotPossible(
            _("This is possible only while the lead agency works on the ticket."),
            code="wrong_state",
            status_now=ticket.status,
        )


def check_reassign(ticket: Ticket) -> None:
    """Raise NotPossible unless an agency has it and somebody can be in charge."""
    if ticket.status not in REASSIGNABLE:
        raise _wrong_state(ticket)


def check_untouched(ticket: Ticket, event_id: int) -> None:
    """Raise NotPossible when anything has happened to the ticket after that event: then it cannot be undone."""
    if ticket.last_event_id != event_id:
        raise NotPossible(
            _("You cannot undo this: something else has happened to {code} since.").format(code=ticket.code),
            code="touched",
        )


def check_no_promise_kept(message: Message) -> None:
    """Raise NotPossible when the message was the first response: it has ended a clock for good."""
    ended = TicketClock.objects.filter(
        ticket_id=message.ticket_id, kind=ClockKind.RESPONSE, stopped_at=message.created_at
    )
    if message.visibility == Visibility.PARTIES and ended.exists():
        raise NotPossible(
            _("This was the first response to the enterprise: it cannot be taken back."), code="first_response"
        )


def check_extension(ticket: Ticket) -> None:
    """One question to the leader at a time, and only while somebody works on it."""
    check_in_progress(ticket)
    _check_nothing_asked(ticket)


def check_complex(ticket: Ticket, *, at: datetime | None = None) -> None:
    """A ticket becomes a complex case once, and only where that gives more time than it has and than is used up."""
    check_open(ticket)
    if ticket.kind == TicketKind.COMPLEX:
        raise NotPossible(_("It is already treated as a complex case."), code="complex_already")
    row = next((one for one in ticket.clocks.all() if one.kind == ClockKind.RESOLUTION and one.is_running), None)
    if row is None:
        return
    first_due = clocks.if_complex(row, ticket)[1].first_due_at
    calendar, at = calendars.calendar_by_id(row.calendar_id), at or clock.now()
    left = remaining(calendar, row.started_at, first_due, at, row.counted_pauses())
    if first_due <= row.first_due_at or left <= timedelta():
        raise NotPossible(
            _("The time limit of a complex case gives no more time. Working days from today can be granted."),
            code="complex_no_gain",
        )


def can_be_complex(ticket: Ticket) -> bool:
    """Whether it could become a complex case now, for any person."""
    return _is_possible(lambda: check_complex(ticket))


def check_grant_complex(ticket: Ticket, *, at: datetime | None = None) -> None:
    """A leader may do it without a request; an open request is decided instead."""
    check_complex(ticket, at=at)
    _check_nothing_asked(ticket)


def _check_nothing_asked(ticket: Ticket) -> None:
    if any(row.status == Extension.Status.ASKED for row in ticket.extensions.all()):
        raise NotPossible(_("An extension was requested and is not decided yet."), code="extension_open")


def check_extension_open(ticket: Ticket, extension: Extension) -> None:
    """A decision is made once, while the ticket is open."""
    check_open(ticket)
    if extension.status != Extension.Status.ASKED:
        raise NotPossible(_("This extension has already been decided."), code="extension_decided")


def check_rating(ticket: Ticket) -> None:
    """An answer can be rated once it is there, once a cycle."""
    if ticket.status not in (TicketStatus.RESOLVED, TicketStatus.CLOSED):
        raise NotPossible(_("Only an answer can be rated."), code="wrong_state", status_now=ticket.status)
    if ticket.ratings.filter(cycle=ticket.cycle).exists():
        raise NotPossible(_("This answer has already been rated."), code="rated")


def check_rating_change(ticket: Ticket) -> None:
    """A rating can be changed until the proposal is closed."""
    if not can_change_rating(ticket):
        raise NotPossible(_("The proposal is closed: its rating stands."), code="rating_stands")


def can_change_rating(ticket: Ticket) -> bool:
    """Whether a rating can still be changed."""
    return ticket.status == TicketStatus.RESOLVED


def check_split(ticket: Ticket) -> None:
    """Only while it waits for an agency or is with one; a question to the enterprise is about the whole."""
    if ticket.status not in (TicketStatus.SUBMITTED, TicketStatus.ROUTED, TicketStatus.IN_PROGRESS):
        raise _wrong_state(ticket)


def check_merge(ticket: Ticket, into: Ticket) -> None:
    """Both must be open and not the same."""
    check_open(ticket)
    if ticket.pk == into.pk:
        raise NotPossible(_("A ticket cannot be merged into itself."), code="same_ticket")
    check_open(into)


def reopen_until(ticket: Ticket) -> datetime | None:
    """The last instant at which the enterprise may reopen; None without an answer, and while it disputes one."""
    if is_disputed(ticket):
        return None
    return _days_after_answer(ticket, REOPEN_WITHIN_WORKING_DAYS)


def close_unconfirmed_at(ticket: Ticket) -> datetime | None:
    """When silence closes the ticket; None without an answer, and while the enterprise disputes it."""
    if is_disputed(ticket):
        return None
    return _days_after_answer(ticket, CLOSE_AFTER_WORKING_DAYS)


def is_disputed(ticket: Ticket) -> bool:
    """Whether the enterprise wrote back about an answer that it has neither confirmed nor reopened."""
    return ticket.disputed_at is not None and ticket.status == TicketStatus.RESOLVED


def _days_after_answer(ticket: Ticket, days: int) -> datetime | None:
    if ticket.resolved_at is None:
        return None
    _pk, calendar = calendars.calendar_for(ticket.lead_agency)
    return deadline(calendar=calendar, target=WorkingDays(days), start=ticket.resolved_at).due_at


def check_may_return(ticket: Ticket) -> None:
    """Raise NotPossible once the coordinator has decided after too many returns."""
    if not ticket.may_return:
        raise NotPossible(
            _("You cannot return this ticket: it was returned before, and the coordinator has decided."),
            code="return_used_up",
        )


def check_nothing_open(ticket: Ticket) -> None:
    """Raise NotPossible while a consultation is open."""
    waiting = [c.agency.name for c in ticket.consultations.all() if c.is_open]
    if waiting:
        raise NotPossible(
            _("A consultation is still open: {agencies}. Wait for it, or cancel it with a reason.").format(
                agencies=", ".join(waiting)
            ),
            code="consultation_open",
            agencies=waiting,
        )


def check_reopening_time(ticket: Ticket) -> None:
    """Raise NotPossible when the time to reopen is over."""
    until = reopen_until(ticket)
    if until is not None and clock.now() > until:
        sentence = ngettext(
            "A ticket can be reopened within {days} working day after its answer. Please file a new one.",
            "A ticket can be reopened within {days} working days after its answer. Please file a new one.",
            REOPEN_WITHIN_WORKING_DAYS,
        )
        raise NotPossible(sentence.format(days=REOPEN_WITHIN_WORKING_DAYS), code="reopen_too_late")


def check_silence(ticket: Ticket) -> None:
    """Raise NotPossible while the enterprise still has time to confirm, or disputes the answer."""
    if is_disputed(ticket):
        raise NotPossible(_("The enterprise has written back about the answer."), code="disputed")
    due = close_unconfirmed_at(ticket)
    if due is not None and clock.now() < due:
        raise NotPossible(_("The enterprise still has time to confirm."), code="too_early")


def check_publishable(ticket: Ticket) -> None:
    """Raise NotPossible unless there is an answer, and the enterprise has agreed to its publication."""
    if ticket.status not in (TicketStatus.RESOLVED, TicketStatus.CLOSED) or not ticket.answer:
        raise NotPossible(_("Only an answered ticket can be published."), code="wrong_state", status_now=ticket.status)
    if not ticket.public_consent:
        raise NotPossible(_("The enterprise has not agreed to publication."), code="no_consent")


def check_unpublished(ticket: Ticket) -> None:
    """Raise NotPossible unless the public summary can be written: publishable, and not published yet."""
    check_publishable(ticket)
    if ticket.published_at is not None:
        raise NotPossible(_("It is already published."), code="wrong_state", status_now=ticket.status)


def check_public_words(ticket: Ticket) -> None:
    """Raise NotPossible unless a public summary waits for a second person."""
    check_unpublished(ticket)
    if ticket.public_proposed_by_id is None:
        raise NotPossible(_("Nobody has written the public words yet."), code="nothing_proposed")


def check_consultation(consultation: Consultation) -> None:
    """Raise NotPossible when the consultation is over."""
    if not consultation.is_open:
        raise NotPossible(_("This consultation is closed."), code="consultation_closed")
