"""The page of operators on which every mail that arrived is listed with what became of it, and the mail as it came."""

import logging
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.viewsets.base import ViewSet

from issues.admin.operators import OperatorsMenuItem, for_operators
from issues.models import MailRecord
from issues.queries.incoming_mail import mail_records

logger = logging.getLogger(__name__)

PAGE_SIZE = 50


@require_safe
@for_operators
def record_list(request: HttpRequest) -> HttpResponse:
    """Records by outcome, searched by sender, subject or ticket."""
    outcome, q = request.GET.get("state", ""), request.GET.get("q", "")[:100]
    outcome = outcome if outcome in MailRecord.Outcome.values else ""
    context = {
        "page_title": _("Incoming mail"),
        "header_icon": "mail",
        "page_obj": Paginator(mail_records(outcome=outcome, q=q), PAGE_SIZE).get_page(request.GET.get("p")),
        "q": q,
        "state": outcome,
        "outcomes": MailRecord.Outcome.choices,
    }
    return render(request, "issues/admin/incoming.html", context)


@require_safe
@never_cache
@for_operators
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The mail as it came, to be saved and never shown in the page; who reads it is logged."""
    record = get_object_or_404(MailRecord.objects.exclude(original=""), pk=pk)
    try:
        stream = record.original.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    logger.info("original mail %d read by user %s", record.pk, request.user.pk)
    name = f"{record.ticket.code if record.ticket else 'mail'}-{record.pk}.eml"
    response = FileResponse(stream, as_attachment=True, filename=name, content_type="application/octet-stream")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


class IncomingViewSet(ViewSet):
    """Incoming mail, in the menu."""

    name = "incoming"
    icon = "mail"
    menu_label = gettext_lazy("Incoming mail")
    menu_order = 261
    add_to_admin_menu = True
    menu_item_class = OperatorsMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", record_list, name="mails"),
            path("<int:pk>/original/", original, name="original"),
        ]
