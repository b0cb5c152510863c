from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms import project_list
from cms.languages import language_of
from cms.models.copying import NotCopied
from cms.models.translated import TranslatedTitle
from core import limits
from investment.catalogue import count_search


class ProjectIndexPage(NotCopied, TranslatedTitle, Page):
    """The list of projects with its filters. The pages of the projects lie under it."""

    introduction = models.TextField(_("introduction"), max_length=500, blank=True)
    source_note = models.TextField(
        _("note on the sources"),
        max_length=500,
        blank=True,
        help_text=_("Stands beside the list: where the facts come from and how to ask whether a project is open."),
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("source_note")]

    template = "cms/project_index_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ProjectPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of projects")
        verbose_name_plural = _("lists of projects")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | project_list.context(request.GET, language_of(self), self.get_url(request) or "")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The whole page; the part that filters change when htmx asks for it."""
        if request.GET:
            limits.spend_by_caller(request, "search")
        htmx = getattr(request, "htmx", None)  # absent in previews
        partial = htmx is not None and bool(htmx) and not htmx.history_restore_request
        template = "cms/parts/project_finder.html" if partial else self.template
        context = self.get_context(request, *args, **kwargs) | {"partial": partial}
        if request.method == "GET" and not context["tab_asked"]:  # another tab is the same search
            count_search(context["query"], context["results"])
        response = render(request, template, context)
        if partial:
            response["HX-Push-Url"] = context["address"]  # without the fields that nobody filled in
        patch_vary_headers(response, ["HX-Request"])
        return response
