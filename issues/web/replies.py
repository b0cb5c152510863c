"""Saved replies: the page on which they are kept, and the list from which one is taken into a form."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import people
from core.errors import Invalid, NotVisible, OperationError
from core.forms import CleanCharField
from issues.actions import replies as actions
from issues.actor import Actor
from issues.models import REPLY_BODY_MAX, REPLY_TITLE_MAX, SavedReply
from issues.queries.lists import find_ticket
from issues.queries.replies import may_change, replies_of, shared_with
from issues.sentences.reply_placeholders import filled
from issues.web.staff import hours_of, staff_side

PAGE_SIZE = 25
OFFERED = 100  # for one form; the search finds the rest


class ReplyForm(forms.Form):
    """A text, and the agency that shares it where the person is a head."""

    use_required_attribute = False

    title = CleanCharField(label=gettext_lazy("Title"), max_length=REPLY_TITLE_MAX)
    body = CleanCharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Filled in for each proposal: {code}, {title}, {enterprise}, {due}."),
        max_length=REPLY_BODY_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    agency = forms.ChoiceField(
        label=gettext_lazy("Who can use it"),
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Everyone in the agency can use a shared reply. Only its head can change it."),
    )

    def __init__(self, *args: Any, agencies: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agencies:
            choices = [("", _("Only for me")), *((agency.code, agency.name) for agency in agencies)]
            self.fields["agency"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["agency"]


@staff_side
@require_http_methods(["GET", "HEAD", "POST"])
def replies(request: HttpRequest) -> HttpResponse:
    """The person's texts and those of their agencies, with a search; a form for a new one."""
    person = people.of(request.user)
    agencies = shared_with(person)
    form = ReplyForm(request.POST or None, agencies=agencies)
    status = 200
    if request.method == "POST":
        status = _keep(request, form, lambda **values: actions.create_reply(actor=Actor.of(request.user), **values))
        if not status:
            messages.success(request, _("The reply is saved."))
            return redirect("issues:replies")
    q = request.GET.get("q", "")[:200]
    page = Paginator(replies_of(person, q), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [{"reply": reply, "may_change": may_change(person, reply)} for reply in page.object_list]
    context = {"form": form, "q": q, "page_obj": page, "lines": lines}
    return render(request, "issues/replies/page.html", context, status=status)


@staff_side
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one text."""
    found = _find(request, pk)
    if not may_change(people.of(request.user), found):
        raise Http404(pk)
    form = ReplyForm(request.POST or None, initial={"title": found.title, "body": found.body})
    status = 200
    if request.method == "POST":
        actor = Actor.of(request.user)
        status = _keep(request, form, lambda **values: actions.change_reply(reply=found, actor=actor, **values))
        if not status:
            messages.success(request, _("The reply is saved."))
            return redirect("issues:replies")
    return render(request, "issues/replies/reply.html", {"form": form, "reply": found}, status=status)


@staff_side
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw one text away."""
    found = _find(request, pk)
    try:
        actions.delete_reply(reply=found, actor=Actor.of(request.user))
    except OperationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("“{title}” is deleted.").format(title=found.title))
    return redirect("issues:replies")


@staff_side
@require_POST
def used(request: HttpRequest, pk: int) -> HttpResponse:
    """Count that it was inserted."""
    actions.note_use(reply=_find(request, pk), actor=Actor.of(request.user))
    return HttpResponse(status=204)


@never_cache
@staff_side
@require_safe
def ticket_replies(request: HttpRequest, code: str) -> HttpResponse:
    """The texts filled in for one ticket: to copy from, or with `?fragment=` to insert into a form of its page."""
    try:
        ticket = find_ticket(people.of(request.user), code)
    except NotVisible as error:
        raise Http404(error.message) from None
    q = request.GET.get("q", "")[:200]
    found = replies_of(people.of(request.user), q)[:OFFERED]
    hours = hours_of(request)
    lines = [{"reply": one, "text": filled(one.body, ticket, hours=hours)} for one in found]
    template = "issues/replies/list.html" if request.GET.get("fragment") else "issues/replies/pick.html"
    return render(request, template, {"ticket": ticket, "q": q, "lines": lines})


def _keep(request: HttpRequest, form: ReplyForm, action: Any) -> int:
    """Do the action with what the form holds; 0 when it is done, else the status of the refusal, said in the form."""
    if not form.is_valid():
        return 422
    values = {name: form.cleaned_data[name] or None for name in form.fields}
    try:
        action(**values)
    except Invalid as error:
        for name, sentences in error.fields.items():
            form.add_error(name if name in form.fields else None, sentences)
        return error.status
    except OperationError as error:
        form.add_error(None, error.message)
        return error.status
    return 0


def _find(request: HttpRequest, pk: int) -> SavedReply:
    """A text that the person may at least use."""
    found = replies_of(people.of(request.user)).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found
