"""Why a ticket went where it went, in the words of the active language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.cache import caches
from django.utils.translation import gettext as _

from accounts.agencies import named
from accounts.models import User
from issues import routing
from issues.models import Category, RoutingDecision, RoutingRule

# Put into words when they are said: the labels are lazy.
_CATEGORIES = {str(code): label for code, label in Category.choices}


def routing_sentences(trace: Iterable[Mapping[str, Any]]) -> list[str]:
    """The steps of one decision as sentences. Costs up to three queries, for the names of what it mentions."""
    steps = [routing.Step.from_dict(step) for step in trace]
    return routing.explain(steps, _names(steps), _)


def sentences_of_many(traces: Mapping[Any, Iterable[Mapping[str, Any]]]) -> dict[Any, list[str]]:
    """The sentences of many traces under the same keys, at the price of one."""
    steps = {key: [routing.Step.from_dict(step) for step in trace] for key, trace in traces.items()}
    names = _names([step for found in steps.values() for step in found])
    return {key: routing.explain(found, names, _) for key, found in steps.items()}


def decision_sentences(decision: RoutingDecision | None) -> list[str]:
    """The sentences of a stored decision; one made by hand gives its reason."""
    if decision is None:
        return []
    if decision.method == RoutingDecision.Method.HAND:
        return [_("A coordinator decided: {reason}").format(reason=decision.reason), *routing_sentences(decision.trace)]
    return routing_sentences(decision.trace)


def _names(steps: list[routing.Step]) -> routing.Names:
    agencies: set[str] = set()
    rules: set[int] = set()
    officers: set[int] = set()
    categories: set[str] = set()
    for step in steps:
        categories.update(str(step.params[name]) for name in ("category", "second") if name in step.params)
        agencies.update(filter(None, [step.params.get("agency"), *step.params.get("agencies", ())]))
        if "rule" in step.params:
            rules.add(step.params["rule"])
        if "officer" in step.params:
            officers.add(step.params["officer"])
    return routing.Names(
        agencies={code: agency.name for code, agency in named(agencies).items()},
        categories={code: str(_CATEGORIES[code]) for code in categories if code in _CATEGORIES},
        rules=_rule_names(rules),
        officers={user.pk: str(user) for user in User.objects.filter(pk__in=officers)} if officers else {},
    )


def _rule_names(ids: set[int]) -> dict[int, str]:
    """The names of the rules in the active language; a rule deleted since keeps the name stored with the decision."""
    known: Any = caches["process"].get_or_set("rule-names", _read_rules) if ids else {}
    return {pk: RoutingRule(name_vi=known[pk][0], name_en=known[pk][1]).name for pk in ids if pk in known}


def _read_rules() -> dict[int, tuple[str, str]]:
    return {pk: (vi, en) for pk, vi, en in RoutingRule.objects.order_by().values_list("pk", "name_vi", "name_en")}
