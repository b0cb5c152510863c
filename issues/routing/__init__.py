"""Routing: facts and rules → a decision with a trace. Pure Python; knows no framework and no database."""

from issues.routing.alike import likeness
from issues.routing.assign import Assignment, Officer, choose_assignee
from issues.routing.check import RuleWarning, check_rules
from issues.routing.decide import THRESHOLD, Decision, decide, replay
from issues.routing.differences import Difference, differences
from issues.routing.examples import Example, Examples
from issues.routing.explain import Names, explain
from issues.routing.facts import CATEGORIES, Facts
from issues.routing.rule_matching import Match, Rule, RuleError, check_conditions, describe, matches
from issues.routing.sentence import say_rule
from issues.routing.terms import Term
from issues.routing.text_vote import CategoryScore, Model, Weights
from issues.routing.tokens import features, read
from issues.routing.trace import Step
from issues.routing.trial import Change, TriedTicket, count_matches, trial

__all__ = [
    "CATEGORIES",
    "THRESHOLD",
    "Assignment",
    "CategoryScore",
    "Change",
    "Decision",
    "Difference",
    "Example",
    "Examples",
    "Facts",
    "Match",
    "Model",
    "Names",
    "Officer",
    "Rule",
    "RuleError",
    "RuleWarning",
    "Step",
    "Term",
    "TriedTicket",
    "Weights",
    "check_conditions",
    "check_rules",
    "choose_assignee",
    "count_matches",
    "decide",
    "describe",
    "differences",
    "explain",
    "features",
    "likeness",
    "matches",
    "read",
    "replay",
    "say_rule",
    "trial",
]
