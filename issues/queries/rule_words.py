"""Rules in the words of the active language: their sentence, what is wrong with them, how versions differ."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Agency
from core import wording
from investment.models import Sector
from issues import routing
from issues.assignment import decisions
from issues.models import Category, RoutingRule, TicketKind
from issues.routing.sentence import say_agency, say_values

SHOWN_VALUES = 4  # of one condition in a list of rules

_LABELS = {
    "priority": gettext_lazy("Priority"),
    "category": gettext_lazy("Category"),
    "ward": gettext_lazy("Ward"),
    "sector": gettext_lazy("Sector of the project"),
    "kind": gettext_lazy("Kind"),
    "project_contact_agency": gettext_lazy("Contact agency of the project"),
    "words_any": gettext_lazy("One of these words"),
    "words_all": gettext_lazy("All of these words"),
    "has_project": gettext_lazy("Linked project"),
    "lead_agency": gettext_lazy("Lead agency"),
    "coordinating": gettext_lazy("Coordinating agencies"),
    "valid_from": gettext_lazy("Valid from"),
    "valid_to": gettext_lazy("Valid to"),
    "active": gettext_lazy("Switched on"),
}


class RuleWords:
    """Says rules in words. One query for the names of agencies and wards, however many rules."""

    def __init__(self) -> None:
        agencies = {agency.code: agency.name for agency in Agency.objects.only("code", "name_vi", "name_en")}
        values = {str(code): str(label) for code, label in (*Sector.choices, *TicketKind.choices)}
        self.names = routing.Names(
            agencies=agencies,
            categories={str(code): str(label) for code, label in Category.choices},
            values=agencies | values,
        )

    def sentence(self, rule: routing.Rule, *, shown: int | None = None) -> str:
        """What the rule says, as one sentence."""
        return routing.say_rule(rule, self.names, _, day=_day, shown=shown)

    def sentence_of(self, row: RoutingRule, *, shown: int | None = None) -> str:
        """The same for a row; one that cannot be used says why."""
        try:
            return self.sentence(decisions.rule_of(row), shown=shown)
        except routing.RuleError as error:
            return _("This rule cannot be used: {reason}").format(reason=error)

    def agency(self, code: str | None) -> str:
        """An agency's name; a dash where there is none."""
        if not code:
            return "–"
        name = say_agency(code, self.names, _)
        return name[:1].upper() + name[1:]

    def warning(self, warning: routing.RuleWarning, rules: Mapping[Any, RoutingRule]) -> str:
        """One sentence about what is wrong with a rule. `rules`: the rules it mentions, by id."""
        others = ", ".join(str(rules[pk].number) for pk in warning.rules if pk in rules)
        params = warning.params
        match warning.code:
            case "expired":
                return _("It ended on {date} and does not apply any more.").format(date=_day(params["date"]))
            case "shadowed" if len(warning.rules) == 1:
                return _("It never decides: rule {number} comes first and takes every ticket of it.").format(
                    number=others
                )
            case "shadowed":
                return _("It never decides: the rules {numbers} come first and take every ticket of it.").format(
                    numbers=others
                )
            case "conflict":
                return _(
                    "It can match the same ticket as rule {number}: same priority, another lead agency ({agency}). "
                    "The smaller number decides; give them different priorities if you do not want that."
                ).format(number=others, agency=self.agency(params["agency"]))
            case "needs_project":
                return _("It can never match: it requires facts of a project and that there is no project.")
            case "no_contact_agency":
                return _("It can never decide: without a project there is no contact agency.")
            case "unknown_ward":
                return _("It can never match: none of its wards is known here ({values}).").format(
                    values=", ".join(params["values"])
                )
            case "not_connected" if params["leads"]:
                return _("Its lead agency is not connected: {agency}. The coordinator has to decide instead.").format(
                    agency=self.agency(params["agency"])
                )
            case "not_connected":
                return _("An agency that it names is not connected: {agency}.").format(
                    agency=self.agency(params["agency"])
                )
        raise ValueError(f"{warning.code!r} is no warning about a rule.")

    def differences(self, found: Iterable[routing.Difference]) -> list[str]:
        """What changed from one version to the next, a line each."""
        return [self._difference(difference) for difference in found]

    def _difference(self, difference: routing.Difference) -> str:
        code, label = difference.code, str(_LABELS[difference.code])
        if difference.added or difference.removed:
            added, removed = (self._values(code, values) for values in (difference.added, difference.removed))
            if added and removed:
                return _("{label}: {added} added, {removed} removed").format(label=label, added=added, removed=removed)
            text = _("{label}: {values} added") if added else _("{label}: {values} removed")
            return text.format(label=label, values=added or removed)
        before, after = (self._value(code, value) for value in (difference.before, difference.after))
        return _("{label}: {before} → {after}").format(label=label, before=before, after=after)

    def _values(self, code: str, values: tuple[str, ...]) -> str:
        if code == "coordinating":
            return ", ".join(self.agency(value) for value in values)
        return say_values(f"if_{code}", values, self.names, lambda _message: "%(first)s, %(last)s") if values else ""

    def _value(self, code: str, value: Any) -> str:
        if code == "lead_agency":
            return self.agency(value)
        if value is None:
            return _("any") if code == "has_project" else "–"
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return _day(value) if isinstance(value, date) else str(value)


def _day(day: str | date) -> str:
    return wording.local_date(date.fromisoformat(day) if isinstance(day, str) else day) or ""
