"""The effect of changed rules on tickets that were routed already, without routing them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from issues.routing.decide import THRESHOLD, Decision, decide
from issues.routing.facts import Facts
from issues.routing.rule_matching import Rule, matches
from issues.routing.text_vote import CategoryScore
from issues.routing.tokens import read


@dataclass(frozen=True)
class TriedTicket:
    """A ticket as it was filed, with the vote that was taken of its text."""

    code: str
    facts: Facts
    scores: Sequence[CategoryScore]
    ward_agencies: Mapping[str, str]

    @property
    def voted(self) -> str | None:
        """The category of the vote, where it was clear enough to count."""
        return self.scores[0].code if self.scores and self.scores[0].score >= THRESHOLD else None


@dataclass(frozen=True)
class Change:
    """One ticket that would go elsewhere, or to the same agency with others beside it."""

    code: str
    before: Decision
    after: Decision

    @property
    def goes_elsewhere(self) -> bool:
        return self.before.lead_agency != self.after.lead_agency


class _TakenVote:
    """The vote as it was taken: the same words, without what was learnt since."""

    version = "trial"

    def __init__(self, scores: Sequence[CategoryScore]) -> None:
        self._scores = list(scores)

    def score(self, text: str) -> list[CategoryScore]:
        return self._scores


def trial(
    tickets: Iterable[TriedTicket], before: Iterable[Rule], after: Iterable[Rule], *, day: date
) -> Iterator[Change]:
    """Decide each ticket by both sets of rules, as if it were filed on ``day``; yields those that differ.

    Only tickets that a changed rule matches are decided: for the others both sets are the same.
    """
    rules_before, rules_after = list(before), list(after)
    changed = [rule for rule in rules_before if rule not in rules_after]
    changed += [rule for rule in rules_after if rule not in rules_before]
    for ticket in tickets:
        if not _concerns(ticket, changed):
            continue
        was, becomes = (
            decide(ticket.facts, rules, _TakenVote(ticket.scores), {}, ticket.ward_agencies, day=day)
            for rules in (rules_before, rules_after)
        )
        if (was.lead_agency, set(was.coordinating)) != (becomes.lead_agency, set(becomes.coordinating)):
            yield Change(ticket.code, was, becomes)


def _concerns(ticket: TriedTicket, changed: Sequence[Rule]) -> bool:
    words, views = read(ticket.facts.text), (ticket.facts, _with_category(ticket))
    return any(matches(rule, facts, words) is not None for rule in changed for facts in views)


def count_matches(tickets: Iterable[TriedTicket], rules: Iterable[Rule]) -> dict[int | str, int]:
    """How many of the tickets each rule matches, whether or not an earlier one decides them."""
    listed = list(rules)
    counts = {rule.id: 0 for rule in listed}
    for ticket in tickets:
        words = read(ticket.facts.text)
        facts = _with_category(ticket)
        for rule in listed:
            counts[rule.id] += matches(rule, facts, words) is not None
    return counts


def _with_category(ticket: TriedTicket) -> Facts:
    known = ticket.facts.to_dict()
    return Facts(**{**known, "category": ticket.facts.category or ticket.voted})
