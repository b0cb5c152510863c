"""Searching tickets when no engine answers. With one: tests/search/test_tickets.py."""

from typing import Any

import pytest
from django.db.models import Q

from accounts import people
from investment.catalogue import EngineUnavailable
from issues.queries import ticket_search
from issues.queries.ticket_search import TicketQuery, TicketsFound, search_tickets
from tests.issues.conftest import TaskForce


@pytest.fixture(autouse=True)
def without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticket_search, "_finder", None)


def ids(force: TaskForce, text: str, **more: Any) -> list[int]:
    return list(search_tickets(TicketQuery(people.of(force.leader), text, **more)).ids)


def test_the_database_answers_and_says_so(force: TaskForce) -> None:
    ticket = force.file(title="Hỏi về mái nhà xưởng")
    found = search_tickets(TicketQuery(people.of(force.leader), "mai XUONG"))
    assert (found.count, list(found.ids)) == (1, [ticket.pk])
    assert found.note


def test_it_answers_when_the_engine_cannot(force: TaskForce, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(query: TicketQuery) -> TicketsFound:
        raise EngineUnavailable

    ticket_search.register(broken)
    ticket = force.file(title="Hỏi về mái nhà xưởng")
    assert ids(force, "mái") == [ticket.pk]


def test_the_ticket_of_a_code_comes_first(force: TaskForce) -> None:
    meant = force.file()
    number = str(meant.code).rpartition("-")[2]
    later = force.file(title=f"Bổ sung cho {meant.code}, số {number}")
    assert ids(force, str(meant.code).lower()) == [meant.pk, later.pk]
    assert ids(force, number)[0] == meant.pk
    assert ids(force, str(meant.code).replace("-", "")) == [meant.pk]


def test_filters_and_what_is_never_wanted(force: TaskForce) -> None:
    building = force.file(title="Giấy phép A")
    tax = force.file(title="Giấy phép B", category="tax")
    assert ids(force, "giấy phép", category="tax") == [tax.pk]
    assert ids(force, "giấy phép", agency="SXD") == [building.pk]
    assert ids(force, "giấy phép", status=("closed",)) == []
    assert ids(force, "giấy phép", only=Q(pk=tax.pk)) == [tax.pk]
    assert ids(force, "giấy phép", never=Q(pk=tax.pk)) == [building.pk]


def test_the_enterprise_is_found_by_name_and_tax_code(force: TaskForce) -> None:
    ticket = force.file()
    assert ticket.enterprise
    assert ids(force, ticket.enterprise.name) == ids(force, ticket.enterprise.tax_code) == [ticket.pk]


def test_pages(force: TaskForce) -> None:
    filed = [force.file().pk for _ in range(3)]
    assert ids(force, "giấy phép", limit=2) == filed[:0:-1]
    assert ids(force, "giấy phép", limit=2, offset=2) == filed[:1]
    assert ids(force, "giấy phép", limit=2, offset=9) == []


def test_the_code_of_somebody_elses_ticket_finds_nothing(force: TaskForce) -> None:
    ticket = force.file()
    found = search_tickets(TicketQuery(people.of(force.other_filer), str(ticket.code)))
    assert (found.count, list(found.ids)) == (0, [])
