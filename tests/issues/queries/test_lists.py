"""Lists of tickets as the HTTP interface asks for them; its filters over HTTP stand in api/test_tickets."""

import pytest

from accounts import people
from accounts.models import Membership, Role
from core.errors import NotVisible
from issues.actions import drafts
from issues.actor import Actor
from issues.queries.lists import find_ticket, handed_in, read_again, read_ticket, ticket_list
from tests.factories.issues import make_ticket, make_user
from tests.issues.conftest import TaskForce


def test_words_are_found_with_and_without_marks(force: TaskForce) -> None:
    ticket = force.file(title="Hỏi về mái nhà xưởng")
    force.file(title="Hỏi về hàng rào")
    leader = people.of(force.leader)
    for text in ("mái xưởng", "MAI NHA", str(ticket.code)):
        assert [parts.ticket.pk for parts in ticket_list(leader, q=text).tickets] == [ticket.pk], text
    assert ticket_list(leader, q="mái rào").count == 0
    assert ticket_list(leader, q="!!!").count == 0  # no word is found nowhere


def test_mine_and_late_and_their_contrary_are_all(force: TaskForce) -> None:
    force.accepted()
    force.file(category="tax", title="Thuế")
    leader, officer = people.of(force.leader), people.of(force.officer)
    for person, field in ((leader, "overdue"), (leader, "mine"), (officer, "mine")):
        counts = [ticket_list(person, **{field: value}).count for value in (True, False, None)]
        assert counts[0] + counts[1] == counts[2], field
    assert ticket_list(officer, mine=True).count == 1


def test_past_the_end_a_page_is_empty_and_the_count_stays(force: TaskForce) -> None:
    for _ in range(3):
        force.file()
    page = ticket_list(people.of(force.leader), page=2, page_size=2)
    assert (page.count, len(page.tickets)) == (3, 1)
    assert ticket_list(people.of(force.leader), page=9, page_size=2).tickets == []


def test_a_draft_is_no_ticket_yet(force: TaskForce) -> None:
    drafts.save_draft(actor=Actor.of(force.filer), title="Nháp")
    assert not handed_in(people.of(force.filer)).exists()


def test_what_is_somebody_elses_does_not_exist(force: TaskForce) -> None:
    ticket = force.file()
    stranger = people.of(force.other_filer)
    for read in (find_ticket, read_ticket):
        assert read(people.of(force.filer), str(ticket.code))
        with pytest.raises(NotVisible) as refused:
            read(stranger, str(ticket.code))
        with pytest.raises(NotVisible) as missing:
            read(stranger, "KN-1999-0001")
        assert str(refused.value) == str(missing.value)


def test_who_acted_may_know_the_outcome(force: TaskForce) -> None:
    ticket = force.file()
    assert read_again(ticket, people.of(force.other_filer)).ticket == ticket


def test_the_count_is_of_what_the_pages_hold(force: TaskForce) -> None:
    """It is put together from each way to see a ticket; a ticket that is seen in several ways is counted once."""
    mine = force.accepted()
    mine.coordinating_agencies.add(force.justice, force.construction)
    force.file(category="tax", title="Thuế")
    both = make_user(Role.OFFICER, agency=force.justice)
    Membership.objects.create(user=both, role=Role.OFFICER, agency=force.construction)
    Membership.objects.create(user=both, role=Role.ENTERPRISE, enterprise=mine.enterprise)
    make_ticket(filer=both)
    drafts.save_draft(actor=Actor.of(both), title="Nháp")
    for user in (
        both,
        force.officer,
        force.justice_officer,
        force.finance_officer,
        force.filer,
        force.leader,
        make_user(),
    ):
        person = people.of(user)
        for filters in (
            {},
            {"mine": True},
            {"mine": False},
            {"status": ["in_progress"]},
            {"agency": "SXD"},
            {"q": "thue"},
        ):
            page = ticket_list(person, **filters)
            assert page.count == len(page.tickets) == len({parts.ticket.pk for parts in page.tickets}), (user, filters)
    assert ticket_list(people.of(both)).count == 3
    assert ticket_list(people.NOBODY).count == 0


def test_pages_follow_each_other(force: TaskForce) -> None:
    filed = [force.file().pk for _ in range(5)]
    leader = people.of(force.leader)
    pages = [ticket_list(leader, page=number, page_size=2).tickets for number in (1, 2, 3)]
    assert [parts.ticket.pk for page in pages for parts in page] == filed[::-1]
