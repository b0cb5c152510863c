from typing import Any

from django.http import Http404, HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms import translations
from cms.admin import translations as translation_views
from cms.admin.project_operations import OPERATIONS
from cms.admin.project_views import LOG_ACTION
from cms.admin.projects import ProjectViewSet, viewset
from cms.languages import is_borrowed


@hooks.register("register_admin_viewset")
def projects() -> ProjectViewSet:
    return viewset


@hooks.register("register_admin_urls")
def translation_urls() -> list[Any]:
    return [path("translations/", include((translation_views.urlpatterns, translation_views.NAMESPACE)))]


@hooks.register("register_reports_menu_item")
def translations_item() -> MenuItem:
    return MenuItem(
        _("Translations"),
        reverse(f"{translation_views.NAMESPACE}:report"),
        name="page-translations",
        icon_name="wagtail-localize-language",
        order=900,
    )


@hooks.register("construct_reports_menu")
def one_report_of_translations(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Ours names every translated page; that of wagtail-localize only those that are kept string by string."""
    menu_items[:] = [item for item in menu_items if item.url != reverse("wagtail_localize:translations_report")]


@hooks.register("before_edit_page", order=-1)  # before wagtail-localize, which answers with an editor of its own
def notice_of_changed_source(request: HttpRequest, page: Page) -> None:
    translation_views.notice_in_editor(request, page)


@hooks.register("construct_explorer_page_queryset")
def changed_sources(parent_page: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    return translations.mark_changed(pages)


@hooks.register("construct_page_action_menu")
def nothing_that_loses_words(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """An alias shows the other language's words; and what was written whole has no strings to go on from."""
    lost = {"localize-convert-to-alias"}
    page = context.get("page")
    if page is not None and not translations.has_strings(page):
        lost.add("localize-restart-translation")
    menu_items[:] = [item for item in menu_items if item.name not in lost]


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
