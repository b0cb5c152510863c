"""What is wrong with a proposal is named before anything is kept."""

import pytest

from core.errors import Invalid
from issues.actions import filing
from issues.actor import Actor
from issues.models import BODY_MAX, Ticket
from tests.issues.conftest import TaskForce


def test_every_wrong_field_is_named_at_once(force: TaskForce) -> None:
    with pytest.raises(Invalid) as refused:
        filing.file_ticket(
            actor=Actor.of(force.filer),
            title=" \u0000 ",
            body="x" * (BODY_MAX + 1),
            kind="complex",
            category="zzz",
            ward="99999",
            project="NO-1",
        )
    assert set(refused.value.fields) == {"title", "body", "kind", "category", "ward", "project"}
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("value", [5, ["a"], {"a": 1}])
def test_a_text_must_be_a_text(force: TaskForce, value: object) -> None:
    with pytest.raises(Invalid) as refused:
        filing.file_ticket(actor=Actor.of(force.filer), title=value, body="Nội dung")
    assert set(refused.value.fields) == {"title"}


def test_hostile_characters_are_cleaned_not_stored(force: TaskForce) -> None:
    ticket = force.file(title="Hỏi\u0000 thuế\ud800", body="a\u0000b")
    ticket.refresh_from_db(fields=["title", "body"])
    assert "\u0000" not in ticket.title + ticket.body
    assert ticket.body == "ab"
