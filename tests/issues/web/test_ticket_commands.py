from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from core import clock
from issues.actions import consultations, conversation, publishing, resolving
from issues.actor import Actor
from issues.commands.table import COMMANDS
from issues.models import Message, SavedInput, Ticket, TicketEvent
from tests.factories.issues import make_agency
from tests.issues import said
from tests.issues.conftest import TaskForce, at
from tests.issues.files.made import image
from tests.issues.web.conftest import PDF, text_of

pytestmark = pytest.mark.usefixtures("half_past_nine")
SignIn = Callable[[User], Client]


def do(time: str, action: Callable[..., Any], user: User, **fields: Any) -> Any:
    with clock.at(at(f"2026-11-18 {time}")):
        return action(actor=Actor.of(user), **fields)


def post(client: Client, ticket: Ticket, name: str, **fields: Any) -> Any:
    return client.post(f"/en/tickets/{ticket.code}/{name}/", fields)


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_the_way_of_a_proposal_through_the_pages(force: TaskForce, as_user: SignIn) -> None:
    officer, filer = as_user(force.officer), as_user(force.filer)
    ticket = force.file(public_consent=True)
    steps = [
        (officer, "accept", {}, "in_progress"),
        (officer, "request_info", {"question": "Giấy phép nào?"}, "awaiting_enterprise"),
        (filer, "provide_info", {"text": "Số 12."}, "in_progress"),
        (officer, "consult", {"agencies": ["STP"], "question": "Có được không?"}, "in_progress"),
    ]
    for client, name, fields, status in steps:
        response = post(client, ticket, name, expected_event=fresh(ticket).last_event_id, **fields)
        assert (response.status_code, fresh(ticket).status) == (302, status), name
    consultation = ticket.consultations.get()
    post(as_user(force.justice_officer), ticket, "consultation_answer", part=consultation.pk, answer="Được.")
    post(officer, ticket, "resolve", answer="Được miễn phép.", kind="explained")
    post(filer, ticket, "rate", score="4", comment="Nhanh")
    post(filer, ticket, "confirm")
    done = fresh(ticket)
    assert (done.status, done.confirmed, done.ratings.get().score) == ("closed", True, 4)
    post(officer, ticket, "propose_publication", title="Về giấy phép", answer="Được miễn phép.")
    post(as_user(force.colleague), ticket, "publish")
    assert fresh(ticket).is_published


def test_somebody_else_of_the_agency_is_put_in_charge(force: TaskForce, as_user: SignIn) -> None:
    ticket = force.file()
    post(as_user(force.head), ticket, "accept", assignee=force.colleague.email)
    assert fresh(ticket).assignee == force.colleague


def test_a_coordinator_routes_by_hand(force: TaskForce, as_user: SignIn) -> None:
    ticket = force.file()
    response = as_user(force.coordinator).post(
        f"/en/tickets/{ticket.code}/route/",
        {"lead_agency": "STC", "coordinating_agencies": ["STP"], "reason": "Đúng thẩm quyền"},
    )
    assert response.status_code == 302
    found = fresh(ticket)
    assert found.lead_agency == force.finance
    assert list(found.coordinating_agencies.all()) == [force.justice]


def test_a_leader_grants_more_time(force: TaskForce, as_user: SignIn) -> None:
    ticket = force.accepted()
    post(as_user(force.officer), ticket, "extend", as_complex="no", working_days="2", reason="Chờ hồ sơ")
    extension = ticket.extensions.get()
    post(as_user(force.leader), ticket, "extension_decision", part=extension.pk, granted="yes", reason="Đồng ý")
    assert fresh(ticket).due_at == at("2026-11-20 17:30")


def test_a_leader_refuses(force: TaskForce, as_user: SignIn) -> None:
    ticket = force.accepted()
    post(as_user(force.officer), ticket, "extend", as_complex="no", working_days="2", reason="Chờ hồ sơ")
    extension = ticket.extensions.get()
    post(as_user(force.leader), ticket, "extension_decision", part=extension.pk, granted="no", reason="Không")
    extension.refresh_from_db()
    assert extension.status == "refused"


