"""Tickets as documents: found in every state, with the texts that their whole audience may read and no others."""

from typing import Any

import pytest

from core import clock
from issues.actions import consultations, conversation, drafts, enterprise, merging, publishing, resolving
from issues.actor import Actor
from issues.models import Ticket
from search.engines.base import Document
from search.sources.tickets import ticket_documents, ticket_ids
from tests.issues.conftest import MORNING, TaskForce, make_task_force


@pytest.fixture
def force(db: Any) -> TaskForce:
    return make_task_force()


def documents_of(ticket: Ticket) -> dict[str, Document]:
    return {document.locale: document for document in ticket_documents([ticket.pk])}


def words_of(ticket: Ticket) -> str:
    return " ".join(f"{one.title} {one.summary} {one.names} {one.body}" for one in ticket_documents([ticket.pk]))


def test_a_document_in_each_language(force: TaskForce) -> None:
    ticket = force.accepted(title="Hỏi về mái", body="Nhà xưởng năm 2012.")
    found = documents_of(ticket)
    assert set(found) == {"vi", "en"}
    assert {one.title for one in found.values()} == {"Hỏi về mái"}
    assert "Sở Xây dựng" in found["vi"].names
    assert "Department of Construction" in found["en"].names
    assert found["en"].url == f"/en/tickets/{ticket.code}/"
    for one in found.values():
        assert ticket.enterprise
        assert str(ticket.code) in one.names
        assert ticket.enterprise.name in one.names
        assert one.values["status"] == ("in_progress",)
        assert one.values["agency"] == one.values["agencies"] == ("SXD",)
        assert one.numbers["received"] * 60 == MORNING.timestamp()


def test_the_answer_is_in_it_and_what_is_kept_from_some_is_not(force: TaskForce) -> None:
    ticket = force.accepted(public_consent=True)
    officer = Actor.of(force.officer)
    with clock.at(MORNING):
        conversation.post_message(ticket=ticket, actor=officer, body="ghichú", visibility="internal")
        asked = consultations.request_consultation(ticket=ticket, actor=officer, agency="STP", question="câuhỏi")
        consultations.answer_consultation(consultation=asked, actor=Actor.of(force.justice_officer), answer="ýkiến")
        ticket = resolving.resolve(ticket=ticket, actor=officer, answer="Được miễn giấy phép", kind="solved")
        publishing.propose_publication(ticket=ticket, actor=officer, title="đềxuất", answer="côngkhai")
    text = words_of(ticket)
    assert "Được miễn giấy phép" in text
    for kept in ("ghichú", "câuhỏi", "ýkiến", "đềxuất", "côngkhai"):
        assert kept not in text


def test_every_state_but_a_draft_is_found(force: TaskForce) -> None:
    drafts.save_draft(actor=Actor.of(force.filer), title="Nháp")
    withdrawn, closed, merged, kept = (force.accepted() for _ in range(4))
    with clock.at(MORNING):
        enterprise.withdraw(ticket=withdrawn, actor=Actor.of(force.filer))
        resolving.resolve(ticket=closed, actor=Actor.of(force.officer), answer="Được", kind="solved")
        enterprise.confirm(ticket=Ticket.objects.get(pk=closed.pk), actor=Actor.of(force.filer))
        merging.merge(ticket=merged, actor=Actor.of(force.coordinator), into=kept.code)
    assert ticket_ids() == [withdrawn.pk, closed.pk, merged.pk, kept.pk]
    states = {one.values["status"][0] for one in ticket_documents(ticket_ids())}
    assert states == {"withdrawn", "closed", "merged", "in_progress"}


def test_few_queries_however_many(force: TaskForce, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        force.file()
    ids = ticket_ids()
    with django_assert_num_queries(2):
        list(ticket_documents(ids))
