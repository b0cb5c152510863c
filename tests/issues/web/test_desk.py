"""The tools of officers on a ticket's page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from core import clock
from core.errors import NotPossible
from issues import policies
from issues.actions import consultations, enterprise, extensions, resolving
from issues.actor import Actor
from issues.models import Ticket
from tests.issues import said
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import text_of

pytestmark = pytest.mark.usefixtures("half_past_nine")
SignIn = Callable[[User], Client]


def do(time: str, action: Callable[..., Any], user: User, **fields: Any) -> Any:
    with clock.at(at(f"2026-11-18 {time}")):
        return action(actor=Actor.of(user), **fields)


def url(ticket: Ticket, query: str = "") -> str:
    return f"/en/tickets/{ticket.code}/{query}"


class TestTools:
    """Only what the person may do now is offered."""

    def tools(self, user: User, ticket: Ticket, as_user: SignIn) -> list[str]:
        return list(as_user(user).get(url(ticket)).context["desk"].tools)

    def test_before_acceptance(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.file()
        assert self.tools(force.filer, ticket, as_user) == ["message", "withdraw"]
        assert self.tools(force.officer, ticket, as_user) == [
            "accept",
            "return",
            "reassign",
            "message",
            "note",
            "split",
            "merge",
        ]
        assert self.tools(force.coordinator, ticket, as_user) == [
            "route",
            "reroute",
            "message",
            "note",
            "split",
            "merge",
        ]
        assert self.tools(force.leader, ticket, as_user) == ["message", "note", "complex"]

    def test_at_work(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        assert self.tools(force.officer, ticket, as_user) == [
            "resolve", "request_info", "consult", "return", "extend", "reassign", "message", "note", "split", "merge",
        ]  # fmt: skip
        assert self.tools(force.colleague, ticket, as_user) == ["return", "message", "note", "split", "merge"]

    def test_asked(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:10", resolving.request_info, force.officer, ticket=ticket, question="Giấy phép nào?")
        assert self.tools(force.filer, ticket, as_user) == ["provide_info", "message", "withdraw"]

    def test_answered(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted(public_consent=True)
        do("09:10", resolving.resolve, force.officer, ticket=ticket, answer="Được.", kind="solved")
        assert self.tools(force.filer, ticket, as_user) == ["confirm", "rate", "reopen", "message"]
        assert "propose_publication" in self.tools(force.officer, ticket, as_user)

    def test_withdrawn(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:10", enterprise.withdraw, force.filer, ticket=ticket)
        assert self.tools(force.filer, ticket, as_user) == []
        assert self.tools(force.officer, ticket, as_user) == []

    def test_an_open_opinion_holds_the_answer_back(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        asked = do(
            "09:10",
            consultations.request_consultation,
            force.officer,
            ticket=ticket,
            agency="STP",
            question="Có được không?",
        )
        response = as_user(force.officer).get(url(ticket))
        page = text_of(response)
        with pytest.raises(NotPossible) as refused, translation.override("en"):
            policies.check_nothing_open(ticket)
        assert refused.value.message in page
        assert 'type="submit" disabled aria-describedby="desk-reason"' in page
        assert said.of_next_step(ticket) in page
        assert f"consultation_cancel-{asked.pk}" in response.context["desk"].tools
        theirs = as_user(force.justice_officer).get(url(ticket))
        assert theirs.context["desk"].current.key == f"consultation_answer-{asked.pk}"
        assert "Có được không?" in text_of(theirs)

    def test_a_leader_decides_on_more_time(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:10", extensions.request_extension, force.officer, ticket=ticket, working_days=2, reason="Chờ")
        tool = as_user(force.leader).get(url(ticket)).context["desk"].current
        assert tool.name == "extension_decision"

    def test_tabs_are_links(self, force: TaskForce, as_user: SignIn) -> None:
        response = as_user(force.officer).get(url(force.accepted(), "?tab=consult"))
        assert response.context["desk"].current.name == "consult"
        assert '<a href="?tab=return#ticket-desk">' in text_of(response)
        assert as_user(force.officer).get(url(force.file(), "?tab=nonsense")).status_code == 200
