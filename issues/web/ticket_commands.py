"""Handles every command of a ticket's page: read the form, do the action, go back to the page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
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
from issues.actions.perform import perform
from issues.actor import Actor
from issues.commands.command import Command
from issues.commands.fields import UPLOADS, Scene
from issues.commands.forms import CommandForm
from issues.commands.table import COMMANDS
from issues.models import Consultation, Extension, Ticket
from issues.queries.timeline import Entry, entries
from issues.web import undo
from issues.web.desk import Refused, saved_key, typed_values
from issues.web.renamed import renamings
from issues.web.ticket import read_or_404, refused_page
from issues.web.unsent import NOT_WORDS, keep_and_sign_in


@require_POST
def command(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Do one command. Refused: the page again with what was typed, as 403, 409 or 422."""
    if not request.user.is_authenticated:
        return keep_and_sign_in(request, code, name)
    ticket = read_or_404(request, code)
    wanted = _command(name)
    part = _part(request, ticket, wanted)
    key = f"{name}-{part.pk}" if part else name
    form = CommandForm(wanted.fields, Scene(request.user, ticket), request.POST, request.FILES, auto_id=f"{key}_%s")
    try:
        say = _run(request, ticket, wanted, form, part)
    except NotVisible as error:
        raise Http404(error.message) from None
    except OperationError as error:
        _carry_errors(wanted, form, error)
        # Who may not do it at all is shown no form for it.
        refused = Refused(key, form, error.message) if error.status in (409, 422, 429) else None
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


def _command(name: str) -> Command:
    command = COMMANDS.get(name)
    if command is None or not command.label:
        raise Http404(name)  # what the system does has no form
    return command


def _part(request: HttpRequest, ticket: Ticket, command: Command) -> Consultation | Extension | None:
    """The consultation or extension of this ticket that the form is about."""
    if not command.part:
        return None
    wanted = request.POST.get("part", "")
    rows: list[Any] = list(ticket.extensions.all() if command.part == "extension" else ticket.consultations.all())
    found = next((row for row in rows if str(row.pk) == wanted), None)
    if found is None:
        raise Http404(wanted)
    found.ticket = ticket
    return found


def _run(
    request: HttpRequest, ticket: Ticket, command: Command, form: CommandForm, part: Consultation | Extension | None
) -> Callable[[], None]:
    """Do it and return how to say so. Who may comes before what is missing; of a part its action asks."""
    if part is None:
        if not rules.may(request.user, command.permission, ticket):
            raise NotAllowed(_("You can see this ticket but not do this."))
        command.check(ticket)
    _check_valid(form)
    values = form.cleaned_data
    renamed = renamings(values.get(UPLOADS.name) or ())
    outcome = perform(
        command,
        on=part or ticket,
        actor=Actor.of(request.user),
        values=values,
        expected_event=_expected_event(request),
    )
    for sentence in renamed:
        messages.info(request, sentence)
    left = command.undo.of(outcome, values) if command.undo else None
    if command.undo and left is not None:
        what = {"ticket": ticket.pk, "event": left.last_event_id}
        return partial(undo.offer, request, str(command.done), command.undo.kind, **what)
    done = command.say(outcome) if command.say else str(command.done)
    return partial(messages.success, request, done)


def _check_valid(form: CommandForm) -> None:
    if not form.is_valid():
        raise Invalid(_("Please correct the marked fields."))


def _expected_event(request: HttpRequest) -> int | None:
    text = request.POST.get("expected_event", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _carry_errors(command: Command, form: CommandForm, error: OperationError) -> None:
    """Put the sentences where their fields are; what is about no field is shown above the form."""
    form.is_valid()
    if not isinstance(error, Invalid):
        return
    names = {"file": UPLOADS.name, **{one.argument: one.name for one in command.fields}}
    for name, sentences in error.fields.items():
        field = names.get(name, name)
        form.add_error(field if field in form.fields else None, sentences)


def _changes(request: HttpRequest, ticket: Ticket, error: OperationError) -> list[Entry]:
    """What the person has not seen yet."""
    expected = _expected_event(request)
    if error.status != 409 or expected is None:
        return []
    person = people.of(request.user)
    fresh = list(visible_events(person, ticket).filter(id__gt=expected))
    return entries(ticket, person, fresh, hours=getattr(request.user, "time_format", "24"))
