"""Filters of the projects' list in the administration."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from core import clock
from investment.freshness import Freshness, rules_in_force
from investment.models import Project, ProjectStatus, Sector


def provinces() -> list[tuple[str, str]]:
    """The provinces that occur."""
    names = Project.objects.order_by("province").values_list("province", flat=True).distinct()
    return [(name, name) for name in names if name]


class ProjectFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(label=_("State"), choices=ProjectStatus.choices)
    sector = django_filters.MultipleChoiceFilter(label=_("Sector"), choices=Sector.choices)
    province = django_filters.MultipleChoiceFilter(label=_("Province or city"), choices=provinces)
    freshness = django_filters.ChoiceFilter(
        label=_("freshness"),
        method="by_freshness",
        choices=[
            (Freshness.FRESH, _("Fresh")),
            (Freshness.DUE, _("Due soon")),
            (Freshness.OVERDUE, _("Overdue")),
            (Freshness.NEVER, _("Never")),
        ],
    )

    class Meta:
        model = Project
        fields = ["status", "sector", "province", "freshness"]

    def by_freshness(self, projects: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        """The same limits as `investment.freshness`, as ranges of the confirmation day."""
        del name
        rules, today = rules_in_force(), timezone.localdate(clock.now())
        due = today - timedelta(days=rules.every_days)  # confirmed on this day: due today
        asked = due + timedelta(days=rules.ask_days_before)
        limits: dict[str, dict[str, Any]] = {
            Freshness.FRESH: {"confirmed_on__gt": asked},
            Freshness.DUE: {"confirmed_on__range": (due, asked)},
            Freshness.OVERDUE: {"confirmed_on__lt": due},
            Freshness.NEVER: {"confirmed_on__isnull": True},
        }
        return projects.filter(**limits[value])
