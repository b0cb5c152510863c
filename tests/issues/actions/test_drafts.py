"""Drafts: kept whatever they hold, and handed in once."""

import pytest

from core import clock
from core.errors import NotPossible, NotVisible
from issues.actions import drafts, filing
from issues.actor import Actor
from issues.models import Ticket
from tests.issues.conftest import MORNING, TaskForce


def test_the_draft_becomes_the_ticket(force: TaskForce) -> None:
    actor = Actor.of(force.filer)
    draft = drafts.save_draft(actor=actor, title="Nửa câu", body="")
    with clock.at(MORNING):
        ticket = filing.file_ticket(actor=actor, title="Cả câu", body="Đủ rồi", category="construction", draft=draft)
    assert (ticket.pk, ticket.title, ticket.status) == (draft.pk, "Cả câu", "routed")


def test_a_draft_submitted_in_another_tab_is_refused(force: TaskForce) -> None:
    actor = Actor.of(force.filer)
    draft = drafts.save_draft(actor=actor, title="Tiêu đề", body="Nội dung")
    filing.file_ticket(actor=actor, title="Tiêu đề", body="Nội dung", draft=draft)
    with pytest.raises(NotPossible) as refused:
        filing.file_ticket(actor=actor, title="Tiêu đề", body="Nội dung", draft=draft)
    assert refused.value.code == "submitted_before"
    assert Ticket.objects.count() == 1


def test_a_draft_belongs_to_its_filer_alone(force: TaskForce) -> None:
    draft = drafts.save_draft(actor=Actor.of(force.filer), title="Riêng", body="")
    for stranger in (force.other_filer, force.officer, force.coordinator):
        with pytest.raises(NotVisible):
            drafts.save_draft(actor=Actor.of(stranger), draft=draft, title="Của tôi", body="")
        with pytest.raises(NotVisible):
            drafts.discard_draft(actor=Actor.of(stranger), draft=draft)


def test_a_draft_keeps_even_what_cannot_be_filed(force: TaskForce) -> None:
    draft = drafts.save_draft(actor=Actor.of(force.filer), title="", body="chỉ có nội dung", ward="không có")
    assert (draft.body, draft.ward, draft.status) == ("chỉ có nội dung", None, "draft")
