"""Facts → decision → trace: which agency leads, and why.

Rules on the facts come first. Where none decides and the filer chose no category, the text votes for one, and the
rules are asked again with it, provided its share reaches the threshold. Otherwise the ticket waits for the
coordinator. The decision carries all its inputs, so ``replay`` can make it again without rules or model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any, Protocol

from core.text import fold
from issues.routing.facts import Facts
from issues.routing.rule_matching import PROJECT_CONTACT, WARD, Match, Rule, matches
from issues.routing.text_vote import CategoryScore
from issues.routing.tokens import Words, read
from issues.routing.trace import Step

VERSION = "1"
THRESHOLD = 0.45  # share of the vote; see bench.routing for how many tickets pass it and how often they are right
SHOWN_WORDS = 6
TELLING_WEIGHT = 1.0


class Voter(Protocol):
    """What a decision needs of a model: see ``issues.routing.text_vote.Model``."""

    version: str

    def score(self, text: str) -> list[CategoryScore]: ...


@dataclass(frozen=True)
class Decision:
    """Where a ticket goes. ``method`` is ``rule``, ``text`` (the category was voted) or ``none`` (it waits)."""

    lead_agency: str | None
    coordinating: tuple[str, ...]
    method: str
    category: str | None
    rule: Mapping[str, Any] | None
    scores: tuple[CategoryScore, ...]
    trace: tuple[Step, ...]
    software_version: str
    inputs: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """As JSON, to be stored with the ticket and given to ``replay``."""
        return {
            "lead_agency": self.lead_agency,
            "coordinating": list(self.coordinating),
            "method": self.method,
            "category": self.category,
            "rule": dict(self.rule) if self.rule else None,
            "scores": [score.to_dict() for score in self.scores],
            "trace": [step.to_dict() for step in self.trace],
            "software_version": self.software_version,
            "inputs": dict(self.inputs),
        }


@dataclass(frozen=True)
class _Ground:
    """The inputs of a decision besides the facts."""

    rules: Sequence[Rule]
    scores: Sequence[CategoryScore]
    agencies_by_category: Mapping[str, str]
    ward_agencies: Mapping[str, str]
    threshold: float
    day: date


def decide(
    facts: Facts,
    rules: Iterable[Rule],
    model: Voter,
    agencies_by_category: Mapping[str, str],
    ward_agencies: Mapping[str, str],
    threshold: float = THRESHOLD,
    *,
    day: date,
) -> Decision:
    """Decide which agency leads the ticket described by ``facts``.

    ``agencies_by_category`` is asked for a category that no rule names; ``ward_agencies`` maps ward codes to agency
    codes and gives ``@ward`` its meaning; ``day`` is the day on which rules must be in force. Equal input gives an
    equal decision, whatever the order of the rules.
    """
    ground = _Ground(
        rules=sorted((rule for rule in rules if rule.in_force(day)), key=attrgetter("order")),
        scores=model.score(facts.text),
        agencies_by_category=agencies_by_category,
        ward_agencies=ward_agencies,
        threshold=threshold,
        day=day,
    )
    return _choose(facts, ground, f"routing {VERSION}, model {model.version}")


def replay(stored: Mapping[str, Any]) -> Decision:
    """Make a stored decision (``Decision.to_dict``) again from what it holds.

    The result equals what was stored, unless the software has changed since.
    """
    inputs = stored["inputs"]
    ground = _Ground(
        rules=[Rule.from_dict(row) for row in inputs["rules"]],
        scores=[CategoryScore.from_dict(row) for row in stored["scores"]],
        agencies_by_category=inputs["agencies_by_category"],
        ward_agencies=inputs["ward_agencies"],
        threshold=inputs["threshold"],
        day=date.fromisoformat(inputs["day"]),
    )
    return _choose(Facts(**inputs["facts"]), ground, stored["software_version"])


def _choose(facts: Facts, ground: _Ground, software_version: str) -> Decision:
    best, matching = ground.scores[0], _Matching(ground.rules, read(facts.text))
    voted = best.code if best.score >= ground.threshold else None
    category, method = facts.category or voted, "rule"
    trace = _category_given(facts, best, voted)
    found = _apply(facts, matching(facts), ground)
    if found.lead is None and facts.category is None:
        trace.append(_vote_step(ground, voted))
        if voted is not None:
            view = replace(facts, category=voted)
            found, method = _apply(view, matching(view), ground), "text"
    trace += found.trace
    if found.lead is None:
        method = "none"
        trace.append(Step("waits"))
    else:
        trace.append(Step("lead", {"agency": found.lead}))
    coordinating = tuple(code for code in dict.fromkeys(found.coordinating) if code != found.lead)
    if coordinating:
        trace.append(Step("coordinating", {"agencies": list(coordinating)}))
    return Decision(
        lead_agency=found.lead,
        coordinating=coordinating,
        method=method,
        category=category,
        rule=found.rule.to_dict() if found.rule else None,
        scores=tuple(ground.scores),
        trace=tuple(trace),
        software_version=software_version,
        inputs=_inputs(facts, matching, ground, category),
    )


class _Matching:
    """The rules that match, in their order; each is asked once for each view of the facts."""

    def __init__(self, rules: Sequence[Rule], words: Words) -> None:
        self._rules, self._words = rules, words
        self._known: dict[Facts, list[Match]] = {}

    def __call__(self, facts: Facts) -> list[Match]:
        found = self._known.get(facts)
        if found is None:
            asked = (matches(rule, facts, self._words) for rule in self._rules)
            found = self._known[facts] = [match for match in asked if match is not None]
        return found


@dataclass
class _Found:
    lead: str | None
    rule: Rule | None
    coordinating: list[str]
    trace: list[Step]


def _apply(facts: Facts, matched: Iterable[Match], ground: _Ground) -> _Found:
    """Of the rules that match the first that names an agency leads; others may add coordinating ones."""
    found = _Found(None, None, [], [])
    for match in matched:
        rule = match.rule
        if rule.lead_agency is not None and found.lead is not None:
            continue
        if rule.lead_agency is None:
            added = _resolve_all(rule.coordinating, facts, ground)
            if added:
                found.coordinating += added
                found.trace.append(_rule_step("rule_adds", match, agencies=added))
            continue
        lead = _resolve(rule.lead_agency, facts, ground)
        if lead is None:
            found.trace.append(_rule_step("rule_without_agency", match, agency=rule.lead_agency))
            continue
        found.lead, found.rule = lead, rule
        found.coordinating += _resolve_all(rule.coordinating, facts, ground)
        found.trace.append(_rule_step("rule_matched", match))
    if found.lead is None and facts.category is not None:
        found.lead = ground.agencies_by_category.get(facts.category)
        step = "category_agency" if found.lead else "no_rule"
        found.trace.append(Step(step, {"category": facts.category}))
    return found


def _resolve(agency: str, facts: Facts, ground: _Ground) -> str | None:
    if agency == WARD:
        return ground.ward_agencies.get(facts.ward) if facts.ward else None
    return facts.project_contact_agency if agency == PROJECT_CONTACT else agency


def _resolve_all(agencies: Iterable[str], facts: Facts, ground: _Ground) -> list[str]:
    return [code for agency in agencies if (code := _resolve(agency, facts, ground))]


def _category_given(facts: Facts, best: CategoryScore, voted: str | None) -> list[Step]:
    if facts.category is None:
        return []
    steps = [Step("category_given", {"category": facts.category})]
    if voted is not None and voted != facts.category:
        steps.append(Step("text_disagrees", _evidence(best)))
    return steps


def _vote_step(ground: _Ground, voted: str | None) -> Step:
    best, second = ground.scores[0], ground.scores[1]
    if not (best.contributions or best.similar):
        return Step("nothing_recognised", {"threshold": ground.threshold})
    params = _evidence(best) | {"threshold": ground.threshold}
    if voted is not None:
        return Step("category_voted", params)
    return Step("category_uncertain", params | {"second": second.code, "second_score": second.score})


def _evidence(score: CategoryScore) -> dict[str, Any]:
    """The evidence for a category, to be shown: each word once, weak ones only where there is nothing else."""
    telling = [word for word, weight in score.contributions if weight >= TELLING_WEIGHT]
    once = {fold(word): word for word in reversed(telling or [word for word, _ in score.contributions[:2]])}
    return {
        "category": score.code,
        "score": score.score,
        "words": list(reversed(once.values()))[:SHOWN_WORDS],
        "similar": [ticket for ticket, _ in score.similar],
    }


def _rule_step(code: str, match: Match, **more: Any) -> Step:
    rule = match.rule
    params = {
        "rule": rule.id,
        "number": rule.number,
        "version": rule.version,
        "priority": rule.priority,
        "name": rule.name,
        "conditions": [{"name": c.name, "found": list(c.found)} for c in match.conditions],
        "words": list(match.words),
    }
    return Step(code, params | more)


def _inputs(facts: Facts, matching: _Matching, ground: _Ground, category: str | None) -> dict[str, Any]:
    """What ``replay`` needs. Of the rules only those that matched: the others had no influence."""
    views = [facts] if facts.category or category is None else [facts, replace(facts, category=category)]
    had_a_say = {id(match.rule) for view in views for match in matching(view)}
    agency = ground.agencies_by_category.get(category) if category else None
    ward_agency = ground.ward_agencies.get(facts.ward) if facts.ward else None
    return {
        "facts": facts.to_dict(),
        "rules": [rule.to_dict() for rule in ground.rules if id(rule) in had_a_say],
        "agencies_by_category": {category: agency} if agency else {},
        "ward_agencies": {facts.ward: ward_agency} if ward_agency else {},
        "threshold": ground.threshold,
        "day": ground.day.isoformat(),
    }
