"""Tickets found with an engine, by words and codes, in every state, for the person who asks."""

from typing import Any

import pytest
from django.db.models import Q

from accounts import people
from accounts.models import Membership, Role, User
from core import clock
from issues.actions import enterprise, resolving
from issues.actor import Actor
from issues.events.drain import drain_all
from issues.models import Ticket
from issues.queries.lists import ticket_list
from issues.queries.ticket_search import TicketQuery, search_tickets
from search import sync, tickets
from search.engines.base import Engine, EngineUnavailable
from tests.factories.issues import make_event
from tests.issues.conftest import MORNING, TaskForce, make_task_force


@pytest.fixture
def force(engine: Engine) -> TaskForce:
    return make_task_force()


def index() -> None:
    drain_all()
    sync.drain()


def ids(user: User, text: str, **more: Any) -> list[int]:
    found = search_tickets(TicketQuery(people.of(user), text, **more))
    assert not found.note
    return list(found.ids)


@pytest.mark.parametrize("drained", [False, True])
def test_a_ticket_is_found_at_once_and_after_the_drain(force: TaskForce, drained: bool) -> None:
    ticket = force.file(title="Hỏi về mái nhà xưởng")
    force.file(title="Hỏi về hàng rào")
    if drained:
        index()
    for text in ("mái xưởng", "mai nha", "KN" + str(ticket.code).replace("-", "")[2:]):
        assert ids(force.leader, text) == [ticket.pk], text


def test_answered_and_closed_tickets_are_found_by_their_answer(force: TaskForce) -> None:
    ticket = force.accepted()
    with clock.at(MORNING):
        ticket = resolving.resolve(
            ticket=ticket, actor=Actor.of(force.officer), answer="Nộp tại quầy số bảy", kind="solved"
        )
        index()
        assert ids(force.officer, "quầy số bảy") == ids(force.filer, "quay so bay") == [ticket.pk]
        enterprise.confirm(ticket=ticket, actor=Actor.of(force.filer))
    index()
    assert ids(force.officer, "quầy số bảy", status=("closed",)) == [ticket.pk]
    assert ids(force.officer, "quầy số bảy", status=("resolved",)) == []


def test_words_are_understood_as_elsewhere(force: TaskForce) -> None:
    ticket = force.file(title="Chậm hoàn thuế giá trị gia tăng")
    index()
    assert ids(force.leader, "hoan thuee gia tri") == [ticket.pk]
    found = search_tickets(TicketQuery(people.of(force.leader), "hoan thuee gia tri"))
    assert found.corrected


def test_a_code_typed_in_any_way_comes_first(force: TaskForce) -> None:
    meant = force.file()
    force.file(title=f"{meant.code} {meant.code}", body=f"Về {meant.code}")
    index()
    code = str(meant.code)
    number = code.rpartition("-")[2]
    with clock.at(MORNING):
        for text in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), number, str(int(number))):
            assert ids(force.leader, text)[0] == meant.pk, text
    assert ids(force.leader, code)[1:]  # and then those that name it
    assert ids(force.leader, "KN-2026-999999") == []


def test_each_sees_their_own(force: TaskForce) -> None:
    ticket = force.file(title="Bimatrieng")
    index()
    for user in (force.officer, force.coordinator, force.leader, force.filer):
        assert ids(user, "bimatrieng") == [ticket.pk]
    for user in (force.other_filer, force.finance_officer):
        assert ids(user, "bimatrieng") == ids(user, str(ticket.code)) == []


def test_a_new_role_counts_from_the_next_question(force: TaskForce) -> None:
    ticket = force.file(title="Bimatrieng")
    index()
    Membership.objects.create(user=force.other_filer, role=Role.ENTERPRISE, enterprise=ticket.enterprise)
    assert ids(User.objects.get(pk=force.other_filer.pk), "bimatrieng") == [ticket.pk]
    Membership.objects.filter(user=force.officer).delete()
    assert ids(User.objects.get(pk=force.officer.pk), "bimatrieng") == []


def test_who_lost_sight_of_a_ticket_does_not_even_count_it(force: TaskForce) -> None:
    ticket = force.accepted(title="Bimatrieng")
    index()
    Ticket.objects.filter(pk=ticket.pk).update(lead_agency=force.finance)
    make_event(Ticket.objects.get(pk=ticket.pk))
    before = search_tickets(TicketQuery(people.of(force.officer), "bimatrieng"))
    index()
    after = search_tickets(TicketQuery(people.of(force.officer), "bimatrieng"))
    assert (before.count, after.count) == (0, 0)
    assert ids(force.finance_officer, "bimatrieng") == [ticket.pk]


def test_filters_that_only_the_database_knows(force: TaskForce) -> None:
    one, two, three = (force.file(title="Giấy phép") for _ in range(3))
    index()
    assert set(ids(force.leader, "giấy phép", only=Q(pk__in=[one.pk, two.pk]))) == {one.pk, two.pk}
    assert set(ids(force.leader, "giấy phép", never=Q(pk=one.pk))) == {two.pk, three.pk}
    page = ticket_list(people.of(force.filer), q="giấy phép", mine=True, page=2, page_size=2)
    assert (page.count, len(page.tickets)) == (3, 1)
    assert ticket_list(people.of(force.filer), q="giấy phép", mine=False).count == 0
    late = ticket_list(people.of(force.filer), q="giấy phép", overdue=True).count
    assert late + ticket_list(people.of(force.filer), q="giấy phép", overdue=False).count == 3


def test_the_newest_of_equals_comes_first(force: TaskForce) -> None:
    filed = [force.file(MORNING.replace(hour=hour), title="Giấy phép", body="Hỏi").pk for hour in (8, 10, 9)]
    index()
    assert ids(force.leader, "giấy phép") == [filed[1], filed[2], filed[0]]


def test_renaming_an_agency_or_an_enterprise_reaches_its_tickets(force: TaskForce) -> None:
    ticket = force.file()
    assert ticket.enterprise
    index()
    force.construction.name_vi = "Sở Kiến tạo Đô hội"
    force.construction.save()
    ticket.enterprise.name = "Bạch Tuộc Vàng"
    ticket.enterprise.save()
    sync.drain()
    assert ids(force.leader, "kiến tạo đô hội") == ids(force.leader, "bạch tuộc vàng") == [ticket.pk]


def test_a_reason_is_shown_as_safe_html(force: TaskForce) -> None:
    ticket = force.file(title="Hỏi", body="<script>alert(1)</script> mái tôn")
    index()
    found = search_tickets(TicketQuery(people.of(force.leader), "mái tôn"))
    assert "<mark>mái" in found.reasons[ticket.pk]
    assert "<script>" not in found.reasons[ticket.pk]


def test_without_an_engine_the_database_answers(force: TaskForce, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = force.file(title="Hỏi về mái")
    monkeypatch.setattr("search.engines.current", lambda: None)
    with pytest.raises(EngineUnavailable):
        tickets.find_tickets(TicketQuery(people.of(force.leader), "mái"))
    found = search_tickets(TicketQuery(people.of(force.leader), "mái"))
    assert list(found.ids) == [ticket.pk]
    assert found.note
