"""The form of a ticket sent by somebody whose session has ended: kept while they sign in, shown again afterwards."""

import contextlib

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import limits
from core.errors import OperationError
from core.text import is_longer
from issues.actions import drafts, unsent
from issues.actor import MARK, Actor
from issues.commands.table import COMMANDS
from issues.models import Ticket
from issues.web.desk import saved_key, typed_values

NOT_WORDS = ("csrfmiddlewaretoken", "expected_event", "part", MARK)
_CODE_MAX = 20


def keep(request: HttpRequest, slot: str, values: dict[str, object]) -> None:
    """Let typed text wait in the session. Raises Invalid (too much), TooMany (too many new sessions of one address)."""
    if unsent.holds(request.session):
        unsent.keep(request.session, slot, values, mark=_mark(request))
        return
    new, address = limits.limit("unsent.address"), limits.caller_key(request)
    seconds = new.wait(address)
    if seconds:
        sentence = _("Too many texts from your network wait for a sign-in. Copy your text, sign in, then paste it.")
        raise limits.too_many(seconds, sentence)
    unsent.keep(request.session, slot, values, mark=_mark(request))
    new.count(address)


def keep_and_sign_in(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Remember the form of this command and ask to sign in; the ticket's page is next, with that form open.

    Nothing is kept for a command or a ticket that there is not; the answer is the same.
    """
    part = request.POST.get("part", "")
    part = part if part.isascii() and part.isdecimal() and len(part) < 19 else ""
    key = f"{name}-{part}" if part else name
    typed = _typed(request, name)
    if typed and not is_longer(code, _CODE_MAX) and unsent.may_wait_for(code, mark=_mark(request)):
        try:
            keep(request, unsent.COMMAND, {"code": code, "key": key, "typed": typed})
        except OperationError as error:
            return _not_kept(request, code, error, list(typed.values()))
    tab = f"?tab={key}" if name in COMMANDS else ""
    return redirect_to_login(f"{reverse('issues:ticket', args=[code])}{tab}")


def take_up(request: HttpRequest, ticket: Ticket) -> None:
    """Put what waits for this ticket where its forms look for what was typed before."""
    kept = unsent.waiting(request.session, unsent.COMMAND)
    if not kept or kept["code"] != ticket.code:
        return
    unsent.forget(request.session, unsent.COMMAND)
    # Too much, or for a form that there is not: nothing to show it in.
    with contextlib.suppress(OperationError):
        drafts.save_input(actor=Actor.of(request.user), key=saved_key(ticket, kept["key"]), data=kept["typed"])


def _mark(request: HttpRequest) -> str:
    return request.POST.get(MARK, "")


def _typed(request: HttpRequest, name: str) -> dict[str, str]:
    """What was typed into the fields of this command; nothing for one that people cannot give."""
    command = COMMANDS.get(name)
    if command is None or not command.label:
        return {}
    asked = {one.name for one in command.fields}
    typed = typed_values(request.POST, without=NOT_WORDS)
    return {field: text for field, text in typed.items() if field in asked and text}


def _not_kept(request: HttpRequest, code: str, error: OperationError, texts: list[str]) -> HttpResponse:
    """The texts to copy, and the way to sign in: they are kept nowhere."""
    context = {"problem": error, "code": code, "texts": texts}
    return limits.say_when(render(request, "issues/ticket/not_kept.html", context, status=error.status), error)
