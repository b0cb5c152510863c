"""Listening sessions: the list for everybody, the page of each, and planning them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import people
from core import clock
from core.errors import Invalid, OperationError
from issues import rules
from issues.actions import sessions as actions
from issues.actor import Actor
from issues.live.feed import newest_id
from issues.models import ListeningSession
from issues.queries.sessions import may_read_points, numbers_of, point_rows, sessions
from issues.web.session_forms import SessionForm
from issues.web.staff import staff_side

PAGE_SIZE = 20
_WORDS = ("title_vi", "title_en", "place", "host", "starts_at", "ends_at", "minutes", "summary_vi", "summary_en")


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """What is planned and what was held, for everybody."""
    person = people.of(request.user)
    page = Paginator(sessions(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "base_template": _base(request),
        "may_plan": person.is_coordinator,
        "may_capture": rules.works_at_a_counter(request.user),
    }
    return render(request, "issues/sessions/list.html", context)


@never_cache
@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: who reads the words of its points sees all; everybody else what is public, once it is closed."""
    found = find_session(pk)
    return render(request, "issues/sessions/page.html", page_context(request, found))


def page_context(request: HttpRequest, found: ListeningSession) -> dict[str, Any]:
    """What the page and the live list of points show."""
    person, after = people.of(request.user), newest_id()
    reads_all = may_read_points(person, found)
    rows = point_rows(found, person, clock.now()) if reads_all or found.is_closed else []
    return {
        "session": found,
        "base_template": _base(request),
        "reads_all": reads_all,
        "rows": rows,
        "numbers": numbers_of(rows),
        "may_plan": person.is_coordinator,
        "may_capture": rules.works_at_a_counter(request.user),
        "live_after": after,
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_side
def session_new(request: HttpRequest) -> HttpResponse:
    """Plan a session."""
    return _edit(request, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_side
def session_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the description of a session, and write its minutes."""
    return _edit(request, find_session(pk))


@require_POST
@staff_side
def session_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Start, close or reopen it."""
    done = {
        "start": _("The session has started. You can record points now."),
        "close": _("The session is closed. Everyone can now follow the progress of its points."),
        "reopen": _("The session is open again."),
    }
    if step not in done:
        raise Http404
    found = find_session(pk)
    try:
        actions.move_session(actor=Actor.of(request.user), session=found, step=step)
    except OperationError as error:
        if error.status == 403:
            raise PermissionDenied from error
        messages.error(request, error.message)
    else:
        messages.success(request, done[step])
    return redirect("issues:session_capture" if step == "start" else "issues:session", pk)


def find_session(pk: int) -> ListeningSession:
    """The session with its agencies, or the page that there is none."""
    return get_object_or_404(ListeningSession.objects.prefetch_related("agencies"), pk=pk)


def _edit(request: HttpRequest, found: ListeningSession | None) -> HttpResponse:
    if not people.of(request.user).is_coordinator:
        raise PermissionDenied
    if request.method != "POST":
        return _form_page(request, SessionForm(initial=_initial(found)), found)
    form = SessionForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid(_("Please correct the marked fields."))
        kept = actions.save_session(actor=Actor.of(request.user), session=found, **form.cleaned_data)
    except OperationError as error:
        for name, sentences in (error.fields if isinstance(error, Invalid) else {}).items():
            form.add_error(name if name in form.fields else None, sentences)
        if not form.errors:
            form.add_error(None, error.message)
        return _form_page(request, form, found, status=error.status)
    messages.success(request, _("Saved."))
    return redirect("issues:session", kept.pk)


def _form_page(
    request: HttpRequest, form: SessionForm, found: ListeningSession | None, *, status: int = 200
) -> HttpResponse:
    return render(request, "issues/sessions/edit.html", {"form": form, "session": found}, status=status)


def _initial(found: ListeningSession | None) -> dict[str, Any]:
    if found is None:
        return {}
    values = {name: getattr(found, name) for name in _WORDS}
    for name in ("starts_at", "ends_at"):
        values[name] = timezone.localtime(values[name])
    return {**values, "agencies": [agency.code for agency in found.agencies.all()]}


def _base(request: HttpRequest) -> str:
    return "base_officer.html" if people.of(request.user).is_staff_side else "base.html"
