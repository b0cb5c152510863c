from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Role, User
from core import clock
from issues.actions import consultations, conversation, extensions, publishing, resolving
from issues.actor import Actor
from issues.assignment import trained_vote
from issues.models import Ticket
from tests.factories.issues import make_agency, make_user
from tests.issues import said
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import PDF, clock_said, text_of

pytestmark = pytest.mark.usefixtures("half_past_nine")
HOUR = timedelta(hours=1)
SignIn = Callable[[User], Client]


def do(time: str, action: Callable[..., Any], user: User, **fields: Any) -> Any:
    with clock.at(at(f"2026-11-18 {time}")):
        return action(actor=Actor.of(user), **fields)


def url(ticket: Ticket, query: str = "") -> str:
    return f"/en/tickets/{ticket.code}/{query}"


class TestWhoSees:
    def test_the_enterprise_and_the_agency_have_pages_of_their_own(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        mine, theirs = as_user(force.filer).get(url(ticket)), as_user(force.officer).get(url(ticket))
        assert "issues/ticket/enterprise.html" in [t.name for t in mine.templates]
        assert "issues/ticket/officer.html" in [t.name for t in theirs.templates]

    def test_others_get_not_found(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        for user in (force.other_filer, force.finance_officer, make_user(), make_user(Role.EDITOR)):
            assert as_user(user).get(url(ticket)).status_code == 404
        assert as_user(force.filer).get("/en/tickets/KN-2026-9999/").status_code == 404

    def test_anonymous_people_sign_in_first(self, force: TaskForce, client: Client) -> None:
        assert client.get(url(force.file())).url.startswith("/en/account/login/?next=/en/tickets/")

    def test_internal_notes_are_for_agencies(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:10", conversation.post_message, force.officer, ticket=ticket, body="Chỉ nội bộ", visibility="internal")
        assert "Chỉ nội bộ" not in text_of(as_user(force.filer).get(url(ticket)))
        officers = text_of(as_user(force.officer).get(url(ticket)))
        assert "Chỉ nội bộ" in officers
        assert 'data-visibility="internal"' in officers


class TestClock:
    def test_words_bar_and_reasons(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        response = as_user(force.filer).get(url(ticket))
        view, page = response.context["clock"], text_of(response)
        assert (view.left, view.used, view.due_at) == (6.5 * HOUR, HOUR / 2, at("2026-11-18 17:30"))
        assert all(words in page for words in clock_said(response))
        assert '<i class="used"' in page
        assert "Received 09:00 Wed 18 Nov." in page

    def test_a_pause_shows_both_due_times(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:10", resolving.request_info, force.officer, ticket=ticket, question="Giấy phép nào?")
        response = as_user(force.filer).get(url(ticket))
        view = response.context["clock"]
        assert (view.state, view.due_at, view.was_due_at) == ("paused", None, at("2026-11-18 17:30"))
        assert view.left == 7 * HOUR - timedelta(minutes=10)
        assert all(words in text_of(response) for words in clock_said(response))

    def test_an_extension_shows_both_due_times_and_the_reason(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        extension = do(
            "09:10", extensions.request_extension, force.officer, ticket=ticket, working_days=2, reason="Chờ hồ sơ gốc"
        )
        do("09:20", extensions.decide_extension, force.leader, extension=extension, granted=True, reason="Đồng ý")
        response = as_user(force.filer).get(url(ticket))
        view, page = response.context["clock"], text_of(response)
        assert (view.due_at, view.was_due_at) == (at("2026-11-20 17:30"), at("2026-11-18 17:30"))
        assert "from 17:30 Wed 18 Nov to 17:30 Fri 20 Nov: Chờ hồ sơ gốc" in page
        assert said.of_event(ticket, "extension.decided") in page

    def test_answered(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:20", resolving.resolve, force.officer, ticket=ticket, answer="Được miễn phép.", kind="explained")
        response = as_user(force.filer).get(url(ticket))
        view, page = response.context["clock"], text_of(response)
        assert (view.state, view.used, view.met) == ("done", timedelta(minutes=20), True)
        assert all(words in page for words in clock_said(response))
        assert "Confirm until 17:30 Thu 26 Nov" in page


def test_officers_see_answers_to_something_like_it(force: TaskForce, as_user: SignIn) -> None:
    earlier = force.accepted(public_consent=True)
    do("09:10", resolving.resolve, force.officer, ticket=earlier, answer="Được.", kind="solved")
    do("09:11", publishing.propose_publication, force.officer, ticket=earlier, title="Câu cũ", answer="Được miễn.")
    do("09:12", publishing.publish, force.colleague, ticket=earlier)
    trained_vote.forget_model()
    ticket = force.file(at("2026-11-18 09:20"))
    assert "Câu cũ" in text_of(as_user(force.officer).get(url(ticket)))
    assert "Câu cũ" not in text_of(as_user(force.filer).get(url(ticket)))


class TestLive:
    def test_the_page_names_its_topic_and_its_last_event(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        page = text_of(as_user(force.filer).get(url(ticket)))
        assert f'data-live-topics="ticket:{ticket.code}" data-live-after="{ticket.last_event_id}"' in page

    @pytest.mark.parametrize("name", ["head", "clock", "timeline", "desk", "consultations"])
    def test_fragments_are_the_parts_of_the_page(self, force: TaskForce, as_user: SignIn, name: str) -> None:
        ticket = force.accepted()
        for user in (force.filer, force.officer):
            fragment = text_of(as_user(user).get(url(ticket, f"?fragment={name}")))
            assert f'id="ticket-{name}"' in fragment
            assert "<html" not in fragment

    def test_fragments_ask_for_the_same_rights(self, force: TaskForce, as_user: SignIn) -> None:
        assert as_user(force.other_filer).get(url(force.file(), "?fragment=clock")).status_code == 404


class TestQueries:
    """The page costs the same with one and with three of everything."""

    def ticket(self, force: TaskForce, number: int) -> Ticket:
        ticket = force.accepted()
        agencies = [make_agency(f"X{n}") for n in range(number)]
        for agency in agencies:
            do(
                "09:05",
                consultations.request_consultation,
                force.officer,
                ticket=ticket,
                agency=agency.code,
                question="?",
            )
            do("09:06", conversation.post_message, force.officer, ticket=ticket, body="Chào")
            upload = SimpleUploadedFile("a.pdf", PDF)
            do("09:07", conversation.attach, force.filer, ticket=ticket, upload=upload)
        return ticket

    @pytest.mark.parametrize("number", [1, 3])
    def test_enterprise(self, force: TaskForce, as_user: SignIn, django_assert_num_queries: Any, number: int) -> None:
        ticket = self.ticket(force, number)
        client = as_user(force.filer)
        client.get(url(ticket))
        with django_assert_num_queries(17):
            client.get(url(ticket))

    @pytest.mark.parametrize("number", [1, 3])
    def test_officer(self, force: TaskForce, as_user: SignIn, django_assert_num_queries: Any, number: int) -> None:
        ticket = self.ticket(force, number)
        client = as_user(force.officer)
        client.get(url(ticket))
        with django_assert_num_queries(19):
            client.get(url(ticket))
