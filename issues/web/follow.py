"""Following a proposal without an account: by its code and the tax code, or by the code of the receipt.

The codes are kept in the session for half a day and compared again each time, so the page can be reloaded and
its address holds no secret.
"""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core import clock, limits
from core.errors import Invalid, NotAllowed, OperationError
from core.forms import CleanCharField
from issues.actions import enterprise
from issues.actor import Actor
from issues.clocks.clock_view import clock_view
from issues.models import TicketStatus
from issues.queries.follow import Followed, find_followed, steps_of
from issues.sentences.next_step import next_step
from issues.web.staff import hours_of

KEPT_SECONDS = 12 * 3600
_SESSION = "followed"
_MOST_KEPT = 10


class FollowForm(forms.Form):
    """The code, and one of the two that belong to it."""

    use_required_attribute = False

    code = CleanCharField(
        label=gettext_lazy("Code of the proposal"),
        help_text=gettext_lazy("For example KN-2026-0034. It is on the receipt and in every e-mail."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    follow_up_code = CleanCharField(
        label=gettext_lazy("Follow-up code"),
        help_text=gettext_lazy("Twelve letters and digits on the receipt. With it you can read the answer here."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    tax_code = CleanCharField(
        label=gettext_lazy("Tax code of the enterprise"),
        help_text=gettext_lazy(
            "Use it if you do not have the receipt. It shows where the proposal is and when it is due."
        ),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("tax_code") and not data.get("follow_up_code"):
            self.add_error("follow_up_code", _("Enter the follow-up code, or the tax code below."))
        return data


class AnswerForm(forms.Form):
    """The answer to the agency's question."""

    use_required_attribute = False

    text = CleanCharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("The clock continues as soon as you send it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the codes; a right pair leads to the proposal."""
    if request.method != "POST":
        return _form_page(request, FollowForm(initial={"code": request.GET.get("code", "")[:20]}))
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    given = {name: str(form.cleaned_data[name]) for name in ("tax_code", "follow_up_code")}
    return _try(request, form, form.cleaned_data["code"], given)


@never_cache
@require_safe
def follow_key(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The address of the QR code: keeps the code in the session and goes to the page without it."""
    form = FollowForm({"code": code, "follow_up_code": key})
    form.is_valid()
    return _try(request, form, code, {"follow_up_code": key})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def followed(request: HttpRequest, code: str) -> HttpResponse:
    """The proposal for people who have entered its codes; everybody else is asked for them.

    With the code of the receipt its question can be answered here, and its answer confirmed.
    """
    found = _kept(request, code)
    if found is None:
        return redirect(f"{reverse('issues:follow')}?{urlencode({'code': code[:20]})}")
    if request.method != "POST":
        return _ticket_page(request, found, AnswerForm())
    form, done = AnswerForm(request.POST), ""
    try:
        done = _act(found, request.POST.get("do", ""), form)
    except OperationError as error:
        sentences = error.fields.get("text", []) if isinstance(error, Invalid) else []
        form.add_error("text" if sentences else None, sentences or error.message)
        return _ticket_page(request, found, form, status=error.status)
    messages.success(request, done)
    return redirect("issues:followed", found.ticket.code)


def _act(found: Followed, do: str, form: "AnswerForm") -> str:
    """What the holder of the receipt asks for; the sentence that says it is done."""
    actor = Actor.with_receipt(found.ticket)
    if found.by_receipt and do == "provide_info":
        form.is_valid()
        enterprise.provide_info(ticket=found.ticket, actor=actor, text=form.cleaned_data.get("text", ""))
        return _("Sent. The clock is running again.")
    if found.by_receipt and do == "confirm":
        enterprise.confirm(ticket=found.ticket, actor=actor)
        return _("Confirmed. Thank you.")
    raise NotAllowed(_("You need the follow-up code on the receipt for this."))


def _ticket_page(request: HttpRequest, found: Followed, form: "AnswerForm", *, status: int = 200) -> HttpResponse:
    now, hours = clock.now(), hours_of(request)
    ticket, steps = found.ticket, steps_of(found, hours=hours)
    context = {
        "form": form,
        "confirm_fields": {"do": "confirm"},
        "question": next((step.quote for step in steps if step.type == "ticket.info_requested"), ""),
        "ticket": ticket,
        "by_receipt": found.by_receipt,
        "now": now,
        "clock": clock_view(ticket, now),
        # Whose opinion is asked is not public.
        "next_step": next_step(ticket, now=now, hours=hours) if found.by_receipt else "",
        "steps": steps,
        "is_answered": ticket.status in (TicketStatus.RESOLVED, TicketStatus.CLOSED),
        "has_account": found.by_receipt and ticket.enterprise is not None and ticket.enterprise.memberships.exists(),
    }
    template = "issues/follow/content.html" if request.GET.get("fragment") else "issues/follow/ticket.html"
    return _private(render(request, template, context, status=status))


def _try(request: HttpRequest, form: FollowForm, code: str, given: dict[str, str]) -> HttpResponse:
    """Look for the pair, within the limits. Whatever is wrong is said in the same words."""
    # Only wrong tax codes count for the ticket: they can be tried by anybody, a receipt's code cannot be found by
    # trying. So nobody who holds a receipt is locked out by somebody who guesses.
    address, ticket_key = limits.caller_key(request), code.strip().upper()
    per_address, per_ticket = limits.limit("follow.address"), limits.limit("follow.ticket")
    by_receipt = bool(given.get("follow_up_code"))
    wait = per_address.wait(address) or (0 if by_receipt else per_ticket.wait(ticket_key))
    if wait:
        return _too_many(request, form, wait)
    per_address.count(address)
    found = find_followed(code, **given)
    if found is None:
        if not by_receipt:
            per_ticket.count(ticket_key)
        form.add_error(
            None,
            _("No proposal matches these codes. Check them against the receipt or the e-mail, letter by letter."),
        )
        return _form_page(request, form, status=404)
    _keep(request, found, given)
    return redirect("issues:followed", found.ticket.code)


def _too_many(request: HttpRequest, form: FollowForm, wait: int) -> HttpResponse:
    text = _("Too many attempts. Wait {time}, then try again, or use the follow-up code instead of the tax code.")
    refusal = limits.too_many(wait, text)
    form.add_error(None, refusal.message)
    return limits.say_when(_form_page(request, form, status=refusal.status), refusal)


def _form_page(request: HttpRequest, form: FollowForm, *, status: int = 200) -> HttpResponse:
    return _private(render(request, "issues/follow/form.html", {"form": form}, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """No search engine keeps it. (Other sites never learn an address of ours: SECURE_REFERRER_POLICY.)"""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _keep(request: HttpRequest, found: Followed, given: dict[str, str]) -> None:
    kept = dict(request.session.get(_SESSION, {}))
    kept.pop(found.ticket.code, None)
    kept[found.ticket.code] = {**given, "until": clock.now().timestamp() + KEPT_SECONDS}
    request.session[_SESSION] = dict(list(kept.items())[-_MOST_KEPT:])


def _kept(request: HttpRequest, code: str) -> Followed | None:
    """What the session may still open. Compared again: a code that was changed opens nothing."""
    given = dict(request.session.get(_SESSION, {}).get(code, {}))
    if not given or given.pop("until", 0) < clock.now().timestamp():
        return None
    return find_followed(code, **given)
