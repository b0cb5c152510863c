"""Text of a person whose session has ended: it waits in the new session until they have signed in."""

import contextlib

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.errors import OperationError
from issues.actions import drafts
from issues.actor import Actor
from issues.models import Ticket
from issues.web.desk import saved_key, typed_values

_SESSION = "unsent"
NOT_WORDS = ("csrfmiddlewaretoken", "expected_event", "part")


def keep_and_sign_in(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Remember the form of this command and ask to sign in; the ticket's page is next, with that form open."""
    part = request.POST.get("part", "")
    key = f"{name}-{part}" if part else name
    typed = typed_values(request.POST, without=NOT_WORDS)
    request.session[_SESSION] = {"code": code, "key": key, "typed": typed}
    return redirect_to_login(f"{reverse('issues:ticket', args=[code])}?tab={key}")


def take_up(request: HttpRequest, ticket: Ticket) -> None:
    """Put what waits for this ticket where its forms look for what was typed before."""
    kept = request.session.get(_SESSION)
    if not kept or kept["code"] != ticket.code:
        return
    del request.session[_SESSION]
    # Too much, or for a form that there is not: nothing to show it in.
    with contextlib.suppress(OperationError):
        drafts.save_input(actor=Actor.of(request.user), key=saved_key(ticket, kept["key"]), data=kept["typed"])
