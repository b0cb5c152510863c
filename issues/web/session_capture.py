"""Recording points in a listening session: tax code, one line, Enter, the next."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core import clock, wording
from core.errors import Invalid, OperationError
from core.limits import say_when, spend
from issues import rules
from issues.actions import drafts
from issues.actions.filing_limits import within_limits
from issues.actions.session_points import capture_point
from issues.actor import Actor
from issues.models import ListeningSession, SavedInput
from issues.queries.preview import preview
from issues.web.session_forms import POINT_FIELDS, PointForm
from issues.web.sessions import find_session, page_context
from issues.web.staff import hours_of, staff_side


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_side
def session_capture(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, and below it the recorded points; with `?fragment=` that list alone, for a live refresh."""
    _check(request)
    found = find_session(pk)
    if request.method == "POST":
        return _capture(request, found)
    if request.GET.get("fragment"):
        return render(request, "issues/sessions/points.html", page_context(request, found))
    kept = SavedInput.objects.filter(user=request.user, key=_saved_key(found)).first()  # type: ignore[misc]
    form = PointForm(initial={**(kept.data if kept else {}), **_same_enterprise(request, found)}, session=found)
    return _page(request, found, form)


def _same_enterprise(request: HttpRequest, found: ListeningSession) -> dict[str, str]:
    """For another point of an enterprise that spoke already: its tax code, which stays out of the address."""
    chosen = request.GET.get("again", "")
    if not (chosen.isascii() and chosen.isdecimal()):
        return {}
    enterprise = found.participants.filter(pk=int(chosen[:18])).first()
    return {"tax_code": enterprise.tax_code} if enterprise else {}


@require_POST
@staff_side
def session_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is being typed until it is filed."""
    _check(request)
    data = {name: request.POST.get(name, "") for name in POINT_FIELDS if request.POST.get(name)}
    try:
        drafts.save_input(actor=Actor.of(request.user), key=_saved_key(find_session(pk)), data=data)
    except OperationError as error:
        return JsonResponse({"problem": error.message}, status=error.status)
    saved = wording.local_time(clock.now(), clock=hours_of(request))
    return JsonResponse({"saved": _("Draft saved {time}").format(time=saved)})


@require_POST
@staff_side
def session_hint(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment: which agency the words would go to, and by when."""
    _check(request)
    spend("preview.person", str(request.user.pk))
    title, body, category = (request.POST.get(name, "") for name in ("title", "body", "category"))
    found = preview(title=title, body=body, category=category) if title.strip() else None
    return render(request, "issues/sessions/hint.html", {"preview": found})


def _capture(request: HttpRequest, found: ListeningSession) -> HttpResponse:
    form, actor = PointForm(request.POST, session=found), Actor.of(request.user)
    try:
        if not form.is_valid():
            raise Invalid(_("Please correct the marked fields."))
        with within_limits(actor, assists=True):
            point = capture_point(session=found, actor=actor, idempotency_key=_key(request), **form.point_values())
    except OperationError as error:
        for path, sentences in (error.fields if isinstance(error, Invalid) else {}).items():
            name = path.rpartition(".")[2]
            form.add_error(name if name in form.fields else None, sentences)
        if not form.errors:
            form.add_error(None, error.message)
        return say_when(_page(request, found, form, status=error.status), error)
    drafts.forget_input(actor=actor, key=_saved_key(found))
    messages.success(request, _done(point.ticket.code, point.answered_by))
    return redirect(reverse("issues:session_capture", args=[found.pk]))


def _done(code: str | None, answered_by: str) -> str:
    if answered_by:
        return _("{code} is filed and answered on the spot.").format(code=code)
    return _("{code} is filed.").format(code=code)


def _page(request: HttpRequest, found: ListeningSession, form: PointForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {**page_context(request, found), "form": form, "key": uuid.uuid4()}
    if form.is_bound and _key(request):
        context["key"] = request.POST.get("key", "")
    return render(request, "issues/sessions/capture.html", context, status=status)


def _check(request: HttpRequest) -> None:
    if not rules.works_at_a_counter(request.user):
        raise PermissionDenied


def _saved_key(found: ListeningSession) -> str:
    return f"session:{found.pk}"


def _key(request: HttpRequest) -> str | None:
    """The form's own key: Enter pressed twice files one point."""
    try:
        return f"session:{uuid.UUID(request.POST.get('key', ''))}"
    except ValueError:
        return None