def test_a_complex_case_is_asked_for_and_granted(force: TaskForce, as_user: SignIn) -> None:
    ticket = force.accepted()
    # The number of days stands in the form all the same.
    post(as_user(force.officer), ticket, "extend", as_complex="yes", working_days="5", reason="Ba sở")
    extension = ticket.extensions.get()
    assert extension.as_complex
    page = text_of(as_user(force.leader).get(f"/en/tickets/{ticket.code}/"))
    asks = "asks for treatment as a complex case: 17:30 Thu 26 Nov instead of 17:30 today"
    assert f"Department of Construction {asks}" in page
    post(as_user(force.leader), ticket, "extension_decision", part=extension.pk, granted="yes", reason="Đồng ý")
    assert (fresh(ticket).kind, fresh(ticket).due_at) == ("complex", at("2026-11-26 17:30"))
    page = text_of(as_user(force.filer).get(f"/en/tickets/{ticket.code}/"))
    assert said.of_event(ticket, "extension.decided") in page
    assert "17:30 Thu 26 Nov" in page
    assert "<dt>Complex case</dt>" in page


def test_a_leader_makes_it_a_complex_case_unasked(force: TaskForce, as_user: SignIn) -> None:
    ticket = force.accepted()
    post(as_user(force.leader), ticket, "complex", reason="Liên ngành")
    assert fresh(ticket).kind == "complex"
    assert post(as_user(force.leader), ticket, "complex", reason="Nữa").status_code == 409


