"""What happened to a ticket, as each reader sees it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from accounts.models import User
from core import clock
from issues.actions import conversation, enterprise, resolving
from issues.actor import Actor
from issues.models import Ticket
from issues.queries.routing_words import decision_sentences
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import PDF, text_of

pytestmark = pytest.mark.usefixtures("half_past_nine")
SignIn = Callable[[User], Client]


def do(time: str, action: Callable[..., Any], user: User, **fields: Any) -> Any:
    with clock.at(at(f"2026-11-18 {time}")):
        return action(actor=Actor.of(user), **fields)


def url(ticket: Ticket, query: str = "") -> str:
    return f"/en/tickets/{ticket.code}/{query}"


class TestTimeline:
    def test_files_stand_with_the_words_they_came_with(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:10", resolving.request_info, force.officer, ticket=ticket, question="Gửi giấy phép.")
        do("09:20", enterprise.provide_info, force.filer, ticket=ticket, text="Đây ạ")
        for name in ("a.pdf", "b.pdf"):
            do("09:20", conversation.attach, force.filer, ticket=ticket, upload=SimpleUploadedFile(name, PDF))
        entries = as_user(force.filer).get(url(ticket)).context["entries"]
        assert [file.name for file in entries[0].files] == ["a.pdf", "b.pdf"]
        assert entries[0].event.type == "ticket.info_provided"
        assert entries[1].note == "It was paused for 10 min"

    def test_the_newest_first_by_day(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted(at("2026-11-17 16:30"))
        do("09:10", conversation.post_message, force.officer, ticket=ticket, body="Chào")
        days = as_user(force.filer).get(url(ticket)).context["days"]
        assert [day.label for day in days] == ["Today, Wed 18 Nov", "Yesterday, Tue 17 Nov"]

    def test_why_it_went_there(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.file()
        response = as_user(force.filer).get(url(ticket))
        why = next(entry.why for entry in response.context["entries"] if entry.event.type == "ticket.routed")
        with translation.override("en"):
            assert list(why) == decision_sentences(ticket.routing_decisions.get())
        assert all(sentence in text_of(response) for sentence in why)

    def test_the_enterprise_does_not_read_whom_the_agency_chose(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.file()
        User.objects.filter(pk=ticket.assignee_id).update(name="Cán bộ thụ lý 7")
        assert "Cán bộ thụ lý 7" not in text_of(as_user(force.filer).get(url(ticket)))
        assert "Cán bộ thụ lý 7" in text_of(as_user(force.officer).get(url(ticket)))

    def test_text_is_text(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.file(title="<script>alert(1)</script>", body="<img src=x onerror=alert(1)> {who} %s")
        response = as_user(force.officer).get(url(ticket))
        assert b"<script>alert" not in response.content
        assert b"<img" not in response.content
        assert b"{who} %s" in response.content
