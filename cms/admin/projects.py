"""Projects in the administration: list, search, filters, facts with their steps, operations on the status."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.wagtail_deletion import KeepingDeleteView
from cms.admin.project_filters import ProjectFilterSet
from cms.admin.project_views import URL_NAMESPACE, ProjectEditView, operate
from investment.models import Project


def _row(*names: str) -> FieldRowPanel:
    return FieldRowPanel([FieldPanel(name) for name in names])


class ProjectViewSet(ModelViewSet):
    model = Project
    name = URL_NAMESPACE
    icon = "globe"
    menu_label = _("Projects")
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    edit_view_class = ProjectEditView
    delete_view_class = KeepingDeleteView
    list_per_page = 50
    list_display = [
        "code",
        Column("name", label=_("Name")),
        "sector",
        "province",
        "status",
        "source_year",
        "confirmed_on",
    ]
    list_export = ["code", "name_vi", "name_en", "sector", "province", "status", "source_year", "confirmed_on"]
    filterset_class = ProjectFilterSet
    search_fields = ["code", "name_vi", "name_en", "search_text"]
    search_backend_name = None
    ordering = ["code"]
    panels = [
        HelpPanel(
            content=_("Leave blank what the source does not say. A blank fact is printed as “not published”."),
        ),
        HelpPanel(content=_("Status and confirmation change by the buttons above, not here.")),
        MultiFieldPanel(
            [FieldPanel("code"), FieldPanel("name_vi"), FieldPanel("name_vi_is_official"), FieldPanel("name_en")],
            heading=_("Names"),
        ),
        MultiFieldPanel(
            [
                _row("sector", "sector_as_published"),
                _row("province", "ward"),
                FieldPanel("place"),
                FieldPanel("place_today"),
                _row("latitude", "longitude"),
            ],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("area_ha"),
                _row("capital_vnd_billion", "capital_usd_million"),
                FieldPanel("capital_text"),
                FieldPanel("investment_form"),
                FieldPanel("period"),
            ],
            heading=_("How much"),
        ),
        MultiFieldPanel(
            [FieldPanel("contact_agency"), FieldPanel("contact_as_published"), FieldPanel("issuing_agency")],
            heading=_("Who"),
        ),
        MultiFieldPanel(
            [
                _row("record_type", "source_year"),
                FieldPanel(
                    "source", help_text=_("One per line of the source, as “title — address | title — address”.")
                ),
                FieldPanel("legal_basis"),
                FieldPanel("note"),
            ],
            heading=_("Where the facts come from"),
        ),
        InlinePanel(
            "steps",
            heading=_("Steps"),
            panels=[
                _row("order", "kind", "state"),
                _row("name_vi", "name_en"),
                _row("agency", "limit_working_days", "done_percent"),
                _row("started_on", "finished_on"),
                FieldPanel("legal_basis"),
            ],
        ),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("operate/<int:pk>/<slug:name>/", operate, name="operate")]


viewset = ProjectViewSet()