class TestRefusals:
    def test_a_missing_field_keeps_what_was_typed(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        response = post(as_user(force.officer), ticket, "resolve", answer="Được miễn phép.")
        page = text_of(response)
        assert response.status_code == 422
        assert "Được miễn phép." in page
        assert 'href="#resolve_kind_0"' in page

    def test_what_the_action_finds_stands_at_its_field(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        response = post(as_user(force.officer), ticket, "return", agency="SXD", legal_basis="Điều 12 Luật Đất đai")
        assert response.status_code == 422
        assert 'href="#return_agency' in text_of(response)
        assert "Điều 12 Luật Đất đai" in text_of(response)

    def test_may_see_but_not_do(self, force: TaskForce, as_user: SignIn) -> None:
        response = post(as_user(force.colleague), force.accepted(), "resolve", answer="x", kind="solved")
        assert response.status_code == 403

    def test_rights_come_before_missing_fields(self, force: TaskForce, as_user: SignIn) -> None:
        assert post(as_user(force.colleague), force.accepted(), "resolve").status_code == 403

    def test_not_in_this_state(self, force: TaskForce, as_user: SignIn) -> None:
        response = post(as_user(force.officer), force.accepted(), "accept")
        assert response.status_code == 409

    def test_something_happened_meanwhile(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        seen = fresh(ticket).last_event_id
        do("09:20", conversation.post_message, force.filer, ticket=ticket, body="Chúng tôi đã tìm ra giấy phép")
        response = post(
            as_user(force.officer), ticket, "resolve", answer="Cần giấy phép.", kind="explained", expected_event=seen
        )
        page = text_of(response)
        assert response.status_code == 409
        assert "Not sent: the proposal has changed in the meantime" in page
        assert "“Chúng tôi đã tìm ra giấy phép”" in page
        assert "Cần giấy phép." in page
        assert fresh(ticket).status == "in_progress"
        newest = fresh(ticket).last_event_id
        assert f'name="expected_event" value="{newest}"' in page

    def test_an_internal_note_does_not_hold_the_enterprise_up(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        seen = fresh(ticket).last_event_id
        do("09:20", conversation.post_message, force.officer, ticket=ticket, body="Nội bộ", visibility="internal")
        assert post(as_user(force.filer), ticket, "withdraw", expected_event=seen).status_code == 302

    def test_nonsense(self, force: TaskForce, as_user: SignIn) -> None:
        ticket, officer = force.accepted(), as_user(force.officer)
        assert post(officer, ticket, "fly").status_code == 404
        assert post(officer, ticket, "consultation_cancel", part="x", reason="y").status_code == 404
        assert post(officer, ticket, "extension_decision").status_code == 404
        assert officer.get(f"/en/tickets/{ticket.code}/accept/").status_code == 405
        response = post(officer, ticket, "message", body="Chào", expected_event="x" * 500)
        assert response.status_code == 302

    @pytest.mark.parametrize("name", [*COMMANDS, "consultation_answer", "consultation_cancel", "extension_decision"])
    def test_the_person_who_may_not_see_it_gets_not_found(self, force: TaskForce, as_user: SignIn, name: str) -> None:
        ticket = force.accepted()
        before = TicketEvent.objects.count()
        assert post(as_user(force.other_filer), ticket, name).status_code == 404
        assert post(Client(), ticket, name).status_code == 302
        assert TicketEvent.objects.count() == before

    def test_a_part_of_another_ticket_is_not_found(self, force: TaskForce, as_user: SignIn) -> None:
        ticket, other = force.accepted(), force.accepted()
        asked = do(
            "09:10",
            consultations.request_consultation,
            force.officer,
            ticket=other,
            agency="STP",
            question="Có được không?",
        )
        response = post(as_user(force.officer), ticket, "consultation_cancel", part=asked.pk, reason="Thôi")
        assert response.status_code == 404


class TestFiles:
    def test_words_and_files_go_together(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        files = [SimpleUploadedFile(name, PDF) for name in ("a.pdf", "b.pdf")]
        assert post(as_user(force.filer), ticket, "message", body="Xem tệp", uploads=files).status_code == 302
        assert [file.name for file in ticket.attachments.all()] == ["a.pdf", "b.pdf"]
        assert Message.objects.get().body == "Xem tệp"

    def test_an_image_under_a_wrong_name_is_kept_and_said(self, force: TaskForce, as_user: SignIn) -> None:
        ticket, client = force.accepted(), as_user(force.filer)
        files = [SimpleUploadedFile("ảnh.png", image("JPEG"))]
        post(client, ticket, "message", body="Xem ảnh", uploads=files)
        assert "it was saved as “ảnh.jpg”" in text_of(client.get(f"/en/tickets/{ticket.code}/"))
        assert ticket.attachments.get().name == "ảnh.jpg"

    def test_a_refused_file_takes_the_words_back(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        files = [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.pdf", b"MZ")]
        response = post(as_user(force.filer), ticket, "message", body="Xem tệp", uploads=files)
        assert response.status_code == 422
        assert "Xem tệp" in text_of(response)
        assert not Message.objects.exists()
        assert not ticket.attachments.exists()

    def test_files_of_a_note_are_internal(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        post(as_user(force.officer), ticket, "note", body="Nội bộ", uploads=[SimpleUploadedFile("a.pdf", PDF)])
        assert ticket.attachments.get().visibility == "internal"


class TestSavedTyping:
    def save(self, client: Client, ticket: Ticket, key: str, **fields: Any) -> Any:
        return client.post(f"/en/tickets/{ticket.code}/{key}/save/", fields)

    def test_comes_back_and_goes_when_sent(self, force: TaskForce, as_user: SignIn) -> None:
        ticket, officer = force.accepted(), as_user(force.officer)
        answer = self.save(officer, ticket, "resolve", answer="Đang viết", kind="partly", expected_event="1")
        assert answer.json() == {"saved": "Draft saved 09:30"}
        page = text_of(officer.get(f"/en/tickets/{ticket.code}/"))
        assert "Đang viết" in page
        assert "Draft saved 09:30" in page
        assert "Đang viết" not in text_of(as_user(force.head).get(f"/en/tickets/{ticket.code}/"))
        post(officer, ticket, "resolve", answer="Xong", kind="partly")
        assert not SavedInput.objects.exists()

    def test_only_for_tickets_that_one_sees(self, force: TaskForce, as_user: SignIn) -> None:
        assert self.save(as_user(force.other_filer), force.accepted(), "resolve", answer="x").status_code == 404

    def test_too_much_is_refused(self, force: TaskForce, as_user: SignIn) -> None:
        answer = self.save(as_user(force.officer), force.accepted(), "resolve", answer="x" * 60_000)
        assert answer.status_code == 422
        assert answer.json()["problem"]


def test_a_published_answer_is_joined(force: TaskForce, as_user: SignIn) -> None:
    ticket = force.accepted(public_consent=True)
    do("09:10", resolving.resolve, force.officer, ticket=ticket, answer="Được.", kind="solved")
    address = f"/en/answers/{ticket.code}/"
    stranger = as_user(force.other_filer)
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}join/").status_code == 404
    do("09:11", publishing.propose_publication, force.officer, ticket=ticket, title="Công khai", answer="Được.")
    do("09:12", publishing.publish, force.colleague, ticket=ticket)
    assert f'action="{address}join/"' in text_of(stranger.get(address))
    assert f'action="{address}join/"' not in text_of(as_user(force.filer).get(address))
    joined = stranger.post(f"{address}join/", follow=True)
    assert [message.level_tag for message in joined.context["messages"]] == ["success"]
    assert ticket.parties.count() == 1


def test_agencies_not_connected_cannot_be_chosen(force: TaskForce, as_user: SignIn) -> None:
    make_agency("OFF", name_vi="Phường chưa nối", stage="off")
    page = text_of(as_user(force.coordinator).get(f"/en/tickets/{force.file().code}/?tab=route"))
    assert 'value="STC"' in page
    assert 'value="OFF"' not in page
