"""Following without an account: what each pair of codes shows, what wrong ones tell, and how often one may try."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from core.errors import NotSignedIn
from issues.actions import consultations, conversation, filing, resolving
from issues.actions.operation import check_actor
from issues.actor import Actor
from issues.models import Ticket
from tests.issues.conftest import MORNING, TaskForce, at
from tests.issues.web.conftest import text_of

FOLLOW = "/en/follow/"
WRONG = "No proposal matches these codes."
SignIn = Callable[[User], Client]


@pytest.fixture
def ticket(force: TaskForce) -> Ticket:
    """Filed at a counter, asked about, and answered."""
    with clock.at(MORNING):
        filed = filing.file_ticket(
            actor=Actor.of(force.coordinator),
            title="Bí mật kinh doanh",
            body="Chuyện riêng.",
            category="construction",
            channel="counter",
            on_behalf_of={"tax_code": "0109990027", "name": "Công ty Kín", "contact": "Chị Ba", "phone": "09"},
        )
        officer = Actor.of(force.officer)
        resolving.accept(ticket=filed, actor=officer)
        conversation.post_message(ticket=filed, actor=officer, body="Xin chờ.")
        conversation.post_message(ticket=filed, actor=officer, body="Chuyện nội bộ.", visibility="internal")
        asked = consultations.request_consultation(ticket=filed, actor=officer, agency="STP", question="Luật nào?")
        consultations.answer_consultation(consultation=asked, actor=Actor.of(force.justice_officer), answer="Luật kín.")
        return resolving.resolve(ticket=filed, actor=officer, answer="Được miễn phép.", kind="solved")


def show(client: Client, ticket: Ticket, **codes: str) -> Any:
    return client.post(FOLLOW, {"code": ticket.code, **codes}, follow=True)


def test_the_tax_code_shows_where_it_is_and_no_word_of_it(ticket: Ticket, force: TaskForce) -> None:
    response = show(Client(), ticket, tax_code="010 999 0027")
    page = text_of(response)
    assert response.redirect_chain == [(f"/en/follow/{ticket.code}/", 302)]
    for said in (
        ticket.code,
        "Department of Construction",
        "accepted it",
        "It is answered",
        "tax code, which is public",
    ):
        assert said in page, said
    for secret in (
        "Bí mật", "Chuyện", "Được miễn phép", "Công ty Kín", "Xin chờ", "Luật", "Chị Ba", "Cán bộ", "Justice", "STP",
    ):  # fmt: skip
        assert secret not in page, secret


def test_the_receipt_shows_the_answer(ticket: Ticket) -> None:
    page = text_of(show(Client(), ticket, follow_up_code=ticket.assistance.shown_code.lower()))
    for said in ("Bí mật kinh doanh", "Được miễn phép.", "Xin chờ.", "sign up with the tax code"):
        assert said in page, said
    assert "Chuyện nội bộ" not in page


def test_the_qr_code_leads_there_and_its_address_keeps_no_secret(ticket: Ticket) -> None:
    client = Client()
    response = client.get(f"{FOLLOW}{ticket.code}/{ticket.assistance.follow_up_code}/")
    assert (response.status_code, response.url) == (302, f"{FOLLOW}{ticket.code}/")
    page = client.get(response.url)
    assert "Được miễn phép." in text_of(page)
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    assert text_of(client.get(response.url + "?fragment=1")).startswith('<div id="followed"')


def test_without_the_codes_nothing_is_shown(ticket: Ticket) -> None:
    response = Client().get(f"{FOLLOW}{ticket.code}/")
    assert response.url == f"{FOLLOW}?code={ticket.code}"
    assert Client().get(f"{FOLLOW}KN-0000-0000/").url == f"{FOLLOW}?code=KN-0000-0000"


def test_everything_wrong_is_said_in_the_same_words(ticket: Ticket, force: TaskForce) -> None:
    other = force.file()
    draft = Ticket.objects.create(filer=force.filer, title="Nháp")
    answers = set()
    for code, codes in (
        (ticket.code, {"tax_code": other.enterprise.tax_code}),
        (ticket.code, {"tax_code": "12"}),
        (ticket.code, {"follow_up_code": "0000-0000-0000"}),
        (ticket.code, {"follow_up_code": "wrong", "tax_code": "0109990027"}),
        (other.code, {"follow_up_code": ticket.assistance.follow_up_code}),
        (other.code, {"follow_up_code": "-" * 12}),
        ("KN-2026-9999", {"tax_code": "0109990027"}),
        (str(draft.pk), {"tax_code": "0109990027"}),
    ):
        response = Client().post(FOLLOW, {"code": code, **codes})
        assert response.status_code == 404
        assert WRONG in text_of(response)
        answers.add(text_of(response).count("No proposal"))
    assert answers == {text_of(Client().post(FOLLOW, {"code": "x", "tax_code": "1"})).count("No proposal")}


@pytest.mark.parametrize("hostile", ["\x00", "x" * 9_000, "' OR 1=1 --", "<script>", "\ud83d", "KN-2026-0001\n"])
def test_any_text_is_answered_calmly(ticket: Ticket, hostile: str) -> None:
    sent = hostile.encode("utf-8", "surrogatepass")
    for field in ("code", "tax_code", "follow_up_code"):
        response = Client().post(FOLLOW, {"code": ticket.code, "tax_code": "1", field: sent})
        assert response.status_code in (302, 400, 404, 422)


def test_one_code_is_needed(ticket: Ticket) -> None:
    response = Client().post(FOLLOW, {"code": ticket.code})
    assert response.status_code == 422
    assert "Enter the follow-up code" in text_of(response)


class TestHolder:
    """The person who shows the code of the receipt may answer a question and confirm, on this ticket alone."""

    @pytest.fixture
    def asked(self, force: TaskForce) -> Ticket:
        with clock.at(MORNING):
            filed = filing.file_ticket(
                actor=Actor.of(force.coordinator),
                title="Giấy phép",
                body="Xin phép.",
                category="construction",
                channel="counter",
                on_behalf_of={"tax_code": "0109990027", "name": "Công ty Kín", "contact": "Chị Ba", "phone": "09"},
            )
            resolving.accept(ticket=filed, actor=Actor.of(force.officer))
            return resolving.request_info(ticket=filed, actor=Actor.of(force.officer), question="Ở số nhà nào?")

    def holder(self, ticket: Ticket) -> Client:
        client = Client()
        show(client, ticket, follow_up_code=ticket.assistance.shown_code)
        return client

    def test_answers_the_question(self, asked: Ticket) -> None:
        client, page = self.holder(asked), f"{FOLLOW}{asked.code}/"
        assert "Ở số nhà nào?" in text_of(client.get(page))
        empty = client.post(page, {"do": "provide_info", "text": " "})
        assert empty.status_code == 422
        response = client.post(page, {"do": "provide_info", "text": "Số 12."}, follow=True)
        assert "Sent. The clock is running again." in text_of(response)
        event = asked.events.get(type="ticket.info_provided")
        assert (event.actor, event.actor_role, event.data["text"]) == (None, "enterprise", "Số 12.")
        assert Ticket.objects.get(pk=asked.pk).status == "in_progress"
        again = client.post(page, {"do": "provide_info", "text": "Số 13 <b>"})
        assert again.status_code == 409
        assert asked.events.filter(type="ticket.info_provided").count() == 1

    def test_confirms_the_answer(self, ticket: Ticket) -> None:
        client, page = self.holder(ticket), f"{FOLLOW}{ticket.code}/"
        assert "Yes, confirm it" in text_of(client.get(page))
        client.post(page, {"do": "confirm"})
        closed = Ticket.objects.get(pk=ticket.pk)
        assert (closed.status, closed.confirmed) == ("closed", True)

    def test_a_tax_code_gives_no_such_right(self, asked: Ticket) -> None:
        client, page = Client(), f"{FOLLOW}{asked.code}/"
        show(client, asked, tax_code="0109990027")
        response = client.post(page, {"do": "provide_info", "text": "Giả."})
        assert response.status_code == 403
        assert "need the follow-up code" in text_of(response)
        assert Client().post(page, {"do": "confirm"}).status_code == 302
        assert not asked.events.filter(type="ticket.info_provided").exists()

    @pytest.mark.parametrize("do", ["withdraw", "reopen", "rate", "", "x" * 500])
    def test_and_nothing_else(self, asked: Ticket, do: str) -> None:
        assert self.holder(asked).post(f"{FOLLOW}{asked.code}/", {"do": do}).status_code == 403

    def test_a_receipt_is_for_one_ticket(self, asked: Ticket, force: TaskForce) -> None:
        other = force.accepted()
        for name in ("provide_info", "confirm", "withdraw", None):
            with pytest.raises(NotSignedIn):
                check_actor(other, Actor.with_receipt(asked), name)
        with pytest.raises(NotSignedIn):
            check_actor(asked, Actor.with_receipt(asked), "withdraw")


class TestLimits:
    def guess(self, ticket: Ticket, times: int, **from_where: Any) -> list[int]:
        sent = {"code": ticket.code, "tax_code": "0100109106"}
        return [Client().post(FOLLOW, sent, **from_where).status_code for _ in range(times)]

    def test_guessing_tax_codes_of_one_ticket_ends_from_everywhere(self, ticket: Ticket) -> None:
        with clock.at(MORNING):
            for n in range(10):
                assert self.guess(ticket, 1, REMOTE_ADDR=f"10.0.0.{n}") == [404]
            response = Client().post(
                FOLLOW, {"code": ticket.code.lower(), "tax_code": "0109990027"}, REMOTE_ADDR="10.9.9.9"
            )
            assert response.status_code == 429
            assert response["Retry-After"] == "600"
            assert "Wait 10 min, then try again" in text_of(response)
            # The receipt still opens it: nobody is locked out by somebody who guesses.
            assert "Được miễn phép." in text_of(show(Client(), ticket, follow_up_code=ticket.assistance.shown_code))
        with clock.at(at("2026-11-18 09:20")):
            assert self.guess(ticket, 1) == [404]

    def test_one_address_may_try_twenty_times(self, force: TaskForce, ticket: Ticket) -> None:
        with clock.at(MORNING):
            for n in range(20):
                assert Client().get(f"{FOLLOW}KN-2026-{n:04d}/0000{n:08d}/").status_code == 404
            assert Client().get(f"{FOLLOW}{ticket.code}/{ticket.assistance.follow_up_code}/").status_code == 429
            assert self.guess(ticket, 1, REMOTE_ADDR="10.0.0.1") == [404]

    def test_looking_again_is_not_an_attempt(self, ticket: Ticket) -> None:
        client = Client()
        show(client, ticket, tax_code="0109990027")
        assert {client.get(f"{FOLLOW}{ticket.code}/").status_code for _ in range(30)} == {200}


def test_what_was_shown_once_is_open_for_half_a_day(ticket: Ticket) -> None:
    client = Client()
    with clock.at(MORNING):
        show(client, ticket, tax_code="0109990027")
    with clock.at(at("2026-11-18 20:59")):
        assert client.get(f"{FOLLOW}{ticket.code}/").status_code == 200
    with clock.at(at("2026-11-18 21:01")):
        assert client.get(f"{FOLLOW}{ticket.code}/").status_code == 302


def test_a_ticket_filed_with_an_account_is_followed_by_its_tax_code(force: TaskForce) -> None:
    filed = force.file()
    page = text_of(show(Client(), filed, tax_code=filed.enterprise.tax_code))
    assert filed.code in page
    assert filed.title not in page
    assert "Person" not in page


def test_queries(ticket: Ticket, django_assert_num_queries: Any) -> None:
    client = Client()
    show(client, ticket, follow_up_code=ticket.assistance.shown_code)
    client.get(f"{FOLLOW}{ticket.code}/")
    with django_assert_num_queries(6):
        client.get(f"{FOLLOW}{ticket.code}/")
