"""Calendars and time limits in Wagtail, the only administration."""

from typing import Any

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from issues.admin.calendar_form import WEEKDAYS, CalendarDayForm, CalendarForm
from issues.admin.calendar_views import (
    CalendarDeleteView,
    CalendarEditView,
    CalendarIndexView,
    CalendarInspectView,
    CalendarProgressView,
    CalendarYearView,
    ProgressColumn,
    WhoseColumn,
    YearColumn,
    edit_url,
)
from issues.admin.target_form import TargetForm
from issues.admin.target_views import (
    LimitColumn,
    ScopeColumn,
    TargetCreateView,
    TargetDeleteView,
    TargetEditView,
    WinsColumn,
)
from issues.models import Calendar, TargetSetting


class DaysPanel(InlinePanel):
    """Corrected days with a form of their own."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = CalendarDayForm
        return dict(options)


class CalendarViewSet(ModelViewSet):
    model = Calendar
    icon = "calendar"
    menu_label = _("Calendars")
    index_view_class = CalendarIndexView
    edit_view_class = CalendarEditView
    delete_view_class = CalendarDeleteView
    inspect_view_class = CalendarInspectView
    list_display = [
        TitleColumn("name", label=_("Calendar"), get_url=edit_url),
        YearColumn("year", label=_("The year")),
        WhoseColumn("whose", label=_("Where it applies")),
        ProgressColumn("progress", label=_("Open clocks")),
    ]
    inspect_view_fields = ["code", "weekly", "timezone", "holidays_country", "is_default", "agencies"]
    search_fields = ["name_vi", "name_en", "code"]
    inspect_view_enabled = True
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("name_vi"), FieldPanel("name_en")]), FieldPanel("code")],
                heading=_("Calendar"),
            ),
            MultiFieldPanel(
                [FieldPanel(day) for day in WEEKDAYS],
                heading=_("Weekly hours"),
                help_text=_("Like this: 08:00–12:00, 13:30–17:30. An empty line is a closed day."),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("timezone"),
                    FieldPanel("holidays_country"),
                    FieldPanel("is_default"),
                    FieldPanel("agencies"),
                ],
                heading=_("Where it applies"),
            ),
            DaysPanel(
                "days",
                [
                    FieldRowPanel([FieldPanel("date"), FieldPanel("kind"), FieldPanel("periods")]),
                    FieldRowPanel([FieldPanel("note_vi"), FieldPanel("note_en")]),
                    FieldPanel("source"),
                ],
                heading=_("Corrected days"),
                label=_("Day"),
                help_text=_(
                    "A day here overrides the weekly hours and the public holidays. Open tickets are recalculated."
                ),
            ),
        ],
        base_form_class=CalendarForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        kwargs = self.get_inspect_view_kwargs()
        year = self.construct_view(CalendarYearView, **{**kwargs, "template_name": CalendarYearView.template_name})
        progress = self.construct_view(
            CalendarProgressView, **{**kwargs, "template_name": CalendarProgressView.template_name}
        )
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/year/<int:year>/", year, name="year"),
            path("<int:pk>/progress/", progress, name="progress"),
        ]


class TargetViewSet(ModelViewSet):
    model = TargetSetting
    icon = "time"
    menu_label = _("Time limits")
    add_view_class = TargetCreateView
    edit_view_class = TargetEditView
    delete_view_class = TargetDeleteView
    copy_view_enabled = False
    list_filter = ["clock", "kind"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("clock"), FieldPanel("kind"), FieldPanel("category")], heading=_("Applies to")),
            MultiFieldPanel(
                [
                    FieldPanel("target_type"),
                    FieldRowPanel([FieldPanel("hours"), FieldPanel("minutes")]),
                    FieldPanel("days"),
                ],
                heading=_("Time limit"),
            ),
        ],
        base_form_class=TargetForm,
    )

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            ScopeColumn("scope", label=_("Applies to"), get_url=self._edit_url),
            LimitColumn("limit", label=_("Time limit")),
            WinsColumn("wins", label=_("Limits that take precedence")),
        ]

    def _edit_url(self, setting: TargetSetting) -> str:
        return reverse(self.get_url_name("edit"), args=(setting.pk,))
