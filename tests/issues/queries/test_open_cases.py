"""Open proposals like the one that is typed: a number of others, never a word of theirs; one's own by their titles."""

from typing import Any

import pytest
from django.core.cache import caches

from accounts import people
from accounts.actions.membership import request_membership
from accounts.models import Role
from issues.actions import enterprise, publishing, resolving
from issues.actor import Actor
from issues.models import Ticket
from issues.queries.open_cases import open_cases
from tests.factories.issues import make_enterprise, make_user
from tests.issues.api.conftest import call, ok
from tests.issues.conftest import TaskForce

TEXT = "Xin cấp giấy phép xây dựng nhà xưởng hai tầng tại phường Việt Hưng"
OTHERS = (
    "Thuế giá trị gia tăng chậm hoàn cho hàng xuất khẩu",
    "Đường vào cụm công nghiệp hư hỏng, xe không vào được",
    "Hỏi về giấy phép lao động cho chuyên gia nước ngoài",
)


def file_as(force: TaskForce, user: Any, title: str = TEXT, **fields: Any) -> Ticket:
    force.filer = user
    return force.file(title=title, body="Hồ sơ nộp từ tháng trước, chưa có kết quả.", **fields)


def strangers(force: TaskForce, number: int) -> None:
    for _ in range(number):
        file_as(force, make_user(Role.ENTERPRISE, enterprise=make_enterprise()))
    for title in OTHERS:
        file_as(force, force.other_filer, title)
    caches["process"].clear()


def test_others_are_a_number_from_two_on(force: TaskForce) -> None:
    me = people.of(force.filer)
    strangers(force, 1)
    assert not open_cases(TEXT, me)  # one alone could be found out by its name
    strangers(force, 1)
    group = open_cases("Giấy phép xây dựng nhà xưởng hai tầng phường Việt Hưng", me).groups[0]
    assert (group.agency, group.category, group.enterprises) == (force.construction, "construction", 2)
    assert not open_cases("Miễn tiền thuê đất cho dự án nông nghiệp công nghệ cao", me)


def test_two_tickets_of_one_enterprise_are_one_enterprise(force: TaskForce) -> None:
    me = people.of(force.filer)
    for _ in range(2):
        file_as(force, force.other_filer)
    strangers(force, 0)
    assert not open_cases(TEXT, me).groups


def test_who_files_in_their_own_name_is_one_of_many_and_reads_their_own(force: TaskForce) -> None:
    filed = {}
    for person in (make_user(), make_user()):
        request_membership(actor=person, tax_code="0109990027", name="Công ty A")
        filed[person] = file_as(force, person)
    strangers(force, 0)
    assert open_cases(TEXT, people.of(force.other_filer)).groups[0].enterprises == 2
    for person, ticket in filed.items():
        found = open_cases(f"{TEXT}, hồ sơ", people.of(person))
        assert (found.own, found.groups) == ((ticket,), ())


def test_no_word_of_theirs_comes_out(force: TaskForce) -> None:
    strangers(force, 2)
    body = {"title": TEXT, "body": "Hồ sơ nộp từ tháng trước."}
    for user in (None, force.leader):
        found = ok(call(user, "post", "/tickets/preview", body))["open_cases"]
        assert found == {
            "open": [{"agency": {"code": "SXD", "name": "Sở Xây dựng"}, "category": "construction", "enterprises": 2}],
            "joinable": [],
            "own": [],
        }


def test_ones_own_are_named(force: TaskForce) -> None:
    mine = force.filer
    filed = file_as(force, mine)
    file_as(force, mine, OTHERS[0])
    strangers(force, 0)
    assert open_cases(f"{TEXT}, hồ sơ", people.of(mine)).own == (filed,)
    assert not open_cases(TEXT, people.of(make_user())).own


def test_what_is_over_is_not_open(force: TaskForce) -> None:
    mine = force.filer
    filed = file_as(force, mine)
    strangers(force, 2)
    enterprise.withdraw(ticket=filed, actor=Actor.of(mine))
    assert open_cases(TEXT, people.of(mine)).own == ()
    for ticket in Ticket.objects.filter(title=TEXT).exclude(pk=filed.pk):
        enterprise.withdraw(ticket=ticket, actor=Actor.of(ticket.filer))
    assert not open_cases(TEXT, people.of(mine))  # the words are kept for half a minute, the status is asked anew


def test_what_is_published_and_open_again_can_be_joined(force: TaskForce) -> None:
    mine, officer = force.filer, Actor.of(force.officer)
    ticket = file_as(force, mine, public_consent=True)
    resolving.accept(ticket=ticket, actor=officer)
    resolving.resolve(ticket=ticket, actor=officer, answer="Được.", kind="solved")
    publishing.propose_publication(ticket=ticket, actor=officer, title="Giấy phép nhà xưởng", answer="Được.")
    publishing.publish(ticket=ticket, actor=Actor.of(force.head))
    enterprise.reopen(ticket=ticket, actor=Actor.of(mine), reason="Chưa.")
    strangers(force, 0)
    found = open_cases(TEXT, people.of(force.leader))
    assert [t.public_title for t in found.published] == ["Giấy phép nhà xưởng"]
    assert found.as_json()["joinable"] == [{"title": "Giấy phép nhà xưởng", "url": f"/vi/answers/{ticket.code}/"}]


@pytest.mark.parametrize("text", ["", "abc", "x" * 50_000, "\x00\ud800 ' OR 1=1", "—" * 40])
def test_any_text_is_welcome(force: TaskForce, text: str) -> None:
    strangers(force, 2)
    assert not open_cases(text, people.of(force.filer))


def test_queries(force: TaskForce, django_assert_num_queries: Any) -> None:
    mine = people.of(force.filer)
    strangers(force, 2)
    with django_assert_num_queries(3):  # the open tickets once in half a minute, the near ones, one's own
        open_cases(TEXT, mine)
    with django_assert_num_queries(2):
        open_cases(TEXT, mine)
    with django_assert_num_queries(1):
        open_cases(TEXT, people.of(None))
