"""Prepared queries and remembered tables give what ordinary queries give."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from accounts.models import Agency, ApiToken
from cms.models import HomePage
from core import remembered
from core.prepared import Param, Prepared, PreparedInsert, PreparedObjects, fetch
from core.remembered import Remembered
from issues.clocks.calendars import calendar_id_for
from issues.models import ClockKind, RoutingDecision, Ticket, TicketClock
from tests.factories.issues import make_agency, make_enterprise, make_ticket, make_user

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def test_values_come_converted() -> None:
    """Dates, JSON, booleans and nothing as the ORM would give them."""
    ticket = make_ticket(received_at=MOMENT)
    RoutingDecision.objects.create(ticket=ticket, method="hand", inputs={"a": [1, "ầ"]})
    prepared = Prepared(
        lambda: RoutingDecision.objects.filter(ticket_id=Param("ticket")).values_list(
            "ticket__received_at", "inputs", "rule_id", "ticket__may_return", "ticket__public_id"
        )
    )
    expected = [(MOMENT, {"a": [1, "ầ"]}, None, True, ticket.public_id)]
    assert prepared(ticket=ticket.pk) == prepared(ticket=ticket.pk) == expected
    assert prepared(ticket=ticket.pk + 1) == []


def test_values_are_values_and_never_sql() -> None:
    make_agency("A1")
    prepared = Prepared(lambda: Agency.objects.filter(code=Param("code")).values_list("code"))
    assert prepared(code="A1") == [("A1",)]
    assert prepared(code="A1' OR '1'='1") == prepared(code='"; DROP TABLE accounts_agency; --') == []


def test_dates_and_several_parameters_in_any_order() -> None:
    user = make_user()
    old, _secret = ApiToken.issue(user=user, name="old")
    ApiToken.objects.filter(pk=old.pk).update(created_at=MOMENT)
    ApiToken.issue(user=user, name="new")
    prepared = Prepared(
        lambda: ApiToken.objects.filter(created_at__lte=Param("until"), user_id=Param("user")).values_list("name")
    )
    assert prepared(user=user.pk, until=MOMENT + timedelta(minutes=1)) == [("old",)]


def test_a_forgotten_parameter_is_a_mistake() -> None:
    prepared = Prepared(lambda: Agency.objects.filter(code=Param("code")).values_list("code"))
    with pytest.raises(KeyError):
        prepared()


def test_whoever_watches_statements_sees_these_too(django_assert_num_queries: Any) -> None:
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        assert fetch(connection, "SELECT %s + 1", [41]) == [(42,)]
    assert seen == ["SELECT %s + 1"]
    with django_assert_num_queries(1):
        fetch(connection, "SELECT 1", [])


def test_an_error_of_the_database_is_one_of_djangos() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        fetch(connection, "SELECT nothing FROM nowhere", [])


def test_a_broken_transaction_is_told() -> None:
    with transaction.atomic():
        with pytest.raises(DatabaseError), transaction.atomic(savepoint=False):
            fetch(connection, "SELECT nothing FROM nowhere", [])
        with pytest.raises(TransactionManagementError):
            fetch(connection, "SELECT 1", [])


class TestObjects:
    def test_they_are_those_of_the_orm_with_what_belongs_to_them(self, django_assert_num_queries: Any) -> None:
        lead = make_agency("A1")
        ticket = make_ticket(agency=lead, enterprise=make_enterprise(), received_at=MOMENT)
        prepared = PreparedObjects(
            lambda: (
                Ticket.objects.filter(pk=Param("pk"))
                .select_related("lead_agency", "project", "enterprise")
                .defer("body", "lead_agency__remit_vi")
            )
        )
        for _ in range(2):
            with django_assert_num_queries(1):
                (found,) = prepared(pk=ticket.pk)
                assert found == ticket
                assert (found.received_at, found.lead_agency, found.project) == (MOMENT, lead, None)
                assert found.enterprise.tax_code == ticket.enterprise.tax_code
        with django_assert_num_queries(1):
            assert found.body == ticket.body  # was left out, and is read when it is asked for
        assert prepared(pk=ticket.pk + 1) == []

    def test_the_saved_object_is_a_whole_one(self) -> None:
        ticket = make_ticket()
        (found,) = PreparedObjects(lambda: Ticket.objects.filter(pk=Param("pk")))(pk=ticket.pk)
        found.title = "Another"
        found.save()
        assert Ticket.objects.get().title == "Another"


class TestInsert:
    def test_rows_are_as_the_orm_would_have_saved_them(self, django_assert_num_queries: Any) -> None:
        """Texts, choices, instants, JSON, booleans, keys of other rows and nothing."""
        ticket = make_ticket()
        rows = [
            RoutingDecision(
                ticket=ticket, method=method, at=MOMENT, inputs={"ầ": [1, None]}, lead_agency=make_agency(f"L{n}")
            )
            for n, method in enumerate((RoutingDecision.Method.RULE, "hand"))
        ]
        with django_assert_num_queries(1):
            PreparedInsert(RoutingDecision)(rows)
        for row in rows:
            assert not row._state.adding
            saved = RoutingDecision.objects.get(pk=row.pk)
            for field in RoutingDecision._meta.concrete_fields:
                assert getattr(saved, field.attname) == getattr(row, field.attname), field.name
        assert rows[0].pk < rows[1].pk

    def test_a_row_saved_again_is_the_same_row(self) -> None:
        row = TicketClock(
            ticket=make_ticket(), kind=ClockKind.RESPONSE, target={}, started_at=MOMENT,
            first_due_at=MOMENT, calendar_id=calendar_id_for(None),
        )  # fmt: skip
        PreparedInsert(TicketClock)([row])
        row.met = True
        row.save()
        assert TicketClock.objects.get().met is True

    def test_nothing_asks_nothing(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            PreparedInsert(Ticket)([])

    def test_a_value_that_is_refused_is_refused(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            PreparedInsert(RoutingDecision)([RoutingDecision(method="hand")])

    def test_a_model_with_parents_is_left_to_the_orm(self) -> None:
        with pytest.raises(TypeError, match="ORM"):
            PreparedInsert(HomePage)([HomePage(title="?")])


class TestRemembered:
    @pytest.fixture
    def codes(self) -> Any:
        return Remembered(lambda: sorted(Agency.objects.values_list("code", flat=True)), of=[Agency])

    def test_it_asks_once(self, codes: Any, django_assert_num_queries: Any) -> None:
        make_agency("A1")
        with django_assert_num_queries(1):
            assert codes.get() == codes.get() == ["A1"]

    def test_a_saved_and_a_deleted_row_are_seen_at_once(self, codes: Any) -> None:
        first = make_agency("A1")
        assert codes.get() == ["A1"]
        make_agency("A2")
        assert codes.get() == ["A1", "A2"]
        first.delete()
        assert codes.get() == ["A2"]

    def test_a_change_elsewhere_is_seen_after_a_while(self, codes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        make_agency("A1")
        monkeypatch.setattr(remembered, "SECONDS", 0.0)
        assert codes.get() == ["A1"]
        Agency.objects.update(code="B1")  # as another process would: no signal arrives
        assert codes.get() == ["B1"]

    def test_what_was_rolled_back_is_forgotten_with_the_rest(self, codes: Any) -> None:
        with transaction.atomic():
            make_agency("A1")
            assert codes.get() == ["A1"]
            transaction.set_rollback(True)
        remembered.forget_all()
        assert codes.get() == []
