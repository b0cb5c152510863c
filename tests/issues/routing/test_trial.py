import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from issues.routing import Facts, TriedTicket, count_matches, decide, trial
from issues.routing.text_vote import CategoryScore
from tests.issues.routing.conftest import TODAY
from tests.issues.routing.test_check import CATEGORIES, Votes, facts, rule_sets
from tests.long import either


def tried(ticket, voted="tax", score=0.9):
    return TriedTicket("KN-1", ticket, [CategoryScore(voted, score), CategoryScore("other", 1 - score)], {"00004": "W"})


@settings(max_examples=either(40, 200), deadline=None)
@given(rule_sets(), rule_sets(), facts(), st.sampled_from(CATEGORIES))
def test_a_trial_finds_exactly_what_deciding_twice_finds(before, after, ticket, voted):
    def agencies(rules):
        decision = decide(ticket, rules, Votes(voted), {}, {"00004": "W"}, day=TODAY)
        return decision.lead_agency, set(decision.coordinating)

    changes = list(trial([tried(ticket, voted)], before, after, day=TODAY))
    assert bool(changes) is (agencies(before) != agencies(after))
    for change in changes:
        assert (change.before.lead_agency, set(change.before.coordinating)) == agencies(before)
        assert (change.after.lead_agency, set(change.after.coordinating)) == agencies(after)


@pytest.mark.parametrize(("score", "number"), [(0.9, 1), (0.3, 0)])
def test_a_match_may_stand_on_the_voted_category(make_rule, score, number):
    rule = make_rule(conditions={"category": ["tax"]})
    assert count_matches([tried(Facts("x"), score=score)], [rule]) == {1: number}
