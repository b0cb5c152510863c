"""Pages of operators in the administration: undelivered mail and events that a consumer gave up."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from accounts import people
from core.errors import OperationError
from issues import rules
from issues.access import TicketFacts, may_read
from issues.actions import outgoing as actions
from issues.actor import Actor
from issues.admin.operators import OperatorsMenuItem, for_operators, ticked
from issues.admin.webhooks import WebhooksViewSet
from issues.mail.compose import compose
from issues.models import ConsumerFailure, Notification
from issues.queries.outgoing import MAIL_STATES, stepped_over, undelivered, undelivered_to_contacts
from issues.web.mail_frame import mail_frame

PAGE_SIZE = 50
_STATE_LABELS: dict[str, str | Promise] = {
    Notification.State.FAILED: gettext_lazy("Given up"),
    Notification.State.SETTLED: gettext_lazy("Settled"),
    Notification.State.WAITING: gettext_lazy("Being tried again"),
}


@require_safe
@for_operators
def mail_list(request: HttpRequest) -> HttpResponse:
    """Mails that could not be delivered, by state, searched by person or ticket."""
    state = request.GET.get("state", "")
    state = state if state in MAIL_STATES else Notification.State.FAILED
    q = request.GET.get("q", "")[:100]
    page = Paginator(undelivered(state=state, q=q), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {
        "page_title": _("Undelivered mail"),
        "header_icon": "mail",
        "page_obj": page,
        "q": q,
        "state": state,
        "states": [(value, _STATE_LABELS[value]) for value in MAIL_STATES],
    }
    return render(request, "issues/admin/mails.html", context)


@require_POST
@for_operators
def mail_act(request: HttpRequest) -> HttpResponse:
    """Send again, or settle, what was ticked."""
    _act(request, actions.resend_mails, actions.settle_mails)
    return redirect("undelivered:mails")


@require_safe
@for_operators
def contact_list(request: HttpRequest) -> HttpResponse:
    """Mails to contact persons without an account that were given up."""
    page = Paginator(undelivered_to_contacts(), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {"page_title": _("Undelivered mail to contact persons"), "header_icon": "mail", "page_obj": page}
    return render(request, "issues/admin/contacts.html", context)


@require_POST
@for_operators
def contact_act(request: HttpRequest) -> HttpResponse:
    """Send again, or settle, what was ticked."""
    _act(request, actions.resend_to_contacts, actions.settle_contacts)
    return redirect("undelivered:contacts")


def _act(request: HttpRequest, resend: Callable[..., int], settle: Callable[..., int]) -> None:
    ids, actor = ticked(request), Actor.of(request.user)
    if not ids:
        messages.warning(request, _("Tick at least one mail first."))
    elif "settle" in request.POST:
        n = settle(actor=actor, ids=ids)
        messages.success(request, ngettext("{n} mail settled.", "{n} mails settled.", n).format(n=n))
    else:
        n = resend(actor=actor, ids=ids)
        messages.success(request, ngettext("{n} mail goes out again.", "{n} mails go out again.", n).format(n=n))


@require_safe
@for_operators
def mail_show(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: its recipient, its error, and its text for people who may read it."""
    row = _mail(pk)
    readable = _may_read(request, row)
    message = compose(row, personal=False)
    context = {
        "page_title": message.subject,
        "header_icon": "mail",
        "row": row,
        "mail": message,
        "readable": readable,
        "text": message.body if readable else "",
    }
    return render(request, "issues/admin/mail.html", context)


@require_safe
@mail_frame
@for_operators
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """Its HTML part, for the frame."""
    row = _mail(pk)
    if not _may_read(request, row):
        raise PermissionDenied
    return HttpResponse(compose(row, personal=False).alternatives[0][0])


def _mail(pk: int) -> Notification:
    subjects = ("event__ticket__lead_agency", "event__ticket__enterprise", "entry__agency")
    rows = Notification.objects.select_related("user", *subjects)
    return get_object_or_404(rows, pk=pk, channel=Notification.Channel.MAIL)


def _may_read(request: HttpRequest, row: Notification) -> bool:
    """Its words are for those who may see what it is about; an administrator needs only the address and the error."""
    if row.event is None:
        return row.entry is not None and rules.may_roster(request.user, "see", row.entry.agency)
    return may_read(people.of(request.user), TicketFacts.of(row.event.ticket), row.event)


@require_safe
@for_operators
def event_list(request: HttpRequest) -> HttpResponse:
    """Events that failed in a consumer."""
    page = Paginator(stepped_over(), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {"page_title": _("Skipped events"), "header_icon": "warning", "page_obj": page}
    return render(request, "issues/admin/events.html", context)


@require_POST
@for_operators
def event_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Handle one event again."""
    failure = get_object_or_404(ConsumerFailure, pk=pk)
    try:
        actions.retry_event(actor=Actor.of(request.user), failure=failure)
    except OperationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The event was handled."))
    return redirect("undelivered:events")


class UndeliveredViewSet(ViewSet):
    """Undelivered mail, in the menu; the events beside it."""

    name = "undelivered"
    icon = "mail"
    menu_label = gettext_lazy("Undelivered mail")
    menu_item_class = OperatorsMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", mail_list, name="mails"),
            path("act/", mail_act, name="act"),
            path("<int:pk>/", mail_show, name="mail"),
            path("<int:pk>/html/", mail_html, name="mail_html"),
            path("contacts/", contact_list, name="contacts"),
            path("contacts/act/", contact_act, name="contacts_act"),
            path("events/", event_list, name="events"),
            path("events/<int:pk>/retry/", event_retry, name="retry"),
        ]


class OutgoingViewSetGroup(ViewSetGroup):
    menu_label = gettext_lazy("Outgoing")
    menu_icon = "mail"
    menu_order = 260
    items = (UndeliveredViewSet, WebhooksViewSet)
