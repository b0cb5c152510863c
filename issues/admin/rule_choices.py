"""What a rule can name: agencies, wards, sectors and kinds, as choices of its form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.models import Agency
from issues.routing.rule_matching import PROJECT_CONTACT, WARD

Choices = list[tuple[str, Any]]


class FilteredChoices(forms.CheckboxSelectMultiple):
    """Many boxes in a frame that scrolls, with a field above that narrows them down (js/rule-form.js)."""

    template_name = "issues/admin/filtered_choices.html"

    class Media:
        js = ("js/rule-form.js",)


class RuleChoices:
    """The choices that depend on the agencies there are, in one query. What the rule names already is among them."""

    def __init__(self, named: Iterable[str]) -> None:
        self._agencies = list(Agency.objects.only("code", "name_vi", "name_en", "level", "stage"))
        self._named = set(named)

    def leads(self) -> Choices:
        """Possible lead agencies: a placeholder, any connected agency, any connected ward."""
        return [
            ("", _("(only coordinating agencies)")),
            (_("Depends on the ticket"), self.stand_ins()),
            (_("Agencies"), self._of(wards=False)),
            (_("Wards and communes"), self._of(wards=True)),
        ]

    def coordinating(self) -> Choices:
        return [
            (_("Depends on the ticket"), self.stand_ins()),
            (_("Agencies"), self._of(wards=False)),
            (_("Wards and communes"), self._of(wards=True)),
        ]

    def contacts(self) -> Choices:
        """Agencies that can be the contact of a project."""
        return self._of(wards=False)

    def wards(self) -> Choices:
        """Every ward, connected or not: a ticket may be in any."""
        known = [(agency.code, agency.name) for agency in self._agencies if agency.level == Agency.Level.WARD]
        unknown = self._named - {agency.code for agency in self._agencies}
        return [*known, *((code, code) for code in sorted(unknown) if code.isdigit())]

    @staticmethod
    def stand_ins() -> Choices:
        return [(WARD, _("The agency of the ward")), (PROJECT_CONTACT, _("The contact agency of the project"))]

    def _of(self, *, wards: bool) -> Choices:
        choices: Choices = []
        for agency in self._agencies:
            if (agency.level == Agency.Level.WARD) is not wards:
                continue
            if agency.takes_tickets:
                choices.append((agency.code, agency.name))
            elif agency.code in self._named:
                choices.append((agency.code, _("{agency} (not connected)").format(agency=agency.name)))
        return choices
