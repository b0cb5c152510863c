from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from cms.admin.project_operations import OPERATIONS
from cms.admin.project_views import LOG_ACTION
from cms.admin.projects import ProjectViewSet, viewset
from cms.languages import is_borrowed


@hooks.register("register_admin_viewset")
def projects() -> ProjectViewSet:
    return viewset


@hooks.register("before_serve_page")
def only_in_its_own_words(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """A page that shows the words of another language is not published in this one."""
    if is_borrowed(page):
        raise Http404


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """How an operation on a project reads in the history."""

    @actions.register_action(LOG_ACTION)
    class ProjectOperation(LogFormatter):
        label = _("Operation on a project")

        def format_message(self, log_entry: Any) -> str:
            operation = OPERATIONS.get(log_entry.data.get("operation", ""))
            return str(operation.label) if operation else str(self.label)
