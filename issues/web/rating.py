"""One click in the mail rates the answer, without signing in.

Opening the link changes nothing: programs that look through mail open every link in it. The page has the score chosen
and one button, and sends itself at the first sign of a person (assets/js/rating.js); see docs/decisions.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.errors import Invalid, OperationError
from issues import policies, rules
from issues.actions.rating import rate_by_link
from issues.actor import Actor
from issues.commands.closing_commands import RATE
from issues.commands.fields import Scene
from issues.commands.forms import CommandForm
from issues.mail.rating_tokens import RatingToken, TokenExpired, TokenInvalid
from issues.models import Rating, Score, Ticket, TicketStatus


@dataclass(frozen=True)
class Opened:
    """What a good token leads to."""

    token: RatingToken
    ticket: Ticket
    user: User
    rating: Rating | None

    @property
    def may_change(self) -> bool:
        """Until the proposal is closed; for the first time also after that."""
        if self.rating is None:
            return self.ticket.status in (TicketStatus.RESOLVED, TicketStatus.CLOSED)
        return policies.can_change_rating(self.ticket)


class Useless(Exception):
    """A link of a mail that can do nothing (any more). Carries the message for the reader."""

    def __init__(self, status: int, title: str, text: str, ticket: Ticket | None = None) -> None:
        super().__init__(title)
        self.status, self.title, self.text, self.ticket = status, title, text, ticket


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one link, and what it sends."""
    try:
        opened = _open(token)
    except Useless as useless:
        return render(request, "issues/rating/useless.html", {"useless": useless}, status=useless.status)
    if request.method != "POST":
        return _page(request, opened, _form(opened, initial=_initial(request, opened)))
    form = _form(opened, request.POST)
    if not form.is_valid():
        return _page(request, opened, form, status=422)
    try:
        _rate(request, opened, form)
    except Invalid as error:
        for name, sentences in error.fields.items():
            form.add_error(name, sentences)
        return _page(request, opened, form, status=422)
    except OperationError as error:
        form.add_error(None, error.message)
        return _page(request, opened, form, status=error.status)
    return redirect(f"{reverse('issues:rating', args=[token])}?done=1")


def _form(opened: Opened, *args: Any, **kwargs: Any) -> CommandForm:
    return CommandForm(RATE.fields, Scene(opened.user, opened.ticket), *args, **kwargs)


def _rate(request: HttpRequest, opened: Opened, form: CommandForm) -> None:
    rate_by_link(
        ticket=opened.ticket,
        actor=Actor.of(opened.user),
        cycle=opened.token.cycle,
        score=form.cleaned_data["score"],
        comment=form.cleaned_data["comment"] if "comment" in request.POST else None,
        only_first=request.POST.get("by") == "page",
    )


def _open(text: str) -> Opened:
    """Raises Useless."""
    try:
        token = RatingToken.read(text)
    except TokenExpired:
        raise Useless(410, _("This link is too old"), _("Sign in to see the proposal and what can be done.")) from None
    except TokenInvalid:
        raise Useless(
            404, _("This link is not complete"), _("Your mail program may have cut it off. Sign in to rate the answer.")
        ) from None
    ticket = Ticket.objects.select_related("lead_agency").filter(pk=token.ticket_id).first()
    user = User.objects.filter(pk=token.user_id, is_active=True).first()
    if ticket is None or user is None or not rules.may(user, "rate", ticket):
        raise Useless(
            403,
            _("You cannot rate this answer any more"),
            _("Only members of the enterprise that filed the proposal can rate it."),
        )
    if ticket.cycle != token.cycle:
        text = _("This link is for an earlier answer. You will get a new one with the next answer.")
        raise Useless(409, _("The proposal was reopened after this answer"), text, ticket)
    return Opened(token, ticket, user, ticket.ratings.filter(cycle=token.cycle).first())


def _initial(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    score = request.GET.get("score", "")
    given = int(score) if score in map(str, Score.values) else None
    kept = opened.rating
    return {"score": given or (kept.score if kept else None), "comment": kept.comment if kept else ""}


def _page(request: HttpRequest, opened: Opened, form: CommandForm, *, status: int = 200) -> HttpResponse:
    chosen = form["score"].value()
    context = {
        "form": form,
        "ticket": opened.ticket,
        "rating": opened.rating,
        "score_label": Score(opened.rating.score).label if opened.rating else "",
        "may_change": opened.may_change,
        "is_resolved": opened.ticket.status == TicketStatus.RESOLVED,
        "sends_itself": opened.rating is None and bool(chosen) and status == 200 and opened.may_change,
    }
    return render(request, "issues/rating/page.html", context, status=status)
