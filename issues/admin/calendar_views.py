"""Pages of a calendar in the administration beyond what Wagtail makes by itself: its year, and its recalculation."""

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import EditView, IndexView, InspectView
from wagtail.admin.widgets.button import Button

from accounts.wagtail_deletion import KeepingDeleteView
from core import clock, jobs, wording
from core.years import FIRST_YEAR, LAST_YEAR
from issues.actions.recompute import again, touched_by
from issues.admin.calendar_form import WEEKDAYS
from issues.admin.periods import write_periods
from issues.admin.year_page import year_page
from issues.models import Calendar
from issues.queries.calendar_effect import Effect, effect_of
from issues.queries.recomputation import progress_of

NAMESPACE = "calendar"


def year_url(calendar: Calendar, year: int | None = None) -> str:
    """The address of a year's page; without a year that of this year."""
    return reverse(f"{NAMESPACE}:year", args=(calendar.pk, year or this_year()))


def edit_url(calendar: Calendar) -> str:
    """The address of a calendar's form."""
    return reverse(f"{NAMESPACE}:edit", args=(calendar.pk,))


def this_year() -> int:
    return clock.now().year


def _year_button(calendar: Calendar) -> Button:
    return Button(_("The year"), url=year_url(calendar), icon_name="calendar-alt", priority=5)


class YearColumn(Column):
    """A link to the year's page."""

    def get_value(self, instance: Calendar) -> SafeString:
        return format_html('<a href="{}">{}</a>', year_url(instance), this_year())


class WhoseColumn(Column):
    """Every agency without its own, or the agencies by name."""

    def get_value(self, instance: Calendar) -> str:
        agencies = ", ".join(agency.name for agency in instance.agencies.all())
        if instance.is_default:
            return ", ".join(filter(None, [_("Every agency without its own"), agencies]))
        return agencies or _("No agency yet")


class ProgressColumn(Column):
    """The progress of recalculating open clocks; the page's script keeps it up to date."""

    cell_template_name = "issues/admin/progress_cell.html"

    def get_cell_context_data(self, instance: Calendar, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "progress": progress_of(instance)}


class CalendarIndexView(IndexView):
    template_name = "issues/admin/calendar_index.html"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("agencies", "recomputations")

    def get_list_more_buttons(self, instance: Calendar) -> list[Any]:
        item = MenuItem(_("The year"), url=year_url(instance), icon_name="calendar-alt", priority=5)
        return [item, *super().get_list_more_buttons(instance)]


class CalendarDeleteView(KeepingDeleteView):
    """Clocks go by a calendar, and agencies without their own by the general one."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.is_default:
            messages.error(
                request, _("One calendar must hold for every agency without its own: mark another one first.")
            )
            return redirect(self.get_success_url())
        return super().post(request, *args, **kwargs)


class CalendarEditView(EditView):
    """Says what an edit will do, and asks once more when it moves due times."""

    template_name = "issues/admin/calendar_edit.html"
    effect: Effect | None = None

    def form_valid(self, form: Any) -> HttpResponse:
        if self.request.POST.get("confirmed") != self._typed():
            effect = _effect(form)
            if effect.moved:
                self.form, self.effect = form, effect
                response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
                return response
        saved: HttpResponse = super().form_valid(form)
        transaction.on_commit(_kick, robust=True)
        return saved

    def _typed(self) -> str:
        """A digest of what was typed: after a change the question is asked again."""
        apart = ("csrfmiddlewaretoken", "confirmed")
        typed = sorted((name, values) for name, values in self.request.POST.lists() if name not in apart)
        return hashlib.sha256(json.dumps(typed).encode()).hexdigest()

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [_year_button(self.object), *super().header_more_buttons]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "open_clocks": touched_by(self.object).count(),
            "progress": progress_of(self.object),
            "this_year": this_year(),
            "effect": self.effect,
            "confirmed": self._typed() if self.effect else "",
        }

    def get_success_message(self) -> str:
        count = touched_by(self.object).count()
        if not count:
            return str(_("“%(calendar)s” is saved. No open clock uses it.") % {"calendar": self.object})
        text = ngettext(
            "“%(calendar)s” is saved. %(count)s open clock is being recalculated.",
            "“%(calendar)s” is saved. %(count)s open clocks are being recalculated.",
            count,
        )
        return text % {"calendar": self.object, "count": wording.number(count)}


def _effect(form: Any) -> Effect:
    """What the form would do; nothing where no clock can run by its hours yet."""
    edited = form.save(commit=False)
    return effect_of(edited, edited.days.all(), [agency.pk for agency in form.cleaned_data["agencies"]])


def _kick() -> None:
    """The job runs every ten seconds; this starts it immediately."""
    jobs.request("issues.tasks.recompute_calendars")


class CalendarInspectView(InspectView):
    template_name = "issues/admin/calendar_inspect.html"

    def get_weekly_display_value(self) -> SafeString:
        """The week in lines instead of the stored lists."""
        lines = (
            (name, write_periods(self.object.weekly.get(key)) or _("not a working day"))
            for key, name in WEEKDAYS.items()
        )
        return format_html_join(SafeString("<br>"), "{}: {}", lines)

    def get_is_default_display_value(self) -> str:
        return _("Yes") if self.object.is_default else _("No")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [_year_button(self.object), *super().header_more_buttons]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "progress": progress_of(self.object),
            "runs": self.object.recomputations.all()[:10],
            "may_change": self.permission_policy.user_has_permission(self.request.user, "change"),
        }


class CalendarYearView(InspectView):
    """Twelve months of one calendar."""

    template_name = "issues/admin/calendar_year.html"
    page_title = gettext_lazy("The year")

    def get_page_title(self) -> str:
        return _("Year %(year)s") % {"year": self.kwargs["year"]}

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        inspect = Button(
            _("Inspect"),
            url=reverse(f"{NAMESPACE}:inspect", args=(self.object.pk,)),
            icon_name="info-circle",
            priority=5,
        )
        return [inspect, *super().header_more_buttons]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = self.kwargs["year"]
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Http404
        language = "en" if (get_language() or "vi").startswith("en") else "vi"
        return {
            **super().get_context_data(**kwargs),
            "calendar": self.object,
            "page": year_page(self.object, year, language),
            "previous_url": year_url(self.object, year - 1) if year > FIRST_YEAR else "",
            "next_url": year_url(self.object, year + 1) if year < LAST_YEAR else "",
            "this_year": this_year(),
            "this_year_url": year_url(self.object),
            "today": timezone.localdate(clock.now()),
            "edit_url": self.get_edit_url(),
        }


class CalendarProgressView(InspectView):
    """The progress alone, for the script of the other pages; POST recalculates everything."""

    template_name = "issues/admin/progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"progress": progress_of(self.object)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.permission_policy.user_has_permission(request.user, "change"):
            again(self.object)
            transaction.on_commit(_kick, robust=True)
            messages.success(
                request, _("The open clocks of “%(calendar)s” are recalculated.") % {"calendar": self.object}
            )
        return redirect(reverse(f"{NAMESPACE}:inspect", args=(self.object.pk,)))
