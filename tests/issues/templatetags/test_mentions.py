"""Mentions are marked on the page."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from issues.actions import consultations, conversation
from issues.actor import Actor
from issues.models import Ticket, TicketEvent
from tests.issues.conftest import TaskForce, at

NAMES = {
    "officer": "Cán bộ XD-1",
    "colleague": "Cán bộ XD-12",
    "head": "Lãnh đạo Sở XD",
    "justice_officer": "Cán bộ TP-1",
    "finance_officer": "Cán bộ TC-1",
    "coordinator": "Điều phối viên 1",
    "leader": "Lãnh đạo thành phố 1",
}


@pytest.fixture
def ticket(force: TaskForce) -> Ticket:
    """Construction leads, justice is asked, finance has no part in it. Everybody has a name."""
    for role, name in NAMES.items():
        User.objects.filter(pk=getattr(force, role).pk).update(name=name, language="en")
        getattr(force, role).refresh_from_db()
    ticket = force.accepted()
    with clock.at(at("2026-11-18 09:05")):
        consultations.request_consultation(ticket=ticket, actor=Actor.of(force.officer), agency="STP", question="?")
    return ticket


def note(force: TaskForce, ticket: Ticket, body: Any, **fields: Any) -> TicketEvent:
    with clock.at(at("2026-11-18 09:10")):
        conversation.post_message(
            ticket=ticket, actor=Actor.of(force.officer), body=body, visibility="internal", **fields
        )
    return TicketEvent.objects.filter(ticket=ticket, type="note.posted").latest("id")


class TestPage:
    def page(self, force: TaskForce, ticket: Ticket, tab: str = "note") -> str:
        client = Client()
        client.force_login(force.officer)
        return client.get(f"/en/tickets/{ticket.code}/?tab={tab}").content.decode()

    def test_names_are_marked(self, force: TaskForce, ticket: Ticket) -> None:
        note(force, ticket, "@Cán bộ TP-1 xem <b>giúp</b>")
        page = self.page(force, ticket)
        assert '<b class="mention">@Cán bộ TP-1</b> xem &lt;b&gt;giúp&lt;/b&gt;' in page

    def test_who_can_be_mentioned_is_listed_where_a_note_is_written(self, force: TaskForce, ticket: Ticket) -> None:
        page = self.page(force, ticket)
        assert "<li>@Cán bộ TP-1</li>" in page
        assert "Cán bộ TC-1" not in page
        assert "<li>@Cán bộ TP-1</li>" not in self.page(force, ticket, "message")
