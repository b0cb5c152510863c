"""Undo: a sentence "done" may carry a button that puts the former state back.

The message itself carries what its button undoes, signed, for one person and a few minutes. Undoing is an
ordinary action: it checks that nothing else has happened since, and records its own event. Only what needs no
transition that the state machine does not have is offered.
"""

import contextlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import Agency
from core.errors import Invalid, NotPossible, NotVisible, OperationError
from issues.actions import assigning, roster, roster_absences, taking_back
from issues.actor import Actor
from issues.models import Duty, Ticket

UNDO_WITHIN = timedelta(minutes=5)
TAG = "undo:"  # of a message that carries a button
_SALT = "issues.web.undo"
What = Mapping[str, Any]


def offer(request: HttpRequest, sentence: str, kind: str, /, **what: Any) -> None:
    """Say that something is done, with a button that undoes it. `what` goes to the function of `kind` below."""
    token = signing.dumps([kind, what, request.user.pk], salt=_SALT, compress=True)
    messages.success(request, sentence, extra_tags=TAG + token)


@login_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Undo what the button is about, and go back to the page that it stood on."""
    try:
        kind, what, user_id = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=UNDO_WITHIN)
    except signing.BadSignature:
        messages.error(request, _("It is too late to undo this."))
        return _back(request)
    if user_id != request.user.pk:
        messages.error(request, _("Only the person who did this can undo it."))
        return _back(request)
    try:
        messages.success(request, _KINDS[kind](Actor.of(request.user), what))
    except OperationError as error:
        messages.error(request, _why(error))
    return _back(request)


def _why(error: OperationError) -> str:
    """The sentence of a refusal; of wrong fields, theirs: there is no form to mark them in."""
    fields = error.fields if isinstance(error, Invalid) else {}
    return " ".join(sentence for sentences in fields.values() for sentence in sentences) or error.message


def _back(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    # A word without a slash would be looked for among the names of our pages.
    return redirect(wanted if own and wanted.startswith("/") else "issues:inbox")


def _reassignment(actor: Actor, what: What) -> str:
    done = assigning.undo_reassignment(ticket=_ticket(what), actor=actor, event_id=what["event"])
    return _("Undone: {officer} is in charge again.").format(officer=done.assignee)


def _reassignments(actor: Actor, what: What) -> str:
    """Undo many; tickets that have changed since stay with the new officer, and the message says so."""
    undone, kept = 0, []
    tickets = Ticket.objects.in_bulk([pk for pk, _event in what["pairs"]])
    for pk, event_id in what["pairs"]:
        try:
            assigning.undo_reassignment(ticket=tickets[pk], actor=actor, event_id=event_id)
            undone += 1
        except OperationError:
            kept.append(tickets[pk].code or "")
    sentence = ngettext("Undone for {n} ticket.", "Undone for {n} tickets.", undone).format(n=undone)
    if kept:
        sentence += " " + _("Could not be undone for: {codes}.").format(codes=", ".join(kept))
    return sentence


def _duties_made(actor: Actor, what: What) -> str:
    """Remove the shifts again; one that is gone or over by now stays as it is."""
    agency, undone = _agency(what), 0
    for pk, officer_id in what["duties"]:
        if not Duty.objects.filter(pk=pk, officer_id=officer_id).exists():
            continue  # taken off, or swapped
        with contextlib.suppress(Invalid, NotPossible):
            roster.remove(agency=agency, actor=actor, duty=pk)
            undone += 1
    return ngettext("Undone: {n} shift.", "Undone: {n} shifts.", undone).format(n=undone)


def _duty_removed(actor: Actor, what: What) -> str:
    made = roster.assign(agency=_agency(what), actor=actor, officer=what["officer"], day=what["day"], kind=what["kind"])
    return _("Undone: {officer} is on duty.").format(officer=made.officer)


def _absence(actor: Actor, what: What) -> str:
    ended = roster_absences.end_absence(agency=_agency(what), actor=actor, absence=what["absence"])
    return _("Undone: {officer} is not absent.").format(officer=ended.officer)


def _agency(what: What) -> Agency:
    return Agency.objects.get(pk=what["agency"])


def _words(actor: Actor, what: What) -> str:
    taking_back.take_back_words(ticket=_ticket(what), actor=actor, event_id=what["event"])
    return _("Withdrawn: what you wrote is hidden now.")


def _questions(actor: Actor, what: What) -> str:
    taking_back.take_back_questions(ticket=_ticket(what), actor=actor, event_id=what["event"])
    return _("Withdrawn: no opinion is asked for any more.")


def _ticket(what: What) -> Ticket:
    found = Ticket.objects.filter(pk=what["ticket"]).first()
    if found is None:
        raise NotVisible(_("There is no such ticket."))
    return found


_KINDS: dict[str, Callable[[Actor, What], str]] = {
    "reassign": _reassignment,
    "reassign_many": _reassignments,
    "duties_made": _duties_made,
    "duty_removed": _duty_removed,
    "absence": _absence,
    "words": _words,
    "questions": _questions,
}
