"""Prepared queries and remembered tables give what ordinary queries give."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from accounts.models import Agency, ApiToken
from core import remembered
from core.prepared import Param, Prepared
from core.remembered import Remembered
from issues.models import RoutingDecision
from tests.factories.issues import make_agency, make_ticket, make_user

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
