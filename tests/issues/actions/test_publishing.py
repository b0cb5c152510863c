"""Publishing an answer takes consent and two people."""

import pytest

from core.errors import NotAllowed, NotPossible
from issues.actions import publishing, resolving
from tests.issues.actions.steps import do
from tests.issues.conftest import TaskForce


def test_publishing_needs_consent_and_a_second_person(force: TaskForce) -> None:
    ticket = force.accepted(public_consent=True)
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="Được.", kind="solved")
    with pytest.raises(NotPossible):
        do("11:01", publishing.publish, force.head, ticket=ticket)
    do("11:02", publishing.propose_publication, force.officer, ticket=ticket, title="Hỏi giấy phép", answer="Được.")
    with pytest.raises(NotAllowed):
        do("11:03", publishing.publish, force.officer, ticket=ticket)
    assert do("11:04", publishing.publish, force.head, ticket=ticket).is_published


def test_without_consent_nothing_is_published(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="Được.", kind="solved")
    with pytest.raises(NotPossible) as refused:
        do("11:02", publishing.propose_publication, force.officer, ticket=ticket, title="a", answer="b")
    assert refused.value.code == "no_consent"
