"""The page of handing over all open tickets: the plan, what it refuses, and how it is undone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core.errors import Invalid
from issues.actions import resolving, roster_absences
from issues.actor import Actor
from issues.models import Ticket
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import text_of

pytestmark = pytest.mark.usefixtures("half_past_nine")
SignIn = Callable[[User], Client]
PAGE = "/en/handover/"


def work(force: TaskForce, number: int = 3) -> list[Ticket]:
    """Tickets that the officer is in charge of: accepted ones, and the last waits for the enterprise."""
    tickets = [force.accepted() for _ in range(number)]
    resolving.request_info(ticket=tickets[-1], actor=Actor.of(force.officer), question="?")
    return tickets


def assignees(tickets: list[Ticket]) -> list[int | None]:
    return list(Ticket.objects.filter(pk__in=[t.pk for t in tickets]).order_by("pk").values_list("assignee", flat=True))


class TestPage:
    def test_first_what_there_is_then_what_would_happen_then_it_is_done_and_undone(
        self, force: TaskForce, as_user: SignIn
    ) -> None:
        tickets, client = work(force), as_user(force.officer)
        assert "3 open tickets" in text_of(client.get(PAGE))
        preview = text_of(client.get(PAGE, {"agency": "SXD", "to": force.colleague.email, "reason": "Ốm"}))
        assert "3 tickets will be handed over" in preview
        assert assignees(tickets) == [force.officer.pk] * 3
        done = client.post(PAGE, {"agency": "SXD", "to": force.colleague.email, "reason": "Ốm"}, follow=True)
        assert "3 tickets were handed over." in text_of(done)
        assert assignees(tickets) == [force.colleague.pk] * 3
        resolving.resolve(ticket=tickets[0], actor=Actor.of(force.colleague), answer="Được.", kind="solved")
        token = next(iter(done.context["messages"])).extra_tags.removeprefix("undo:")
        undone = client.post("/en/undo/", {"token": token}, follow=True)
        [message] = undone.context["messages"]
        assert str(tickets[0].code) in message.message
        assert "2" in message.message.replace(str(tickets[0].code), "")
        assert assignees(tickets) == [force.colleague.pk, force.officer.pk, force.officer.pk]

    def test_refused_it_says_why_and_keeps_what_was_typed(self, force: TaskForce, as_user: SignIn) -> None:
        work(force, 1)
        response = as_user(force.officer).post(PAGE, {"agency": "SXD", "to": "", "reason": "Đi học"})
        assert response.status_code == 422
        assert 'value="Đi học"' in text_of(response)

    def test_who_may_open_it(self, force: TaskForce, as_user: SignIn) -> None:
        asked = {"agency": "SXD", "officer": force.officer.pk}
        statuses = {
            name: as_user(getattr(force, name)).get(PAGE, asked).status_code
            for name in ("officer", "head", "colleague", "coordinator", "finance_officer", "filer")
        }
        assert statuses == {
            "officer": 200, "head": 200, "colleague": 403, "coordinator": 403, "finance_officer": 404, "filer": 403,
        }  # fmt: skip
        for wrong in ({"agency": "X"}, {"agency": "SXD", "officer": "0"}, {"agency": "SXD", "officer": "9" * 30}):
            assert as_user(force.head).get(PAGE, wrong).status_code in (403, 404)
        assert as_user(force.coordinator).get(PAGE).status_code == 404  # belongs to no agency

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries(self, force: TaskForce, as_user: SignIn, django_assert_num_queries: Any, number: int) -> None:
        work(force, number)
        client, asked = as_user(force.head), {"agency": "SXD", "officer": force.officer.pk, "to": "load"}
        client.get(PAGE, asked)
        with django_assert_num_queries(16):
            client.get(PAGE, asked)


def test_somebody_absent_is_not_put_in_charge(force: TaskForce) -> None:
    roster_absences.enter_absence(
        agency=force.construction,
        actor=Actor.of(force.colleague),
        first_day="2026-11-18",
        last_day="2026-11-19",
    )
    ticket = force.file(at("2026-11-18 09:20"))
    with pytest.raises(Invalid):
        resolving.accept(ticket=ticket, actor=Actor.of(force.officer), assignee=force.colleague.email)
    # A person who is in the office after all may take it themselves.
    assert resolving.accept(ticket=ticket, actor=Actor.of(force.colleague)).assignee == force.colleague


def test_a_form_without_a_colleague_says_so(force: TaskForce, as_user: SignIn) -> None:
    answer = as_user(force.officer).post("/vi/handover/")
    assert answer.status_code == 422
    assert 'id="id_to"' in answer.content.decode()
    assert "is-invalid" in answer.content.decode()
