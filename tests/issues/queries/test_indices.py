"""The indices, from the log alone, against cases whose figures can be counted by hand."""

from datetime import date, datetime
from typing import Any

import pytest

from core import clock
from issues.actions import enterprise, extensions, resolving
from issues.actor import Actor
from issues.models import Ticket
from issues.queries.indices import Period, Rate, compute, indices, last_working_days, month
from tests.issues.conftest import TaskForce, at

DAY = Period(date(2026, 11, 18), date(2026, 11, 18))


def answer(force: TaskForce, moment: datetime, *, filed: str = "2026-11-18 09:00", **fields: Any) -> Ticket:
    ticket = force.accepted(at(filed), **fields)
    with clock.at(moment):
        return resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Xong.", kind="solved")


def act(moment: str, action: Any, user: Any, **fields: Any) -> Any:
    with clock.at(at(moment)):
        return action(actor=Actor.of(user), **fields)


def test_a_share_of_fewer_than_five_is_not_given() -> None:
    assert Rate(4, 4).share is None
    assert Rate(4, 5).share == 0.8
    assert Rate(0, 0).share is None


def test_periods() -> None:
    assert month(2026, 2) == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert month(2026, 12) == Period(date(2026, 12, 1), date(2026, 12, 31))


def test_the_last_working_days_leave_out_the_weekend(force: TaskForce) -> None:
    assert last_working_days(at("2026-11-18 10:00"), 10) == Period(date(2026, 11, 5), date(2026, 11, 18))
    assert last_working_days(at("2026-11-22 10:00"), 1) == Period(date(2026, 11, 20), date(2026, 11, 22))


def test_in_time_median_and_agencies(force: TaskForce) -> None:
    answer(force, at("2026-11-18 10:00"))  # 60 working minutes
    answer(force, at("2026-11-18 14:00"))  # 210: the lunch break does not count
    answer(force, at("2026-11-18 17:30"))  # 420, exactly at the due time
    found = indices(DAY)
    assert (found.received, found.answered) == (3, 3)
    assert (found.same_day.part, found.median_minutes) == (3, 210)
    assert found.buckets == [0, 1, 0, 1, 0, 0, 1, 0]
    assert [(g.key, g.in_time, g.late) for g in found.agencies] == [("SXD", 3, 0)]
    assert [(g.key, g.rate.whole) for g in found.days] == [(DAY.first, 3)]


def test_a_late_answer_is_late(force: TaskForce) -> None:
    answer(force, at("2026-11-19 08:30"))
    found = indices(Period(date(2026, 11, 18), date(2026, 11, 19)))
    assert (found.same_day.part, found.same_day.whole) == (0, 1)
    assert [(g.in_time, g.late) for g in found.days] == [(0, 0), (0, 1)]


def test_an_extension_does_not_make_a_late_answer_one_in_time(force: TaskForce) -> None:
    ticket = force.accepted(at("2026-11-18 09:00"))
    asked = act(
        "2026-11-18 10:00", extensions.request_extension, force.officer, ticket=ticket, working_days=3, reason="?"
    )
    act("2026-11-18 11:00", extensions.decide_extension, force.leader, extension=asked, granted=True, reason="Được")
    act("2026-11-19 09:00", resolving.resolve, force.officer, ticket=ticket, answer="Xong", kind="solved")
    assert Ticket.objects.get(pk=ticket.pk).clocks.get(kind="resolution").met is True
    assert indices(Period(date(2026, 11, 18), date(2026, 11, 19))).same_day == Rate(0, 1)


def test_time_in_which_the_enterprise_was_asked_does_not_count(force: TaskForce) -> None:
    ticket = force.accepted(at("2026-11-18 09:00"))
    act("2026-11-18 09:30", resolving.request_info, force.officer, ticket=ticket, question="?")
    act("2026-11-18 11:30", enterprise.provide_info, force.filer, ticket=ticket, text="Đây")
    act("2026-11-18 12:00", resolving.resolve, force.officer, ticket=ticket, answer="Xong", kind="solved")
    assert indices(DAY).median_minutes == 60


def test_reopening_counts_against_the_answer_that_did_not_help(force: TaskForce) -> None:
    ticket = answer(force, at("2026-11-18 10:00"))
    act("2026-11-18 10:30", enterprise.reopen, force.filer, ticket=ticket, reason="Chưa rõ")
    act("2026-11-18 11:00", resolving.resolve, force.officer, ticket=ticket, answer="Rõ hơn", kind="solved")
    assert indices(DAY).reopened == Rate(1, 2)


def test_silence_is_unconfirmed_and_never_satisfied(force: TaskForce) -> None:
    rated, grumbled, silent, waiting = (answer(force, at("2026-11-18 10:00")) for _ in range(4))
    act("2026-11-18 11:00", enterprise.rate, force.filer, ticket=rated, score=5)
    act("2026-11-18 11:00", enterprise.rate, force.filer, ticket=grumbled, score=2)
    with clock.at(at("2026-11-27 08:00")):
        enterprise.close_unconfirmed(ticket=silent)
    found = indices(DAY).satisfaction
    assert (found.satisfied, found.dissatisfied, found.unconfirmed, found.waiting) == (1, 1, 1, 1)
    assert found.mean == 3.5
    del waiting


def test_an_empty_period(force: TaskForce) -> None:
    found = indices(month(2020, 1))
    assert (found.answered, found.median_minutes, found.same_day.share, found.satisfaction.mean) == (
        0,
        None,
        None,
        None,
    )


@pytest.mark.parametrize("number", [1, 3])
def test_queries(force: TaskForce, django_assert_num_queries: Any, number: int) -> None:
    for _ in range(number):
        answer(force, at("2026-11-18 10:00"))
    with django_assert_num_queries(2):
        compute(DAY)


def test_what_is_kept_is_never_older_than_the_log(force: TaskForce, django_assert_num_queries: Any) -> None:
    answer(force, at("2026-11-18 10:00"))
    assert indices(DAY) == indices(DAY) == compute(DAY)
    with django_assert_num_queries(1):
        indices(DAY)
    answer(force, at("2026-11-18 10:00"))
    assert indices(DAY).answered == 2
