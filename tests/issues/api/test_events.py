"""The history of one ticket over HTTP."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from issues.events.types import NotePosted
from issues.models import Ticket
from tests.factories.issues import make_event, make_ticket, make_user

pytestmark = pytest.mark.django_db


def get(user: User | None = None, path: str = "/api/v1/events", **query: Any) -> Any:
    client = Client()
    if user:
        client.force_login(user)
    return client.get(path, query)


def ids(response: Any) -> list[int]:
    assert response.status_code == 200, response.content
    return [event["id"] for event in response.json()["events"]]


class TestTicketEvents:
    def path(self, ticket: Ticket) -> str:
        return f"/api/v1/tickets/{ticket.code}/events"

    def test_a_filer_reads_the_own_history_and_goes_on_from_the_cursor(self) -> None:
        filer = make_user()
        ticket = make_ticket(filer=filer)
        first = make_event(ticket)
        make_event(ticket, NotePosted(message=1, body="nội bộ"))
        last = make_event(ticket)
        answer = get(filer, self.path(ticket))
        assert ids(answer) == [first.pk, last.pk]
        assert answer.json()["cursor"] == last.pk
        assert ids(get(filer, self.path(ticket), after=first.pk)) == [last.pk]
        assert get(filer, self.path(ticket), after=last.pk).json() == {"events": [], "cursor": last.pk}

    def test_others_do_not_learn_that_it_exists(self) -> None:
        ticket = make_ticket()
        make_event(ticket)
        assert get(make_user(), self.path(ticket)).status_code == 404
        assert get(None, self.path(ticket)).status_code == 401
        assert get(make_user(), "/api/v1/tickets/KN-NONE/events").status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_queries_do_not_grow_with_the_events(self, count: int, django_assert_num_queries: Any) -> None:
        filer = make_user()
        ticket = make_ticket(filer=filer)
        client = Client()
        client.force_login(filer)
        for _ in range(count):
            make_event(ticket)
        with django_assert_num_queries(6):  # session, person, roles, ticket, its agencies, events
            response = client.get(self.path(ticket))
        assert len(ids(response)) == count
