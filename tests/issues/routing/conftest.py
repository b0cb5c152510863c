from datetime import date

import pytest

from bench.routing import real_proposals
from issues.routing import Model, Rule
from issues.routing.defaults import default_examples, default_rules, default_terms

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def terms():
    return default_terms()


@pytest.fixture(scope="session")
def model(terms):
    return Model.train(real_proposals() + default_examples(), terms)


@pytest.fixture(scope="session")
def rules():
    return default_rules()


@pytest.fixture
def make_rule():
    def make(number=1, *, priority=100, conditions=None, lead_agency="SCT", **more):
        return Rule(
            id=number,
            number=number,
            version=more.pop("version", 1),
            priority=priority,
            name=more.pop("name", f"Rule {number}"),
            conditions=conditions if conditions is not None else {},
            lead_agency=lead_agency,
            **more,
        )

    return make
