"""Handing over all open tickets of an officer: choose both people, check the preview, and confirm."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import people
from accounts.models import Agency, User
from core.errors import Invalid, NotAllowed, NotVisible, OperationError
from core.forms import CleanCharField
from issues import rules
from issues.actions import handover as action
from issues.actor import Actor
from issues.models import Ticket
from issues.queries.roster import officers_of_agency
from issues.web import undo
from issues.web.staff import staff_side

_UNDO_UP_TO = 60  # tickets: what a button undoes must fit into a message


class HandoverForm(forms.Form):
    """The new officer and the reason. The action checks the choice."""

    use_required_attribute = False
    to = forms.ChoiceField(label=gettext_lazy("Hand over to"))
    reason = CleanCharField(
        label=gettext_lazy("Reason"), required=False, max_length=2000, help_text=gettext_lazy("Only agencies read it.")
    )

    def __init__(self, *args: Any, colleagues: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.email, str(one)) for one in colleagues]
        by_load = (action.BY_LOAD, _("Colleagues who are not absent, least busy first"))
        self.fields["to"].choices = [("", _("Choose a colleague")), by_load, *choices]  # type: ignore[attr-defined]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_side
def handover(request: HttpRequest) -> HttpResponse:
    """The form; with a colleague chosen (`?to=`) the preview; posted, it is done."""
    given = request.POST if request.method == "POST" else request.GET
    agency = _agency(request, given.get("agency", ""))
    actor = Actor.of(request.user)
    try:
        giver = action.giver_of(agency, actor, given.get("officer"))
    except NotAllowed as error:
        raise PermissionDenied(error.message) from None
    except Invalid as error:
        raise Http404(error.message) from None
    colleagues = [one for one in officers_of_agency(agency) if one.pk != giver.pk]
    is_asked = request.method == "POST" or "to" in given
    form = HandoverForm(given if is_asked else None, colleagues=colleagues)
    if form.is_bound:
        form.is_valid()
    context = {"agency": agency, "giver": giver, "form": form, "is_own": giver.pk == actor.person.user_id}
    asked = {"agency": agency, "actor": actor, "officer": giver.pk, "to": given.get("to")}
    if request.method == "POST":
        return _do(request, context, {**asked, "reason": given.get("reason")})
    status = 200
    if form.is_bound:
        status = _preview(context, asked)
    else:
        context["tickets"] = action.open_tickets(actor, giver)
    return render(request, "issues/handover/page.html", context, status=status)


def _agency(request: HttpRequest, code: str) -> Agency:
    """The agency named, or one's only one."""
    person = people.of(request.user)
    if code:
        found = Agency.objects.filter(code=code.replace("\0", "")[:20]).first()
    else:
        found = Agency.objects.filter(pk__in=person.officer_agency_ids).order_by("pk").first()
    if found is None or not rules.may_roster(request.user, "see", found):
        raise Http404(code)
    return found


def _preview(context: dict[str, Any], asked: dict[str, Any]) -> int:
    """Put the plan into the context, or what is wrong with the form; returns the status of the page."""
    form = context["form"]
    try:
        planned = action.plan(**asked)
    except OperationError as error:
        _carry(form, error)
        context["tickets"] = action.open_tickets(asked["actor"], context["giver"])
        return error.status
    context["planned"] = [one for one in planned if one.receiver is not None]
    context["refused"] = [one for one in planned if one.receiver is None]
    return 200


def _do(request: HttpRequest, context: dict[str, Any], asked: dict[str, Any]) -> HttpResponse:
    try:
        result = action.hand_over(**asked)
    except NotVisible as error:
        raise Http404(error.message) from None
    except OperationError as error:
        _carry(context["form"], error)
        context["tickets"] = action.open_tickets(asked["actor"], context["giver"])
        return render(request, "issues/handover/page.html", context, status=error.status)
    number = len(result.done)
    sentence = ngettext("{n} ticket was handed over.", "{n} tickets were handed over.", number).format(n=number)
    say_done(request, sentence, result.done)
    for one in result.refused:
        messages.warning(request, f"{one.ticket.code}: {one.refusal}")
    return redirect(f"{reverse('issues:roster_agency', args=[context['agency'].code])}")


def say_done(request: HttpRequest, sentence: str, done: list[Ticket]) -> None:
    """Show the result, with a button that puts the previous officer back in charge."""
    if 0 < len(done) <= _UNDO_UP_TO:
        undo.offer(request, sentence, "reassign_many", pairs=[[one.pk, one.last_event_id] for one in done])
    else:
        messages.success(request, sentence)


def _carry(form: HandoverForm, error: OperationError) -> None:
    form.errors.clear()
    fields = error.fields if isinstance(error, Invalid) else {"": [error.message]}
    for name, sentences in fields.items():
        form.add_error(name if name in form.fields else None, sentences)
