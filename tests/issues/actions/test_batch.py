"""Many tickets at once: one transaction, all or nothing."""

from typing import Any

import pytest

from core import clock
from issues.actions.batch import HOLD, Pace, system_batch
from issues.events.clock_events import ClockBreached
from issues.models import Ticket, TicketEvent
from tests.factories.issues import make_ticket
from tests.issues.conftest import TaskForce, at


def test_it_takes_as_many_as_fit_into_the_time() -> None:
    pace = Pace(size=40, least=5, most=200)
    for _ in range(20):
        pace.learn(pace.size, pace.size * HOLD / 80)  # 80 tickets take as long as a batch may
    assert 75 <= pace.size <= 85
    for _ in range(20):
        pace.learn(pace.size, 10.0)
    assert pace.size == 5
    for _ in range(20):
        pace.learn(pace.size, 0.0)
    assert pace.size == 200


@pytest.mark.django_db
def test_a_failure_leaves_nothing_behind() -> None:
    ticket = make_ticket()

    def fail() -> None:
        with system_batch([ticket.pk]) as running:
            running[ticket.pk].ticket.escalation_level = 3
            running[ticket.pk].record(_breached())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.escalation_level, TicketEvent.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_what_was_told_is_written_with_its_ticket_and_the_rest_stays(force: TaskForce) -> None:
    told, silent = force.file(), force.file()
    before = TicketEvent.objects.count()
    with clock.at(at("2026-11-18 18:00")), system_batch([told.pk, silent.pk]) as running:
        for operation in running.values():
            operation.ticket.escalation_level = 1
        running[told.pk].record(_breached())
    assert TicketEvent.objects.count() == before + 1
    levels = (
        Ticket.objects.filter(pk__in=[told.pk, silent.pk]).order_by("pk").values_list("escalation_level", flat=True)
    )
    assert list(levels) == [1, 0]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_queries(number: int, django_assert_max_num_queries: Any) -> None:
    tickets = [make_ticket().pk for _ in range(number)]
    with django_assert_max_num_queries(9), system_batch(tickets) as running:
        for operation in running.values():
            operation.record(_breached())


def _breached() -> ClockBreached:
    return ClockBreached(clock="resolution", clock_id=1, due_at=at("2026-11-18 17:30"))
