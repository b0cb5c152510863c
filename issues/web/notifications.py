"""What somebody was told, and what of it is new."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import people
from accounts.models import User
from core import clock
from issues.mail.scene import names_of_agencies
from issues.mail.subject import Subject, subject_of
from issues.models import Notification
from issues.queries.notifications import notifications as told

PAGE_SIZE = 25


@dataclass(frozen=True)
class Line:
    """One notification in the words of its mail."""

    row: Notification
    told: Subject


@require_safe
@login_required
def notifications(request: HttpRequest) -> HttpResponse:
    """The list, newest first."""
    person = people.of(request.user)
    mentions = request.GET.get("show") == "mentions"
    page = Paginator(told(person, mentions=mentions), PAGE_SIZE).get_page(request.GET.get("page"))
    names = names_of_agencies(row.event for row in page.object_list if row.event)
    return render(
        request,
        "issues/notifications/page.html",
        {
            "page_obj": page,
            "tabs": _tabs(mentions) if person.is_staff_side else [],
            "lines": [_line(row, request, names) for row in page.object_list],
        },
    )


def _tabs(mentions: bool) -> list[dict[str, Any]]:
    """For whoever may be mentioned: everything, or that alone."""
    address = reverse("issues:notifications")
    return [
        {"label": _("Everything"), "url": address, "is_current": not mentions},
        {"label": _("Mentions of me"), "url": f"{address}?show=mentions", "is_current": mentions},
    ]


def _line(row: Notification, request: HttpRequest, names: dict[str, str]) -> Line:
    row.user = cast(User, request.user)  # the same person; the roles read once are kept on it
    return Line(row, subject_of(row, names))


@require_POST
@login_required
def mark_read(request: HttpRequest) -> HttpResponse:
    """Everything that is there now is read; what arrives meanwhile stays new."""
    newest = request.POST.get("newest", "")
    unread = Notification.objects.filter(
        user=cast(User, request.user), channel=Notification.Channel.APP, read_at__isnull=True
    )
    if newest.isdecimal() and newest.isascii():
        unread.filter(pk__lte=int(newest[:18])).update(read_at=clock.now())
    return redirect("issues:notifications")
