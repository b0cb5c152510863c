"""The board: who sees what on it, its sections and filters, its fragments, its price."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from issues.actions import consultations, conversation
from issues.actor import Actor
from issues.models import Ticket
from tests.factories.issues import make_agency, make_ticket
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import text_of

SignIn = Callable[[User], Client]
BOARD = "/en/board/"
pytestmark = pytest.mark.usefixtures("half_past_nine")


def do(moment: str, action: Any, user: User, **fields: Any) -> Any:
    with clock.at(at(f"2026-11-18 {moment}")):
        return action(actor=Actor.of(user), **fields)


class TestRights:
    def test_strangers_sign_in_first_and_come_back(self, client: Client, db: None) -> None:
        response = client.get(BOARD + "?section=late")
        assert response.status_code == 302
        assert response.headers["Location"].endswith("/account/login/?next=/en/board/%3Fsection%3Dlate")

    @pytest.mark.parametrize("page", [BOARD, "/en/inbox/", BOARD + "?fragment=rows", BOARD + "?fragment=counts"])
    def test_enterprises_have_no_right_to_it(self, force: TaskForce, as_user: SignIn, page: str) -> None:
        response = as_user(force.filer).get(page)
        assert response.status_code == 403
        assert response.templates[0].name == "403.html"

    def test_an_officer_sees_the_tickets_of_the_own_agency_alone(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        assert ticket.title in text_of(as_user(force.officer).get(BOARD))
        other = text_of(as_user(force.finance_officer).get(BOARD))
        assert ticket.title not in other
        assert ticket.code not in other
        assert "No proposal is open" in other

    def test_a_coordinator_and_a_leader_see_all(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        for user in (force.coordinator, force.leader):
            assert ticket.title in text_of(as_user(user).get(BOARD))

    def test_an_internal_note_is_news_for_its_agencies_only(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:10", conversation.post_message, force.officer, ticket=ticket, body="kín", visibility="internal")
        said = as_user(force.head).get(BOARD).context["happened"]
        assert "note.posted" in [one.event.type for one in said]
        assert "note.posted" not in [
            one.event.type for one in as_user(force.finance_officer).get(BOARD).context["happened"]
        ]


class TestSections:
    def test_tickets_stand_under_the_time_that_is_left(self, force: TaskForce, as_user: SignIn) -> None:
        now = clock.now()
        for title, due in (
            ("Đã muộn", now - timedelta(minutes=5)),
            ("Sắp muộn", now + timedelta(minutes=50)),
            ("Trong hôm nay", at("2026-11-18 17:30")),
            ("Ngày mai", at("2026-11-19 17:30")),
        ):
            make_ticket(title=title, status="in_progress", agency=force.construction, due_at=due, received_at=now)
        waiting = {"status": "awaiting_enterprise", "paused_at": now, "received_at": now}
        make_ticket(title="Đang chờ", agency=force.construction, **waiting)
        page = as_user(force.coordinator).get(BOARD)
        sections = {s.code: [row.ticket.title for row in s.rows] for s in page.context["board"].sections}
        assert sections == {
            "late": ["Đã muộn"],
            "soon": ["Sắp muộn"],
            "today": ["Trong hôm nay"],
            "later": ["Ngày mai"],
            "paused": ["Đang chờ"],
        }
        assert page.context["board"].counts == {"late": 1, "soon": 1, "today": 1, "later": 1, "paused": 1, "open": 5}

    def test_an_hour_is_an_hour_of_work(self, force: TaskForce, as_user: SignIn) -> None:
        """At 11:30 half of the next working hour lies after the lunch break."""
        make_ticket(status="routed", agency=force.construction, due_at=at("2026-11-18 13:50"))
        make_ticket(status="routed", agency=force.construction, due_at=at("2026-11-18 14:10"))
        with clock.at(at("2026-11-18 11:30")):
            counts = as_user(force.coordinator).get(BOARD).context["board"].counts
        assert (counts["soon"], counts["today"]) == (1, 1)

    def test_a_section_can_be_chosen(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        client = as_user(force.officer)
        assert ticket.title in text_of(client.get(BOARD + "?section=today"))
        assert ticket.title not in text_of(client.get(BOARD + "?section=late"))

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("agency=SXD", True),
            ("agency=STC", False),
            ("category=construction", True),
            ("category=tax", False),
            ("status=in_progress", True),
            ("status=routed", False),
            ("people=me", True),
            ("people=999999", False),
            ("q=giay+phep", True),
            ("q=GIẤY+phép", True),
            ("q=thue", False),
            ("section=x&page=9999999&category=x&status=draft", True),  # what does not exist is ignored
            ("page=-1", True),
        ],
    )
    def test_filters(self, force: TaskForce, as_user: SignIn, query: str, found: bool) -> None:
        ticket = force.accepted()
        response = as_user(force.officer).get(f"{BOARD}?{query}&fragment=rows")
        assert response.status_code == 200
        assert (ticket.title in text_of(response)) is found

    def test_the_enterprise_is_found_by_name(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        assert ticket.enterprise is not None
        response = as_user(force.officer).get(BOARD, {"q": ticket.enterprise.name})
        assert ticket.title in text_of(response)


class TestFragments:
    @pytest.mark.parametrize(("name", "element"), [("rows", "board-live"), ("counts", "board-counts")])
    def test_a_fragment_is_the_part_of_the_page(
        self, force: TaskForce, as_user: SignIn, name: str, element: str
    ) -> None:
        force.accepted()
        client = as_user(force.officer)
        fragment = text_of(client.get(f"{BOARD}?fragment={name}&agency=SXD"))
        assert f'id="{element}"' in fragment
        assert "<html" not in fragment
        assert f'id="{element}"' in text_of(client.get(BOARD))

    def test_the_page_names_topic_and_last_event(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        page = text_of(as_user(force.officer).get(BOARD))
        assert f'data-live-topics="board" data-live-after="{ticket.last_event_id}"' in page

    def test_one_click_accepts_from_the_board(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.file()
        client = as_user(force.officer)
        assert f"/en/tickets/{ticket.code}/accept/" in text_of(client.get(BOARD))
        client.post(f"/en/tickets/{ticket.code}/accept/", {"expected_event": ticket.last_event_id})
        fresh = Ticket.objects.get(pk=ticket.pk)
        assert (fresh.status, fresh.assignee) == ("in_progress", force.officer)
        assert "/accept/" not in text_of(client.get(BOARD))


class TestPages:
    def test_what_does_not_fit_is_on_the_next_page(
        self, force: TaskForce, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("issues.queries.board.PAGE_SIZE", 2)
        for n in range(5):
            make_ticket(status="routed", agency=force.construction, due_at=clock.now() + timedelta(minutes=n))
        client = as_user(force.coordinator)
        pages = [client.get(f"{BOARD}?page={n}").context["board"] for n in (1, 2, 3, 9)]
        shown = [[row.ticket.pk for section in page.sections for row in section.rows] for page in pages]
        assert [len(page) for page in shown] == [2, 2, 1, 1]
        assert len({pk for page in shown[:3] for pk in page}) == 5


@pytest.mark.parametrize("number", [1, 3])
def test_queries(force: TaskForce, as_user: SignIn, django_assert_num_queries: Any, number: int) -> None:
    """Session, person, roles, newest event, counts, rows, coordinating agencies, clocks, consultations, feed,
    names in the feed, roster, filters, unread count: the same for one row of everything and for three."""
    for n in range(number):
        ticket = force.accepted(title=f"Hỏi {n} về giấy phép xây dựng")
        agency = make_agency(f"X{n}")
        do("09:10", consultations.request_consultation, force.officer, ticket=ticket, agency=agency.code, question="?")
    client = as_user(force.coordinator)
    client.get(BOARD)
    with django_assert_num_queries(15):
        client.get(BOARD)
    with django_assert_num_queries(13):
        client.get(BOARD + "?fragment=rows")
    with django_assert_num_queries(5):
        client.get(BOARD + "?fragment=counts")
