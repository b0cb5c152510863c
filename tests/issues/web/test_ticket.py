from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Role, User
from core import clock
from issues.actions import consultations, conversation, enterprise, extensions, publishing, resolving
from issues.actor import Actor
from issues.assignment import trained_vote
from issues.models import Ticket
from tests.factories.issues import make_agency, make_user
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import PDF, text_of

pytestmark = pytest.mark.usefixtures("half_past_nine")
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
        page = text_of(as_user(force.filer).get(url(ticket)))
        assert "6 h 30 min of working time left" in page
        assert "Due 17:30 today. 30 min used." in page
        assert '<i class="used" style="--from:10.53%;--to:15.79%">' in page
        assert "Received 09:00 Wed 18 Nov." in page

    def test_a_pause_shows_both_due_times(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:10", resolving.request_info, force.officer, ticket=ticket, question="Giấy phép nào?")
        page = text_of(as_user(force.filer).get(url(ticket)))
        assert "The clock has stood still since 09:10" in page
        assert "Due before that: 17:30 today." in page
        assert "The clock stands still, 6 h 50 min are left" in page

    def test_an_extension_shows_both_due_times_and_the_reason(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        extension = do(
            "09:10", extensions.request_extension, force.officer, ticket=ticket, working_days=2, reason="Chờ hồ sơ gốc"
        )
        do("09:20", extensions.decide_extension, force.leader, extension=extension, granted=True, reason="Đồng ý")
        page = text_of(as_user(force.filer).get(url(ticket)))
        assert "A leader granted more time, from 17:30 Wed 18 Nov to 17:30 Fri 20 Nov: Chờ hồ sơ gốc" in page
        assert "Due before that: 17:30 today." in page
        assert "granted more time: due 17:30 Fri 20 Nov instead of 17:30" in page

    def test_answered(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:20", resolving.resolve, force.officer, ticket=ticket, answer="Được miễn phép.", kind="explained")
        page = text_of(as_user(force.filer).get(url(ticket)))
        assert "Answered after 20 min" in page
        assert "6 h 40 min earlier than promised." in page
        assert "Confirm until 17:30 Thu 26 Nov" in page


class TestTools:
    """Only what the person may do now is offered."""

    def tools(self, user: User, ticket: Ticket, as_user: SignIn) -> list[str]:
        return list(as_user(user).get(url(ticket)).context["desk"].tools)

    def test_before_acceptance(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.file()
        assert self.tools(force.filer, ticket, as_user) == ["message", "withdraw"]
        assert self.tools(force.officer, ticket, as_user) == [
            "accept",
            "return",
            "reassign",
            "message",
            "note",
            "split",
            "merge",
        ]
        assert self.tools(force.coordinator, ticket, as_user) == [
            "route",
            "reroute",
            "message",
            "note",
            "split",
            "merge",
        ]
        assert self.tools(force.leader, ticket, as_user) == ["message", "note", "complex"]

    def test_at_work(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        assert self.tools(force.officer, ticket, as_user) == [
            "resolve", "request_info", "consult", "return", "extend", "reassign", "message", "note", "split", "merge",
        ]  # fmt: skip
        assert self.tools(force.colleague, ticket, as_user) == ["return", "message", "note", "split", "merge"]

    def test_asked(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:10", resolving.request_info, force.officer, ticket=ticket, question="Giấy phép nào?")
        assert self.tools(force.filer, ticket, as_user) == ["provide_info", "message", "withdraw"]

    def test_answered(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted(public_consent=True)
        do("09:10", resolving.resolve, force.officer, ticket=ticket, answer="Được.", kind="solved")
        assert self.tools(force.filer, ticket, as_user) == ["confirm", "rate", "reopen", "message"]
        assert "propose_publication" in self.tools(force.officer, ticket, as_user)

    def test_withdrawn(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:10", enterprise.withdraw, force.filer, ticket=ticket)
        assert self.tools(force.filer, ticket, as_user) == []
        assert self.tools(force.officer, ticket, as_user) == []

    def test_an_open_opinion_holds_the_answer_back(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        asked = do(
            "09:10",
            consultations.request_consultation,
            force.officer,
            ticket=ticket,
            agency="STP",
            question="Có được không?",
        )
        response = as_user(force.officer).get(url(ticket))
        page = text_of(response)
        assert "A consultation is still open: Department of Justice." in page
        assert 'type="submit" disabled aria-describedby="desk-reason"' in page
        assert "the opinion of Department of Justice, due" in page
        assert f"consultation_cancel-{asked.pk}" in response.context["desk"].tools
        theirs = as_user(force.justice_officer).get(url(ticket))
        assert theirs.context["desk"].current.key == f"consultation_answer-{asked.pk}"
        assert "Có được không?" in text_of(theirs)

    def test_a_leader_decides_on_more_time(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:10", extensions.request_extension, force.officer, ticket=ticket, working_days=2, reason="Chờ")
        tool = as_user(force.leader).get(url(ticket)).context["desk"].current
        assert tool.name == "extension_decision"

    def test_tabs_are_links(self, force: TaskForce, as_user: SignIn) -> None:
        response = as_user(force.officer).get(url(force.accepted(), "?tab=consult"))
        assert response.context["desk"].current.name == "consult"
        assert '<a href="?tab=return#ticket-desk">' in text_of(response)
        assert as_user(force.officer).get(url(force.file(), "?tab=nonsense")).status_code == 200


def test_officers_see_answers_to_something_like_it(force: TaskForce, as_user: SignIn) -> None:
    earlier = force.accepted(public_consent=True)
    do("09:10", resolving.resolve, force.officer, ticket=earlier, answer="Được.", kind="solved")
    do("09:11", publishing.propose_publication, force.officer, ticket=earlier, title="Câu cũ", answer="Được miễn.")
    do("09:12", publishing.publish, force.colleague, ticket=earlier)
    trained_vote.forget_model()
    ticket = force.file(at("2026-11-18 09:20"))
    assert "Câu cũ" in text_of(as_user(force.officer).get(url(ticket)))
    assert "Câu cũ" not in text_of(as_user(force.filer).get(url(ticket)))


class TestTimeline:
    def test_files_stand_with_the_words_they_came_with(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:10", resolving.request_info, force.officer, ticket=ticket, question="Gửi giấy phép.")
        do("09:20", enterprise.provide_info, force.filer, ticket=ticket, text="Đây ạ")
        for name in ("a.pdf", "b.pdf"):
            do("09:20", conversation.attach, force.filer, ticket=ticket, upload=SimpleUploadedFile(name, PDF))
        entries = as_user(force.filer).get(url(ticket)).context["entries"]
        assert [file.name for file in entries[0].files] == ["a.pdf", "b.pdf"]
        assert entries[0].event.type == "ticket.info_provided"
        assert entries[1].note == "It stood still for 10 min"

    def test_the_newest_first_by_day(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted(at("2026-11-17 16:30"))
        do("09:10", conversation.post_message, force.officer, ticket=ticket, body="Chào")
        days = as_user(force.filer).get(url(ticket)).context["days"]
        assert [day.label for day in days] == ["Today, Wed 18 Nov", "Yesterday, Tue 17 Nov"]

    def test_why_it_went_there(self, force: TaskForce, as_user: SignIn) -> None:
        page = text_of(as_user(force.filer).get(url(force.file())))
        assert "Why Department of Construction?" in page
        assert "Lead agency: Department of Construction." in page

    def test_the_enterprise_does_not_read_whom_the_agency_chose(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.file()
        assert "who has the fewest open tickets" not in text_of(as_user(force.filer).get(url(ticket)))
        assert "who has the fewest open tickets" in text_of(as_user(force.officer).get(url(ticket)))

    def test_text_is_text(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.file(title="<script>alert(1)</script>", body="<img src=x onerror=alert(1)> {who} %s")
        response = as_user(force.officer).get(url(ticket))
        assert b"<script>alert" not in response.content
        assert b"<img" not in response.content
        assert b"{who} %s" in response.content


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
