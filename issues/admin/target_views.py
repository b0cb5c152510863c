"""Pages of the time limits: each as a sentence, and which one takes precedence."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView

from issues.models import TargetSetting
from issues.sentences.target_words import overridden_by, say_scope, say_setting, say_target
from issues.sla import target_from_dict


class ScopeColumn(TitleColumn):
    """What the limit applies to, as a link to its form."""

    def get_value(self, instance: TargetSetting) -> str:
        return say_scope(instance)


class LimitColumn(Column):
    """How long."""

    def get_value(self, instance: TargetSetting) -> str:
        return say_target(target_from_dict(instance.target))


class WinsColumn(Column):
    """The more specific rows that take precedence over this one."""

    cell_template_name = "issues/admin/wins_cell.html"

    def get_cell_context_data(self, instance: TargetSetting, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "value": _list(overridden_by(instance, parent_context["table"].data))}


def _list(rows: Iterable[TargetSetting]) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((say_scope(row),) for row in rows))


class TargetCreateView(CreateView):
    template_name = "issues/admin/target_create.html"


class TargetEditView(EditView):
    template_name = "issues/admin/target_edit.html"

    def get_page_subtitle(self) -> str:
        return say_scope(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stronger = overridden_by(self.object, TargetSetting.objects.filter(clock=self.object.clock))
        return {**super().get_context_data(**kwargs), "stronger": [say_setting(row) for row in stronger]}


class TargetDeleteView(DeleteView):
    """The general limit of a clock cannot be deleted."""

    def get_page_subtitle(self) -> str:
        return say_setting(self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        if not self.object.kind and not self.object.category:
            messages.error(
                self.request,
                _("This is the general limit: it can be changed, not deleted."),
            )
            return HttpResponseRedirect(self.get_success_url())
        response: HttpResponse = super().form_valid(form)
        return response
