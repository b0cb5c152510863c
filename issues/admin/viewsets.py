"""Settings of the task force in Wagtail, the only administration: calendars, time limits, routing, duty."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from issues.admin.calendar_viewsets import CalendarViewSet, TargetViewSet
from issues.admin.rule_form import RuleForm
from issues.admin.rule_views import RuleCreateView, RuleEditView, RuleIndexView, RulePageView, restore, try_saved
from issues.admin.vote_views import leave_out, lessons
from issues.models import Absence, CategoryTerm, Duty, RoutingRule


class RoutingRuleViewSet(ModelViewSet):
    """Rules are edited and switched off, never deleted: what they decided must stay explicable."""

    model = RoutingRule
    icon = "list-ol"
    menu_label = _("Routing rules")
    list_display = ["number", "name"]
    list_filter = ["active", "lead"]
    search_fields = ["name_vi", "name_en", "number"]
    ordering = ["priority", "number"]
    list_per_page = 100
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = RuleIndexView
    index_template_name = "issues/admin/rule_list.html"
    inspect_view_class = RulePageView
    inspect_template_name = "issues/admin/rule_page.html"
    add_view_class = RuleCreateView
    edit_view_class = RuleEditView
    create_template_name = edit_template_name = "issues/admin/rule_form.html"
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name_vi"),
                    FieldPanel("name_en"),
                    FieldRowPanel([FieldPanel("number"), FieldPanel("priority"), FieldPanel("active")]),
                    FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                ],
                heading=_("Rule"),
                help_text=_("The smallest priority number decides first."),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("categories"),
                    FieldPanel("words_any"),
                    FieldPanel("words_all"),
                    FieldPanel("wards"),
                    FieldPanel("kinds"),
                    FieldPanel("has_project"),
                    FieldPanel("sectors"),
                    FieldPanel("contact_agencies"),
                ],
                heading=_("If all of these are true"),
                help_text=_("Empty conditions are ignored."),
            ),
            MultiFieldPanel([FieldPanel("lead_choice"), FieldPanel("coordinating_choice")], heading=_("Then")),
            MultiFieldPanel([FieldPanel("change_reason")], heading=_("Reason of the change")),
        ],
        base_form_class=RuleForm,
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), "delete_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name != "delete"]
        return [
            *kept,
            path("<int:pk>/try/", try_saved, name="try"),
            path("<int:pk>/restore/<int:version>/", restore, name="restore"),
        ]


class CategoryTermViewSet(ModelViewSet):
    model = CategoryTerm
    icon = "tag"
    menu_label = _("Words of the text vote")
    list_display = ["phrase", "category", "weight", "changed_at"]
    list_filter = ["category"]
    search_fields = ["phrase"]
    list_per_page = 100
    form_fields = ["category", "phrase", "weight"]
    index_template_name = "issues/admin/term_list.html"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("lessons/", lessons, name="lessons"),
            path("lessons/<str:code>/", leave_out, name="leave_out"),
        ]


class DutyViewSet(ModelViewSet):
    model = Duty
    icon = "user"
    menu_label = _("Duty roster")
    list_display = ["date", "agency", "officer", "kind"]
    list_filter = ["kind", "date", "agency"]
    search_fields = ["officer__name", "officer__email", "agency__name_vi"]
    form_fields = ["agency", "officer", "date", "kind"]


class AbsenceViewSet(ModelViewSet):
    model = Absence
    icon = "user"
    menu_label = _("Absences")
    list_display = ["officer", "agency", "first_day", "last_day", "stand_in"]
    list_filter = ["agency", "first_day"]
    search_fields = ["officer__name", "officer__email", "agency__name_vi"]
    form_fields = ["agency", "officer", "first_day", "last_day", "stand_in", "note"]


class TaskForceViewSetGroup(ModelViewSetGroup):
    menu_label = _("Task force")
    menu_icon = "group"
    menu_order = 250
    items = (RoutingRuleViewSet, CategoryTermViewSet, DutyViewSet, AbsenceViewSet, CalendarViewSet, TargetViewSet)
