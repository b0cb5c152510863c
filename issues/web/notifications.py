"""A person's notifications, and which of them are new."""

from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import people
from accounts.models import User
from issues.actions import reading
from issues.actor import Actor
from issues.mail.scene import background_of
from issues.mail.subject import Subject, subject_of
from issues.models import Notification
from issues.notifications import inbox

PAGE_SIZE = 25


SHOWN = ("unread", "mentions")


@dataclass(frozen=True)
class Line:
    """One notification in the words of its mail."""

    row: Notification
    subject: Subject


@dataclass
class Group:
    """The notifications about one ticket (or roster), newest first."""

    subject: Subject  # of its newest line: code, title and place
    lines: list[Line] = field(default_factory=list)

    @property
    def unread(self) -> list[int]:
        return [line.row.pk for line in self.lines if line.row.read_at is None]


@require_safe
@login_required
def notifications(request: HttpRequest) -> HttpResponse:
    """The list, newest first, by what it is about."""
    person = people.of(request.user)
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    page = Paginator(
        inbox.notifications(person, mentions=show == "mentions", unread=show == "unread"), PAGE_SIZE
    ).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    for row in rows:
        row.user = cast(User, request.user)  # the same person; the roles read once are kept on it
    background = background_of(rows)
    lines = [Line(row, subject_of(row, background)) for row in rows]
    context = {
        "page_obj": page,
        "show": show,
        "tabs": _tabs(show, mentions=person.is_staff_side),
        "groups": _groups(lines),
        "newest": max((line.row.pk for line in lines), default=0),
        "has_unread": any(line.row.read_at is None for line in lines),
    }
    return render(request, "issues/notifications/page.html", context)


@never_cache
@require_safe
@login_required
def unread_count(request: HttpRequest) -> HttpResponse:
    """The unread count of the masthead alone, for pages that refresh it."""
    return render(request, "components/unread_count.html")


def _tabs(show: str, *, mentions: bool) -> list[dict[str, Any]]:
    """All, unread, and mentions for people who can be mentioned."""
    address = reverse("issues:notifications")
    tabs = [("", _("Everything")), ("unread", pgettext("notifications", "Unread"))]
    tabs += [("mentions", _("Mentions of me"))] if mentions else []
    return [
        {"label": label, "url": f"{address}?show={name}" if name else address, "is_current": name == show}
        for name, label in tabs
    ]


def _groups(lines: list[Line]) -> list[Group]:
    groups: dict[str, Group] = {}
    for line in lines:
        groups.setdefault(line.subject.thread, Group(line.subject)).lines.append(line)
    return list(groups.values())


@require_POST
@login_required
def mark_read(request: HttpRequest) -> HttpResponse:
    """Single ones, those of one ticket, or everything that the page showed; then back to the same list."""
    actor, newest = Actor.of(request.user), request.POST.get("newest", "")
    if _is_id(newest):
        reading.mark_read(actor=actor, up_to=int(newest))
    else:
        reading.mark_read(actor=actor, ids=[int(pk) for pk in request.POST.getlist("id") if _is_id(pk)])
    if request.POST.get("quiet"):
        return HttpResponse(status=204)
    show = request.POST.get("show", "")
    return redirect(reverse("issues:notifications") + (f"?show={show}" if show in SHOWN else ""))


def _is_id(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < 19
