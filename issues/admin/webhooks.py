"""Webhooks in the administration: what each receives, the last messages, and what to do with those that failed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.viewsets.base import ViewSet

from accounts.models import Agency
from core.errors import NotAllowed, OperationError
from core.forms import CleanCharField
from issues.actions import webhooks as actions
from issues.actor import Actor
from issues.admin.operators import OperatorsMenuItem, for_operators, ticked
from issues.events.types import EVENT_TYPES
from issues.models import WebhookDelivery, WebhookEndpoint

PAGE_SIZE = 50
State = WebhookDelivery.State


class EndpointForm(forms.Form):
    """What an administrator decides. Whether it may be is checked by the action."""

    name = CleanCharField(label=gettext_lazy("Name"), help_text=gettext_lazy("Which system it is."), max_length=80)
    url = CleanCharField(
        label=gettext_lazy("Address"), help_text=gettext_lazy("Beginning with https://."), max_length=500
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("What it receives"),
        choices=WebhookEndpoint.Audience.choices,
        widget=forms.RadioSelect,
        initial=WebhookEndpoint.Audience.PUBLIC,
    )
    agency = forms.ModelChoiceField(
        label=gettext_lazy("Only tickets of this agency"),
        queryset=Agency.objects.order_by("name_vi"),
        required=False,
        empty_label=gettext_lazy("All agencies"),
    )
    event_types = forms.MultipleChoiceField(
        label=gettext_lazy("Types of events"),
        help_text=gettext_lazy("If you select none, it receives all of them."),
        choices=[(name, name) for name in sorted(EVENT_TYPES)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    active = forms.BooleanField(label=gettext_lazy("Active"), required=False, initial=True)


@require_safe
@for_operators
def endpoint_list(request: HttpRequest) -> HttpResponse:
    """Every endpoint with how it is doing."""
    waiting = Count("deliveries", filter=Q(deliveries__state=State.WAITING))
    failed = Count("deliveries", filter=Q(deliveries__state=State.FAILED))
    context = {
        "page_title": _("Webhooks"),
        "header_icon": "link-external",
        "endpoints": WebhookEndpoint.objects.select_related("agency").annotate(waiting=waiting, failed=failed),
        "overlap": actions.OVERLAP,
        "may_configure": actions.may_configure(Actor.of(request.user)),
    }
    return render(request, "issues/admin/webhooks.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_operators
def endpoint_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make or change one. The secret of a new one is shown in the answer: a redirect would have to keep it."""
    if not actions.may_configure(Actor.of(request.user)):
        raise PermissionDenied
    endpoint = get_object_or_404(WebhookEndpoint, pk=pk) if pk is not None else None
    form = EndpointForm(request.POST or None, initial=_values(endpoint))
    if request.method == "POST" and form.is_valid():
        try:
            saved, secret = actions.save_endpoint(actor=Actor.of(request.user), endpoint=endpoint, **form.cleaned_data)
        except OperationError as error:
            _carry_errors(form, error)
        else:
            messages.success(request, _("The webhook is saved."))
            return _page(request, saved, secret=secret) if secret else redirect("webhooks:endpoint", saved.pk)
    title = _("Change the webhook") if endpoint else _("New webhook")
    context = {"page_title": title, "header_icon": "link-external", "form": form, "endpoint": endpoint}
    return render(request, "issues/admin/webhook_form.html", context, status=422 if form.errors else 200)


def _values(endpoint: WebhookEndpoint | None) -> dict[str, Any]:
    names = ("name", "url", "audience", "agency", "event_types", "active")
    return {name: getattr(endpoint, name) for name in names} if endpoint else {}


def _carry_errors(form: forms.Form, error: OperationError) -> None:
    for name, sentences in getattr(error, "fields", {}).items():
        form.add_error(name, sentences)
    if not getattr(error, "fields", {}):
        form.add_error(None, error.message)


@never_cache
@require_safe
@for_operators
def endpoint_show(request: HttpRequest, pk: int) -> HttpResponse:
    """One endpoint and its last messages."""
    return _page(request, get_object_or_404(WebhookEndpoint.objects.select_related("agency"), pk=pk))


def _page(request: HttpRequest, endpoint: WebhookEndpoint, *, secret: str = "") -> HttpResponse:
    state = request.GET.get("state", "")
    rows = endpoint.deliveries.select_related("event__ticket").order_by("-id")
    if state in State.values:
        rows = rows.filter(state=state)
    context = {
        "page_title": endpoint.name,
        "header_icon": "link-external",
        "endpoint": endpoint,
        "secret": secret,
        "page_obj": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("p")),
        "state": state if state in State.values else "",
        "states": State.choices,
        "overlap": actions.OVERLAP,
        "may_configure": actions.may_configure(Actor.of(request.user)),
    }
    return render(request, "issues/admin/webhook.html", context)


@never_cache
@require_POST
@for_operators
def endpoint_act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ping, switch on, rotate the secret, delete, or send messages again."""
    endpoint, actor = get_object_or_404(WebhookEndpoint, pk=pk), Actor.of(request.user)
    try:
        if name == "rotate":
            return _page(request, endpoint, secret=actions.rotate_secret(actor=actor, endpoint=endpoint))
        messages.success(request, _DONE[name](request, actor, endpoint))
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except OperationError as error:
        messages.error(request, error.message)
    return redirect("webhooks:endpoints") if name == "delete" else redirect("webhooks:endpoint", pk)


def _ping(request: HttpRequest, actor: Actor, endpoint: WebhookEndpoint) -> str:
    actions.ping(actor=actor, endpoint=endpoint)
    return _("A test message is on its way. Reload the page to see the result.")


def _switch_on(request: HttpRequest, actor: Actor, endpoint: WebhookEndpoint) -> str:
    actions.switch_on(actor=actor, endpoint=endpoint)
    return _("The webhook is switched on again. Messages that were waiting are sent now.")


def _delete(request: HttpRequest, actor: Actor, endpoint: WebhookEndpoint) -> str:
    actions.delete_endpoint(actor=actor, endpoint=endpoint)
    return _("The webhook is deleted.")


def _resend(request: HttpRequest, actor: Actor, endpoint: WebhookEndpoint) -> str:
    n = actions.resend_messages(actor=actor, ids=ticked(request))
    return ngettext("{n} message goes out again.", "{n} messages go out again.", n).format(n=n)


_DONE = {"ping": _ping, "switch-on": _switch_on, "delete": _delete, "resend": _resend}


class WebhooksViewSet(ViewSet):
    """Webhooks, in the menu beside undelivered mail."""

    name = "webhooks"
    icon = "link-external"
    menu_label = gettext_lazy("Webhooks")
    menu_item_class = OperatorsMenuItem

    def get_urlpatterns(self) -> list[Any]:
        acts = [path(f"<int:pk>/{name}/", endpoint_act, {"name": name}, name=name) for name in ("rotate", *_DONE)]
        return [
            path("", endpoint_list, name="endpoints"),
            path("new/", endpoint_edit, name="new"),
            path("<int:pk>/", endpoint_show, name="endpoint"),
            path("<int:pk>/edit/", endpoint_edit, name="edit"),
            *acts,
        ]
