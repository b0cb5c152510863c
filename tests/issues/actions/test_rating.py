"""Rating an answer."""

import pytest

from core.errors import Invalid, NotPossible
from issues.actions import enterprise, resolving
from tests.issues.actions.steps import do
from tests.issues.conftest import TaskForce


def test_rating_once_a_cycle(force: TaskForce) -> None:
    ticket = force.accepted()
    with pytest.raises(NotPossible):
        do("10:00", enterprise.rate, force.filer, ticket=ticket, score=5)
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="solved")
    for wrong in (0, 6, "five", None, True):
        with pytest.raises(Invalid):
            do("11:01", enterprise.rate, force.filer, ticket=ticket, score=wrong)
    do("11:02", enterprise.rate, force.filer, ticket=ticket, score=4, comment="Nhanh")
    with pytest.raises(NotPossible):
        do("11:03", enterprise.rate, force.filer, ticket=ticket, score=1)
