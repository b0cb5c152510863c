"""Editing a routing rule: everything that a rule can ask and say, as plain fields."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core.text import clean
from core.years import year_error
from investment.models import Sector
from issues.actions import routing_rules
from issues.actor import Actor
from issues.admin.rule_choices import FilteredChoices, RuleChoices
from issues.models import Category, RoutingRule, RuleOffer, TicketKind
from issues.routing import RuleError, check_conditions

# Field of the form → condition of the rule.
_LISTS = {
    "categories": "category",
    "wards": "ward",
    "sectors": "sector",
    "kinds": "kind",
    "contact_agencies": "project_contact_agency",
}
_PHRASES = ("words_any", "words_all")


class RuleForm(WagtailAdminModelForm):
    """All conditions must be true; an empty one is ignored. Saving goes through the action, which keeps versions."""

    categories = forms.MultipleChoiceField(
        label=_("Category is one of"), choices=Category.choices, required=False, widget=forms.CheckboxSelectMultiple
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
    wards = forms.MultipleChoiceField(label=_("Ward or commune is one of"), required=False, widget=FilteredChoices)
    kinds = forms.MultipleChoiceField(
        label=_("Filed as one of"), choices=TicketKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sector of the project is one of"),
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contact_agencies = forms.MultipleChoiceField(
        label=_("Contact agency of the project is one of"), required=False, widget=FilteredChoices
    )
    has_project = forms.NullBooleanField(label=_("A project is linked"), required=False)
    lead_choice = forms.ChoiceField(label=_("Lead agency"), required=False)
    coordinating_choice = forms.MultipleChoiceField(
        label=_("Coordinating agencies"), required=False, widget=FilteredChoices
    )
    change_reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=routing_rules.REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the history of the rule."),
    )
    data: Any
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    offer = forms.ModelChoiceField(queryset=RuleOffer.objects.all(), required=False, widget=forms.HiddenInput)

    class Meta:
        model = RoutingRule
        fields = ["number", "priority", "name_vi", "name_en", "valid_from", "valid_to", "active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = self.instance
        conditions = rule.conditions or {}
        asked = [code for name in ("ward", "project_contact_agency") for code in conditions.get(name, ())]
        choices = RuleChoices([rule.lead, *rule.coordinating, *asked])
        self.fields["lead_choice"].choices = choices.leads()
        self.fields["coordinating_choice"].choices = choices.coordinating()
        self.fields["wards"].choices = choices.wards()
        self.fields["contact_agencies"].choices = choices.contacts()
        for field, name in _LISTS.items():
            self.initial.setdefault(field, conditions.get(name, []))
        for name in _PHRASES:
            self.initial.setdefault(name, "\n".join(conditions.get(name, [])))
        self.initial.setdefault("has_project", conditions.get("has_project"))
        self.initial.setdefault("lead_choice", rule.lead)
        self.initial.setdefault("coordinating_choice", rule.coordinating)
        self.initial.setdefault("seen_version", rule.version if rule.pk else None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        conditions = self._conditions(cleaned)
        try:
            check_conditions(conditions)
        except RuleError as error:
            self.add_error(None, _("This rule cannot be used: {reason}").format(reason=error))
        if not cleaned.get("lead_choice") and not cleaned.get("coordinating_choice"):
            self.add_error("lead_choice", _("Name a lead agency, or at least one coordinating agency."))
        for name in ("valid_from", "valid_to"):
            if cleaned.get(name) and (sentence := year_error(cleaned[name])):
                self.add_error(name, sentence)
        start, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("The rule would end before it begins."))
        self.instance.conditions = conditions
        self.instance.lead = cleaned.get("lead_choice") or ""
        self.instance.coordinating = cleaned.get("coordinating_choice") or []
        self._check_overtaken(cleaned)
        return dict(cleaned)

    def save(self, commit: bool = True) -> RoutingRule:
        """Save through the action. What it refuses was refused by `clean` already, save for a race."""
        if not commit:
            return super().save(commit=False)
        return routing_rules.save_rule(
            actor=Actor.of(self.for_user),
            rule=self.instance,
            expected_version=self.cleaned_data.get("seen_version"),
            reason=clean(self.cleaned_data.get("change_reason") or "").strip(),
            offer=self.cleaned_data.get("offer"),
        )

    def _conditions(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        conditions: dict[str, Any] = {
            name: list(cleaned[field]) for field, name in _LISTS.items() if cleaned.get(field)
        }
        for name in _PHRASES:
            lines = [line.strip() for line in clean(cleaned.get(name) or "").splitlines()]
            if any(lines):
                conditions[name] = [line for line in dict.fromkeys(lines) if line]
        if cleaned.get("has_project") is not None:
            conditions["has_project"] = cleaned["has_project"]
        return conditions

    def _check_overtaken(self, cleaned: dict[str, Any]) -> None:
        """Somebody else saved in the meantime: say so once, keep what was typed, and accept a second save."""
        if not self.instance.pk or cleaned.get("seen_version") is None:
            return
        now = RoutingRule.objects.values_list("version", flat=True).get(pk=self.instance.pk)
        if now == cleaned["seen_version"]:
            return
        latest = self.instance.versions.select_related("saved_by").first()
        typed = self.data.copy()
        typed[self.add_prefix("seen_version")] = str(now)
        self.data = typed
        raise ValidationError(
            _("%(person)s has saved version %(version)s of this rule since you opened it. What you typed is still "
              "here: look at the history, then save again if you want to keep your version."),
            params={"person": (latest and latest.saved_by) or _("Somebody"), "version": now},
        )  # fmt: skip
