"""Many rows, each with values of its own, written by one statement."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.rows import insert_values, know_related, related_rows, update_rows
from issues.models import CategoryTerm, Ticket
from tests.factories.issues import make_agency, make_ticket, make_user
from tests.issues.conftest import at


def test_each_row_gets_its_own_values(db: None) -> None:
    filer = make_user()
    tickets = [make_ticket(filer=filer) for _ in range(3)]
    for number, ticket in enumerate(tickets):
        ticket.due_at, ticket.escalation_level, ticket.title = at(f"2026-11-1{number} 09:00"), number, "not written"
    tickets[2].due_at = None
    with CaptureQueriesContext(
        connection,
    ) as queries:
        update_rows(tickets, ["due_at", "escalation_level"])
    assert len(queries) == 1
    found = Ticket.objects.order_by("pk").values_list("due_at", "escalation_level")
    assert list(found) == [(at("2026-11-10 09:00"), 0), (at("2026-11-11 09:00"), 1), (None, 2)]
    assert not Ticket.objects.filter(title="not written").exists()


def test_nothing_to_write_is_no_query(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        update_rows([], ["due_at"])
    assert len(queries) == 0


def test_a_field_that_does_not_exist_is_an_error(db: None) -> None:
    with pytest.raises(KeyError):
        update_rows([make_ticket()], ["due_et"])


def test_values_become_rows(db: None) -> None:
    moment = at("2026-11-18 09:00")
    rows = [("tax", "thuế ‘khoán’", 4, moment), ("land", "100 % đất", 2.5, moment)]
    CategoryTerm.objects.all().delete()  # those that every installation begins with
    with CaptureQueriesContext(connection) as queries:
        insert_values(CategoryTerm, ("category", "phrase", "weight", "changed_at"), rows)
    assert len(queries) == 1
    found = CategoryTerm.objects.order_by("pk").values_list("category", "phrase", "weight", "changed_at")
    assert list(found) == rows


class TestRelated:
    """Known rows first, then prefetched ones, then a query."""

    def test_each_source_in_its_turn(self, db: None) -> None:
        first, second = make_agency("A1"), make_agency("A2")
        ticket = make_ticket()
        ticket.coordinating_agencies.set([first])
        with CaptureQueriesContext(connection) as queries:
            assert list(related_rows(ticket, "coordinating_agencies")) == [first]
        assert len(queries) == 1
        prefetched = Ticket.objects.prefetch_related("coordinating_agencies").get()
        with CaptureQueriesContext(connection) as queries:
            assert list(related_rows(prefetched, "coordinating_agencies")) == [first]
            know_related(prefetched, coordinating_agencies=[second], parts=[])
            assert list(related_rows(prefetched, "coordinating_agencies")) == [second]
            assert list(related_rows(prefetched, "parts")) == []
        assert len(queries) == 0

    def test_what_is_known_of_one_row_is_not_known_of_another(self, db: None) -> None:
        ticket, other = make_ticket(), make_ticket()
        know_related(ticket, coordinating_agencies=[make_agency("A1")])
        assert list(related_rows(other, "coordinating_agencies")) == []
