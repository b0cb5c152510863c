"""Views of projects in the administration beyond what Wagtail makes by itself."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views.generic import EditView
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from cms.admin.project_operations import OPERATIONS, offered
from core.errors import NotAllowed, OperationError
from investment.models import Project

URL_NAMESPACE = "projects"
LOG_ACTION = "trong_ngay.project"


class ProjectEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button | MenuItem]:
        buttons = [
            Button(
                str(operation.label),
                url=reverse(f"{URL_NAMESPACE}:operate", args=(self.object.pk, operation.name)),
                icon_name=operation.icon,
                priority=number,
            )
            for number, operation in enumerate(offered(self.request.user, self.object), start=1)
        ]
        return [*buttons, *super().header_more_buttons]


def operate(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask whether to do an operation; do it on POST. What is refused is said in a message."""
    operation = OPERATIONS.get(name)
    project = get_object_or_404(Project, pk=pk)
    if operation is None:
        raise Http404
    if not operation.permitted(request.user, project):
        raise PermissionDenied
    back = reverse(f"{URL_NAMESPACE}:edit", args=(pk,))
    if request.method == "POST":
        _run(request, project, name)
        return redirect(back)
    context: dict[str, Any] = {
        "project": project,
        "operation": operation,
        "back": back,
        "page_title": operation.label,
        "header_icon": operation.icon,
    }
    return render(request, "cms/admin/operate.html", context)


def _run(request: HttpRequest, project: Project, name: str) -> None:
    operation = OPERATIONS[name]
    try:
        changed = operation.run(actor=request.user, project=project)
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except OperationError as error:
        messages.error(request, error.message)
        return
    log(
        instance=changed,
        action=LOG_ACTION,
        user=request.user,
        data={"operation": name, "status": changed.status, "confirmed_on": str(changed.confirmed_on)},
    )
    messages.success(request, _("“%(project)s”: done.") % {"project": changed})
