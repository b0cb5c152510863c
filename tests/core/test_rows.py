"""Many rows, each with values of its own, written by one statement."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.rows import insert_values, update_rows
from issues.models import CategoryTerm, Ticket
from tests.factories.issues import make_ticket, make_user
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
