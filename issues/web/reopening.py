"""The link in the mail of an answer that reopens the proposal, without signing in.

Opening the link changes nothing: programs that look through mail open every link in it. The page has one button, and
the words that the person wrote back, as the reason; see docs/decisions.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.errors import Invalid, NotPossible, OperationError
from issues import rules
from issues.actions.enterprise import reopen
from issues.actor import Actor
from issues.commands.closing_commands import REOPEN
from issues.commands.fields import Scene
from issues.commands.forms import CommandForm
from issues.commands.table import TRANSITIONS
from issues.mail.answer_token import TokenExpired, TokenInvalid
from issues.mail.reopening_token import ReopeningToken
from issues.models import Message, Ticket
from issues.web.rating import Useless


@dataclass(frozen=True)
class Opened:
    """What a good token leads to."""

    token: ReopeningToken
    ticket: Ticket
    user: User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reopening(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one link, and what its button sends."""
    try:
        opened = _open(token)
        if request.method != "POST":
            return _page(request, opened, _form(opened, initial={"reason": _written(opened)}))
        form = _form(opened, request.POST)
        if not form.is_valid():
            return _page(request, opened, form, status=422)
        ticket = _reopen(opened, form)
    except Useless as useless:
        return render(request, "issues/reopening/useless.html", {"useless": useless}, status=useless.status)
    except Invalid as error:
        for name, sentences in error.fields.items():
            form.add_error(name, sentences)
        return _page(request, opened, form, status=422)
    except OperationError as error:
        form.add_error(None, error.message)
        return _page(request, opened, form, status=error.status)
    return render(request, "issues/reopening/done.html", {"ticket": ticket})


def _form(opened: Opened, *args: Any, **kwargs: Any) -> CommandForm:
    return CommandForm(REOPEN.fields, Scene(opened.user, opened.ticket), *args, **kwargs)


def _reopen(opened: Opened, form: CommandForm) -> Ticket:
    reason, actor = form.cleaned_data["reason"], Actor.of(opened.user)
    return reopen(ticket=opened.ticket, actor=actor, reason=reason, cycle=opened.token.cycle)


def _open(text: str) -> Opened:
    """Raises Useless."""
    try:
        token = ReopeningToken.read(text)
    except TokenExpired:
        raise Useless(410, _("This link is too old"), _("Sign in to see the proposal and what can be done.")) from None
    except TokenInvalid:
        sentence = _("Your mail program may have cut it off. Sign in to reopen the proposal.")
        raise Useless(404, _("This link is not complete"), sentence) from None
    ticket = Ticket.objects.select_related("lead_agency").filter(pk=token.ticket_id).first()
    user = User.objects.filter(pk=token.user_id, is_active=True).first()
    if ticket is None or user is None or not rules.may(user, "reopen", ticket):
        sentence = _("Only members of the enterprise that filed the proposal can reopen it.")
        raise Useless(403, _("You cannot reopen this proposal any more"), sentence)
    if ticket.cycle != token.cycle:
        sentence = _("This link is for an earlier answer. You will get a new one with the next answer.")
        raise Useless(409, _("The proposal was reopened after this answer"), sentence, ticket)
    try:
        TRANSITIONS["reopen"].check(ticket)
    except NotPossible as error:
        raise Useless(409, _("The proposal cannot be reopened"), error.message, ticket) from None
    return Opened(token, ticket, user)


def _written(opened: Opened) -> str:
    """The last words that the person wrote about this answer."""
    found = Message.objects.filter(ticket=opened.ticket, author=opened.user, taken_back_at=None)
    if opened.ticket.resolved_at is not None:
        found = found.filter(created_at__gte=opened.ticket.resolved_at)
    last = found.order_by("-id").first()
    return last.body if last is not None else ""


def _page(request: HttpRequest, opened: Opened, form: CommandForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "ticket": opened.ticket, "command": REOPEN}
    return render(request, "issues/reopening/page.html", context, status=status)
