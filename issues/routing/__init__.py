"""Routing: facts and rules → a decision with a trace. Pure Python; knows no framework and no database."""

from issues.routing.assign import Assignment, Officer, choose_assignee
from issues.routing.decide import THRESHOLD, Decision, decide, replay
from issues.routing.examples import Example
from issues.routing.explain import Names, explain, explain_rule
from issues.routing.facts import CATEGORIES, Facts
from issues.routing.rules import Match, Rule, RuleError, check_conditions, describe, matches
from issues.routing.terms import Term
from issues.routing.trace import Step
from issues.routing.vote import CategoryScore, Model, Weights

__all__ = [
    "CATEGORIES",
    "THRESHOLD",
    "Assignment",
    "CategoryScore",
    "Decision",
    "Example",
    "Facts",
    "Match",
    "Model",
    "Names",
    "Officer",
    "Rule",
    "RuleError",
    "Step",
    "Term",
    "Weights",
    "check_conditions",
    "choose_assignee",
    "decide",
    "describe",
    "explain",
    "explain_rule",
    "matches",
    "replay",
]
