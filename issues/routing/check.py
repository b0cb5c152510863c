"""What is wrong with a set of rules, found without a single ticket.

A rule that is called dead here never decides, whatever the facts: the conditions alone prove it. What
only tickets show (a rule that was not needed for months) needs a query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from operator import attrgetter
from typing import Any

from issues.routing.rule_matching import LISTS, PROJECT_CONTACT, WARD, Rule
from issues.routing.tokens import Phrase, surely_holds

MOST_CASES = 400  # of one rule, looked at one by one; with more, nothing is reported
ABOUT_PROJECTS = ("sector", "project_contact_agency")  # facts that only a linked project brings


@dataclass(frozen=True, slots=True)
class RuleWarning:
    """One thing to look at. ``rules`` are ids of the others concerned; ``is_dead``: the rule can never decide."""

    code: str
    rule: int | str
    rules: tuple[int | str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    is_dead: bool = False


def check_rules(
    rules: Iterable[Rule],
    *,
    day: date,
    connected: AbstractSet[str] | None = None,
    wards: AbstractSet[str] | None = None,
) -> list[RuleWarning]:
    """Look through the rules that are switched on, in the order in which they are tried.

    ``connected`` holds the codes of the agencies that take tickets and ``wards`` the codes of wards; without them
    agencies and wards are not checked.
    """
    tried = sorted((r for r in rules if r.active), key=attrgetter("order"))
    found: list[RuleWarning] = []
    for index, rule in enumerate(tried):
        if rule.valid_to is not None and rule.valid_to < day:
            found.append(RuleWarning("expired", rule.id, params={"date": rule.valid_to.isoformat()}, is_dead=True))
            continue
        earlier = [other for other in tried[:index] if other.valid_to is None or other.valid_to >= day]
        found += _of_rule(rule, earlier, day, wards)
        if connected is not None:
            found += _unconnected(rule, connected)
    return found


def _of_rule(rule: Rule, earlier: Sequence[Rule], day: date, wards: AbstractSet[str] | None) -> Iterator[RuleWarning]:
    reason = _impossible(rule, wards)
    if reason is not None:
        yield RuleWarning(reason[0], rule.id, params=reason[1], is_dead=True)
        return
    covering = _covering(rule, earlier, day)
    if covering:
        yield RuleWarning("shadowed", rule.id, tuple(other.id for other in covering), is_dead=True)
        return
    for other in earlier:
        if other.priority == rule.priority and _leads_elsewhere(rule, other) and _can_meet(rule, other):
            yield RuleWarning("conflict", rule.id, (other.id,), {"agency": other.lead_agency})


def _impossible(rule: Rule, wards: AbstractSet[str] | None) -> tuple[str, dict[str, Any]] | None:
    """Why no facts can fulfil the conditions, or no agency can be found; None where they can."""
    without_project = rule.conditions.get("has_project") is False
    if without_project and any(name in rule.conditions for name in ABOUT_PROJECTS):
        return "needs_project", {}
    if without_project and set(_needed(rule)) == {PROJECT_CONTACT}:
        return "no_contact_agency", {}
    asked = rule.conditions.get("ward")
    if wards is not None and asked and not set(asked) & wards:
        return "unknown_ward", {"values": list(asked)}
    return None


def _needed(rule: Rule) -> tuple[str, ...]:
    """The agencies without which the rule does nothing: its lead, or those it adds."""
    return (rule.lead_agency,) if rule.lead_agency is not None else tuple(rule.coordinating)


def _unconnected(rule: Rule, connected: AbstractSet[str]) -> Iterator[RuleWarning]:
    for code in (rule.lead_agency, *rule.coordinating):
        if code is not None and code not in (WARD, PROJECT_CONTACT) and code not in connected:
            yield RuleWarning("not_connected", rule.id, params={"agency": code, "leads": code == rule.lead_agency})


# --- Does an earlier rule cover a later one? ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Case:
    """One way to fulfil a rule: a value for each list it asks about, phrases the text has, project or none."""

    values: Mapping[str, str]
    phrases: tuple[Phrase, ...]
    has_project: bool | None

    @property
    def surely_has_project(self) -> bool:
        return self.has_project is True or any(name in self.values for name in ABOUT_PROJECTS)


def _cases(rule: Rule) -> list[_Case]:
    """All ways to fulfil the rule; none where there are too many of them to look at."""
    conditions = rule.conditions
    lists = [[(name, value) for value in dict.fromkeys(conditions[name])] for name in LISTS if name in conditions]
    always = tuple(Phrase.of(phrase) for phrase in conditions.get("words_all", ()))
    any_of: list[tuple[Phrase, ...]] = [(Phrase.of(p),) for p in conditions.get("words_any", ())] or [()]
    number = len(any_of)
    for values in lists:
        number *= len(values)
    if number > MOST_CASES:
        return []
    project = conditions.get("has_project")
    return [_Case(dict(values), always + phrases, project) for values in product(*lists) for phrases in any_of]


def _covering(rule: Rule, earlier: Sequence[Rule], day: date) -> list[Rule]:
    """A small set of earlier rules that together cover this one; none if any case is left.

    A rule that only adds coordinating agencies is never covered: it is asked after the lead is found, too.
    """
    if rule.lead_agency is None:
        return []
    able = [
        other
        for other in earlier
        if other.lead_agency is not None and _always_has_agency(other, rule) and _in_force_as_long(other, rule, day)
    ]
    cases = _cases(rule)
    if not cases:
        return []
    for other in able:
        if all(_covers(other, case) for case in cases):
            return [other]
    found: dict[int | str, Rule] = {}
    for case in cases:
        covering = next((other for other in able if _covers(other, case)), None)
        if covering is None:
            return []
        found[covering.id] = covering
    return list(found.values())


def _always_has_agency(other: Rule, rule: Rule) -> bool:
    """`@ward` and `@project_contact` pass on where there is no such agency, and so may this rule with the same one."""
    return other.lead_agency not in (WARD, PROJECT_CONTACT) or other.lead_agency == rule.lead_agency


def _in_force_as_long(other: Rule, rule: Rule, day: date) -> bool:
    begins = max(rule.valid_from, day) if rule.valid_from else day
    starts = other.valid_from is None or other.valid_from <= begins
    return starts and (other.valid_to is None or (rule.valid_to is not None and rule.valid_to <= other.valid_to))


def _covers(rule: Rule, case: _Case) -> bool:
    """Whether the rule matches whatever the case matches."""
    return all(_implied(name, rule.conditions[name], case) for name in rule.conditions)


def _implied(name: str, wanted: Any, case: _Case) -> bool:
    if name == "has_project":
        return case.surely_has_project if wanted else case.has_project is False
    if name in LISTS:
        return case.values.get(name) in wanted
    held = [any(surely_holds(said, Phrase.of(phrase)) for said in case.phrases) for phrase in wanted]
    return any(held) if name == "words_any" else all(held)


# --- Can two rules of the same priority meet on one ticket? --------------------------------------------------------


def _leads_elsewhere(rule: Rule, other: Rule) -> bool:
    return None not in (rule.lead_agency, other.lead_agency) and rule.lead_agency != other.lead_agency


def _can_meet(rule: Rule, other: Rule) -> bool:
    """Whether one ticket can fulfil both. Words never exclude each other: a text may hold them all."""
    for name in LISTS:
        mine, theirs = rule.conditions.get(name), other.conditions.get(name)
        if mine and theirs and not set(mine) & set(theirs):
            return False
    wanted = {r.conditions["has_project"] for r in (rule, other) if "has_project" in r.conditions}
    about_projects = any(name in r.conditions for r in (rule, other) for name in ABOUT_PROJECTS)
    if len(wanted) > 1 or (about_projects and False in wanted):
        return False
    return _days_meet(rule, other)


def _days_meet(rule: Rule, other: Rule) -> bool:
    starts = [r.valid_from for r in (rule, other) if r.valid_from]
    ends = [r.valid_to for r in (rule, other) if r.valid_to]
    return not (starts and ends) or max(starts) <= min(ends)
