from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from issues.actions import drafts, enterprise, resolving
from issues.actor import Actor
from issues.clocks import clocks
from issues.models import ClockKind, Ticket
from tests.factories.issues import make_ticket, make_user
from tests.issues import said
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import text_of

pytestmark = pytest.mark.usefixtures("half_past_nine")
MINE = "/en/tickets/"
SignIn = Callable[[User], Client]


def do(time: str, action: Callable[..., Any], user: User, **fields: Any) -> Any:
    with clock.at(at(f"2026-11-18 {time}")):
        return action(actor=Actor.of(user), **fields)


def titles(response: Any) -> list[str]:
    return [item["row"].ticket.title for item in response.context["rows"]]


def test_what_waits_for_you_comes_first(force: TaskForce, as_user: SignIn) -> None:
    running = force.accepted(title="Đang chạy")
    asked, answered, over = (force.accepted(title=title) for title in ("Đang hỏi", "Đã trả lời", "Đã rút"))
    do("09:10", resolving.request_info, force.officer, ticket=asked, question="?")
    do("09:10", resolving.resolve, force.officer, ticket=answered, answer="Được.", kind="solved")
    do("09:10", enterprise.withdraw, force.filer, ticket=over)
    drafts.save_draft(actor=Actor.of(force.filer), title="Bản nháp")
    response = as_user(force.filer).get(MINE)
    assert titles(response) == ["Đang hỏi", "Đã trả lời", running.title, "Đã rút"]
    page = text_of(response)
    assert "Please answer the question" in page
    assert "Please confirm or reopen" in page
    assert said.of_next_step(running) in page
    assert "6 h 30 left" in page


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("open", ["Đang chạy"]),
        ("answered", ["Đã trả lời"]),
        ("closed", ["Đã rút"]),
        ("drafts", ["Bản nháp"]),
        ("nonsense", ["Đã trả lời", "Đang chạy", "Đã rút"]),
    ],
)
def test_filters(force: TaskForce, as_user: SignIn, show: str, expected: list[str]) -> None:
    force.accepted(title="Đang chạy")
    answered, over = force.accepted(title="Đã trả lời"), force.accepted(title="Đã rút")
    do("09:10", resolving.resolve, force.officer, ticket=answered, answer="Được.", kind="solved")
    do("09:10", enterprise.withdraw, force.filer, ticket=over)
    drafts.save_draft(actor=Actor.of(force.filer), title="Bản nháp")
    response = as_user(force.filer).get(f"{MINE}?show={show}")
    assert titles(response) == expected
    assert [tab["count"] for tab in response.context["tabs"]] == [3, 1, 1, 1, 1]


def test_search_without_marks(force: TaskForce, as_user: SignIn) -> None:
    force.file(title="Hoàn thuế giá trị gia tăng")
    force.file(title="Giấy phép xây dựng")
    client = as_user(force.filer)
    assert titles(client.get(f"{MINE}?q=hoan+THUE")) == ["Hoàn thuế giá trị gia tăng"]
    empty = client.get(f"{MINE}?q=không+có")
    assert titles(empty) == []
    assert "Nothing found" in text_of(empty)


def test_others_are_not_in_it(force: TaskForce, as_user: SignIn) -> None:
    force.file()
    response = as_user(force.other_filer).get(MINE)
    assert titles(response) == []
    assert "Nothing filed yet" in text_of(response)


def test_drafts_of_a_colleague_are_theirs(force: TaskForce, as_user: SignIn) -> None:
    drafts.save_draft(actor=Actor.of(force.filer), title="Của riêng")
    colleague = make_user("enterprise", enterprise=force.filer.memberships.get().enterprise)
    assert titles(as_user(colleague).get(f"{MINE}?show=drafts")) == []


def test_who_comes_here(force: TaskForce, as_user: SignIn, client: Client) -> None:
    assert client.get(MINE).url == f"/en/account/login/?next={MINE}"
    assert as_user(force.officer).get(MINE).url == "/en/inbox/"
    assert "Your account has no enterprise yet" in text_of(as_user(make_user()).get(MINE))


class TestManyRows:
    def make(self, force: TaskForce, number: int) -> None:
        company = force.filer.memberships.get().enterprise
        for _ in range(number):
            ticket = make_ticket(
                filer=force.filer,
                enterprise=company,
                agency=force.construction,
                status="in_progress",
                received_at=at("2026-11-18 09:00"),
            )
            clocks.start(ticket=ticket, kind=ClockKind.RESOLUTION, at=at("2026-11-18 09:00"))

    @pytest.mark.parametrize("number", [1, 3, 30])
    def test_queries(self, force: TaskForce, as_user: SignIn, django_assert_num_queries: Any, number: int) -> None:
        self.make(force, number)
        client = as_user(force.filer)
        client.get(MINE)
        with django_assert_num_queries(9):
            client.get(MINE)

    def test_pages(self, force: TaskForce, as_user: SignIn) -> None:
        self.make(force, 30)
        client = as_user(force.filer)
        assert [len(titles(client.get(f"{MINE}?page={page}"))) for page in (1, 2, "x", 999_999)] == [25, 5, 25, 5]
        assert Ticket.objects.count() == 30
