"""Saved replies: whose they are, and what cannot be kept. Their pages: web/test_replies."""

import pytest

from core.errors import Invalid, NotAllowed, NotPossible, NotSignedIn, NotVisible
from issues.actions import replies
from issues.actor import Actor
from issues.models import SavedReply
from tests.issues.conftest import TaskForce


def test_own_ones_are_for_oneself_alone(force: TaskForce) -> None:
    officer, colleague = Actor.of(force.officer), Actor.of(force.colleague)
    reply = replies.create_reply(actor=officer, title="Giấy tờ", body="Anh/chị gửi bản sao.")
    assert (reply.owner, reply.agency, reply.changed_by) == (force.officer, None, force.officer)
    for action in (replies.note_use, replies.delete_reply):
        with pytest.raises(NotVisible):
            action(reply=reply, actor=colleague)
    with pytest.raises(NotVisible):
        replies.change_reply(reply=reply, actor=colleague, title="x", body="x")
    replies.delete_reply(reply=reply, actor=officer)
    assert not SavedReply.objects.exists()


def test_shared_ones_are_used_by_all_and_changed_by_the_head(force: TaskForce) -> None:
    head, officer = Actor.of(force.head), Actor.of(force.officer)
    with pytest.raises(NotAllowed):
        replies.create_reply(actor=officer, title="x", body="x", agency="SXD")
    with pytest.raises(NotAllowed):
        replies.create_reply(actor=head, title="x", body="x", agency="STC")
    reply = replies.create_reply(actor=head, title="x", body="x", agency="SXD")
    replies.note_use(reply=reply, actor=officer)
    assert SavedReply.objects.get().used == 1
    with pytest.raises(NotAllowed):
        replies.change_reply(reply=reply, actor=officer, title="y", body="y")
    assert replies.change_reply(reply=reply, actor=head, title="y", body="y").title == "y"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": "", "body": ""}, {"title", "body"}),
        ({"title": "x" * 1000, "body": "x"}, {"title"}),
        ({"title": "x", "body": "{nonsense}"}, {"body"}),
        ({"title": "x", "body": "x", "agency": "NOWHERE"}, {"agency"}),
    ],
)
def test_what_is_wrong_is_named(force: TaskForce, fields: dict[str, str], wrong: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        replies.create_reply(actor=Actor.of(force.head), **fields)
    assert set(refused.value.fields) == wrong


def test_there_are_not_too_many(force: TaskForce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "MOST_REPLIES", 1)
    replies.create_reply(actor=Actor.of(force.officer), title="x", body="x")
    with pytest.raises(NotPossible):
        replies.create_reply(actor=Actor.of(force.officer), title="y", body="y")
    assert replies.create_reply(actor=Actor.of(force.colleague), title="x", body="x")  # each has their own


def test_only_for_those_who_work_for_the_city(force: TaskForce) -> None:
    with pytest.raises(NotSignedIn):
        replies.create_reply(actor=Actor.of(None), title="x", body="x")
    with pytest.raises(NotAllowed):
        replies.create_reply(actor=Actor.of(force.filer), title="x", body="x")
