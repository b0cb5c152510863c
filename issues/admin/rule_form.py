"""Editing a routing rule: conditions as plain fields, a sentence that says what it does, a new version on change."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.models import Agency
from core.text import clean
from investment.models import Sector
from issues.models import Category, RoutingRule
from issues.routing import RuleError, check_conditions

_TOKENS = (("@ward", _("The agency of the ward")), ("@project_contact", _("The project's contact agency")))
_DECIDING = ("priority", "conditions", "lead", "coordinating", "valid_from", "valid_to", "active")


class RuleForm(WagtailAdminModelForm):
    """Conditions must all hold; an empty one is not asked."""

    categories = forms.MultipleChoiceField(
        label=_("Category is one of"), choices=Category.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sector of the project is one of"),
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words_any = forms.CharField(
        label=_("The text has one of these words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One word or phrase a line, with or without Vietnamese marks."),
    )
    words_all = forms.CharField(
        label=_("The text has all of these words"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    has_project = forms.NullBooleanField(label=_("A project is linked"), required=False)
    lead_choice = forms.ChoiceField(label=_("Lead agency"), required=False)
    coordinating_choice = forms.MultipleChoiceField(label=_("Coordinating agencies"), required=False)

    class Meta:
        model = RoutingRule
        fields = ["number", "priority", "name_vi", "name_en", "valid_from", "valid_to", "active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = [
            (agency.code, agency.name)
            for agency in Agency.objects.exclude(stage=Agency.Stage.OFF).exclude(level=Agency.Level.WARD)
        ]
        lead, coordinating = self.fields["lead_choice"], self.fields["coordinating_choice"]
        lead.choices = [("", _("(only coordinating agencies)")), *_TOKENS, *agencies]
        coordinating.choices = [*_TOKENS, *agencies]
        rule = self.instance
        conditions = rule.conditions or {}
        self.initial.setdefault("categories", conditions.get("category", []))
        self.initial.setdefault("sectors", conditions.get("sector", []))
        self.initial.setdefault("words_any", "\n".join(conditions.get("words_any", [])))
        self.initial.setdefault("words_all", "\n".join(conditions.get("words_all", [])))
        self.initial.setdefault("has_project", conditions.get("has_project"))
        self.initial.setdefault("lead_choice", rule.lead)
        self.initial.setdefault("coordinating_choice", rule.coordinating)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        conditions = self._conditions(cleaned)
        try:
            check_conditions(conditions)
        except RuleError as error:
            self.add_error(None, _("This rule cannot be used: {reason}").format(reason=error))
        if not cleaned.get("lead_choice") and not cleaned.get("coordinating_choice"):
            self.add_error("lead_choice", _("Name a lead agency, or at least one coordinating agency."))
        start, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("The rule would end before it begins."))
        self._take(cleaned, conditions)
        return dict(cleaned)

    def _take(self, cleaned: dict[str, Any], conditions: dict[str, Any]) -> None:
        before = RoutingRule.objects.filter(pk=self.instance.pk).values(*_DECIDING).first()
        self.instance.conditions = conditions
        self.instance.lead = cleaned.get("lead_choice") or ""
        self.instance.coordinating = cleaned.get("coordinating_choice") or []
        decided = {name: cleaned.get(name, getattr(self.instance, name)) for name in _DECIDING}
        decided |= {name: getattr(self.instance, name) for name in ("conditions", "lead", "coordinating")}
        if before is not None and before != decided:
            self.instance.version += 1

    def _conditions(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """Keeps conditions that this form does not show (a ward, a contact agency)."""
        conditions = {k: v for k, v in (self.instance.conditions or {}).items() if k not in _SHOWN}
        for field, name in (("categories", "category"), ("sectors", "sector")):
            if cleaned.get(field):
                conditions[name] = list(cleaned[field])
        for name in ("words_any", "words_all"):
            lines = [line.strip() for line in clean(cleaned.get(name) or "").splitlines()]
            if any(lines):
                conditions[name] = [line for line in lines if line]
        if cleaned.get("has_project") is not None:
            conditions["has_project"] = cleaned["has_project"]
        return conditions


_SHOWN = frozenset({"category", "sector", "words_any", "words_all", "has_project"})
