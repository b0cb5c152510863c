"""Every command of a ticket's page comes in here: read the form, do the action, go back to the page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import people
from core import wording
from core.errors import Invalid, NotAllowed, NotVisible, OperationError
from issues import rules
from issues.access import visible_events
from issues.actions import drafts
from issues.actor import Actor
from issues.files.keeping import bytes_go_with_rows
from issues.models import Consultation, Extension, Ticket
from issues.queries.timeline import Entry, entries
from issues.web import undo
from issues.web.command_fields import CommandForm
from issues.web.commands import COMMANDS, PARTS, part_form, run_part
from issues.web.desk import Refused, form_options, saved_key, typed_values
from issues.web.ticket import read_or_404, refused_page
from issues.web.unsent import NOT_WORDS, keep_and_sign_in

_PARTS_DONE = {
    "consultation_answer": lambda: _("Your agency’s opinion is sent."),
    "consultation_cancel": lambda: _("The consultation is cancelled."),
    "extension_decision": lambda: _("The decision is made."),
}


@require_POST
def command(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Do one command. Refused: the page again with what was typed, as 403, 409 or 422."""
    if not request.user.is_authenticated:
        return keep_and_sign_in(request, code, name)
    ticket = read_or_404(request, code)
    part = _part(request, ticket, name)
    key = f"{name}-{part.pk}" if part else name
    form = _form(request, ticket, name, key)
    try:
        say = _run(request, ticket, name, form, part)
    except NotVisible as error:
        raise Http404(error.message) from None
    except OperationError as error:
        _carry_errors(form, error)
        # Who may not do it at all is shown no form for it.
        refused = Refused(key, form, error.message) if error.status in (409, 422) else None
        return refused_page(request, code, error, refused, _changes(request, ticket, error))
    drafts.forget_input(actor=Actor.of(request.user), key=saved_key(ticket, key))
    say()
    return redirect("issues:ticket", code)


@login_required
@require_POST
def save(request: HttpRequest, code: str, name: str) -> JsonResponse:
    """Keep what somebody is typing; answers with the time to show."""
    ticket = read_or_404(request, code)
    typed = typed_values(request.POST, without=NOT_WORDS)
    try:
        saved = drafts.save_input(actor=Actor.of(request.user), key=saved_key(ticket, name), data=typed)
    except OperationError as error:
        return JsonResponse({"problem": error.message}, status=error.status)
    hours = getattr(request.user, "time_format", "24")
    text = _("Draft saved {time}").format(time=wording.local_time(saved.saved_at, clock=hours))
    return JsonResponse({"saved": text})


def _form(request: HttpRequest, ticket: Ticket, name: str, key: str) -> CommandForm:
    kind = part_form(name) if name in PARTS else _command(name).form
    options = form_options(name, ticket, request.user)
    return kind(request.POST, request.FILES, ticket=ticket, auto_id=f"{key}_%s", **options)


def _command(name: str) -> Any:
    try:
        return COMMANDS[name]
    except KeyError:
        raise Http404(name) from None


def _part(request: HttpRequest, ticket: Ticket, name: str) -> Consultation | Extension | None:
    """The consultation or extension of this ticket that the form is about."""
    if name not in PARTS:
        return None
    wanted = request.POST.get("part", "")
    rows: list[Any] = list(ticket.extensions.all() if name == "extension_decision" else ticket.consultations.all())
    found = next((row for row in rows if str(row.pk) == wanted), None)
    if found is None:
        raise Http404(wanted)
    found.ticket = ticket
    return found


def _run(
    request: HttpRequest, ticket: Ticket, name: str, form: CommandForm, part: Consultation | Extension | None
) -> Callable[[], None]:
    """Do it and return how to say so. Who may comes before what is missing."""
    actor = Actor.of(request.user)
    if part is not None:
        _check_valid(form)
        run_part(name, part, actor, form.cleaned_data)
        return partial(messages.success, request, _PARTS_DONE[name]())
    command = _command(name)
    if not rules.may(request.user, command.permission, ticket):
        raise NotAllowed(_("You may see this ticket, but this is for others to do."))
    command.check(ticket)
    _check_valid(form)
    # Words and files belong together: a file that is refused takes the words back too.
    with bytes_go_with_rows(), transaction.atomic():
        changed = command.run(ticket, actor, form.cleaned_data, _expected_event(request))
    if command.undo and changed is not None:
        what = {"ticket": ticket.pk, "event": changed.last_event_id}
        return partial(undo.offer, request, str(command.done), command.undo, **what)
    done = command.say(changed) if command.say else str(command.done)
    return partial(messages.success, request, done)


def _check_valid(form: CommandForm) -> None:
    if not form.is_valid():
        raise Invalid(_("Please correct the marked fields."))


def _expected_event(request: HttpRequest) -> int | None:
    text = request.POST.get("expected_event", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _carry_errors(form: CommandForm, error: OperationError) -> None:
    """Put the sentences where their fields are; what is about no field is shown above the form."""
    form.is_valid()
    if not isinstance(error, Invalid):
        return
    for name, sentences in error.fields.items():
        field = {"file": "uploads", "files": "chosen_files"}.get(name, name)
        form.add_error(field if field in form.fields else None, sentences)


def _changes(request: HttpRequest, ticket: Ticket, error: OperationError) -> list[Entry]:
    """What the person has not seen yet."""
    expected = _expected_event(request)
    if error.status != 409 or expected is None:
        return []
    person = people.of(request.user)
    fresh = list(visible_events(person, ticket).filter(id__gt=expected))
    return entries(ticket, person, fresh, hours=getattr(request.user, "time_format", "24"))
