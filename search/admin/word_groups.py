"""Groups of words in the administration: list, form with what the words find now, history with its differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from core.text import beginning, fold
from search.admin.finds import finds
from search.models import WordGroup
from search.words.lines import MOST_CHARACTERS

TRY = "action-try"


class WordGroupIndexView(IndexView):
    """Finds groups by any of their words, with or without marks."""

    def search_queryset(self, queryset: QuerySet[WordGroup]) -> QuerySet[WordGroup]:
        if not self.is_searching:
            return queryset
        sought = fold(beginning(self.search_query, 100)).strip()
        found = [
            group.pk for group in queryset if sought in fold("\n".join((group.forms, group.also_typed, group.note)))
        ]
        return queryset.filter(pk__in=found)


class _ShowsFinds:
    """A form with a second button: see what the words find, save nothing, keep what was typed."""

    request: HttpRequest
    form: Any
    autosave_enabled: bool
    # Of the view that it is mixed into.
    get_form: Callable[[], Any]
    is_valid: Callable[[Any], bool]
    form_invalid: Callable[[Any], HttpResponse]
    render_to_response: Callable[[dict[str, Any]], HttpResponse]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if TRY not in request.POST:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        self.form = self.get_form()
        if not self.is_valid(self.form):
            return self.form_invalid(self.form)
        return self.render_to_response(self.get_context_data(form=self.form, tried=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # A group works once it is saved: half a word must not be saved by itself.
        self.autosave_enabled = False
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        group = context["form"].instance
        good = context.get("tried") or not context["form"].is_bound
        lines = (*group.form_lines, *group.typed_lines) if good else ()
        return {
            **context,
            "finds": finds(lines, get_language() or "vi") if lines else None,
            "next": get_valid_next_url_from_request(self.request),
        }


class WordGroupCreateView(_ShowsFinds, CreateView):
    """A new group, empty or with a word that people searched for (`?typed=`); `next` leads back to where it was."""

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()
        typed = " ".join(beginning(self.request.GET.get("typed", ""), MOST_CHARACTERS).split())
        return initial | ({"also_typed": typed} if typed else {})

    def get_success_url(self) -> str:
        return get_valid_next_url_from_request(self.request) or str(super().get_success_url())


class WordGroupEditView(_ShowsFinds, EditView):
    """A saved group, with what its words find."""


class WordGroupViewSet(SnippetViewSet):
    model = WordGroup
    icon = "tag"
    menu_label = _("Words that mean the same")
    admin_url_namespace = "word_groups"
    base_url_path = "word-groups"
    index_view_class = WordGroupIndexView
    add_view_class = WordGroupCreateView
    edit_view_class = WordGroupEditView
    create_template_name = "search/admin/word_group_create.html"
    edit_template_name = "search/admin/word_group_edit.html"
    copy_view_enabled = False
    list_display = [
        "shown_forms",
        "shown_typed",
        BooleanColumn("active", label=_("Active"), sort_key="active"),
        DateColumn("updated_at", label=_("Last changed"), sort_key="updated_at"),
    ]
    list_filter = ["active"]
    list_per_page = 100
    ordering = ["-updated_at", "pk"]
    search_backend_name = None
    search_fields = ["forms", "also_typed", "note"]
    list_export = ["forms", "also_typed", "note", "active"]
    panels = [
        MultiFieldPanel([FieldPanel("forms"), FieldPanel("also_typed")], heading=_("Words and phrases")),
        FieldPanel("note"),
        FieldPanel("active"),
    ]
