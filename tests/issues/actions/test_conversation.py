"""What people do to a ticket after it was filed: every action with its effect on state, clocks and log."""

import pytest

from core import clock
from core.errors import Invalid, NotAllowed, NotPossible, NotVisible
from issues.actions import consultations, conversation, enterprise, extensions, merging, publishing, resolving, routing
from issues.actor import Actor
from issues.models import ClockKind, TicketEvent
from tests.issues.conftest import MORNING, TaskForce, at


def do(moment: str, action, user, **fields):
    """Run an action as somebody at a moment of 18 November 2026 (or another day)."""
    when = at(moment if "-" in moment else f"2026-11-18 {moment}")
    with clock.at(when):
        return action(actor=Actor.of(user), **fields)


def types(ticket) -> list[str]:
    return list(TicketEvent.objects.filter(ticket=ticket).values_list("type", flat=True))


def test_a_question_stops_the_clock_and_the_answer_starts_it(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("10:00", resolving.request_info, force.officer, ticket=ticket, question="Giấy phép nào?")
    assert (ticket.status, ticket.due_at, ticket.paused_at) == ("awaiting_enterprise", None, at("2026-11-18 10:00"))

    ticket = do("16:00", enterprise.provide_info, force.filer, ticket=ticket, text="Số 12.")
    # 09:00 to 10:00 used, 6 h left at the pause (2 + 4), 1.5 h of it today: 4.5 h tomorrow.
    assert ticket.status == "in_progress"
    assert ticket.due_at == at("2026-11-19 14:00")
    assert ticket.paused_at is None


def test_resolving_ends_every_promise(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="Được miễn phép.", kind="explained")
    event = TicketEvent.objects.get(type="ticket.resolved")
    assert (ticket.status, event.data["used_minutes"], event.data["in_time"]) == ("resolved", 120, True)
    assert not ticket.clocks.filter(stopped_at__isnull=True).exists()
    assert ticket.clocks.get(kind=ClockKind.RESPONSE).met is False  # first word after two hours


def test_only_the_assignee_or_the_head_answers(force: TaskForce) -> None:
    ticket = force.accepted()
    with pytest.raises(NotAllowed):
        do("10:00", resolving.resolve, force.colleague, ticket=ticket, answer="x", kind="solved")
    with pytest.raises(NotVisible):
        do("10:00", resolving.resolve, force.finance_officer, ticket=ticket, answer="x", kind="solved")
    assert do("10:00", resolving.resolve, force.head, ticket=ticket, answer="x", kind="solved").status == "resolved"


def test_missing_and_wrong_fields_are_named(force: TaskForce) -> None:
    ticket = force.accepted()
    with pytest.raises(Invalid) as refused:
        do("10:00", resolving.resolve, force.officer, ticket=ticket, kind="perhaps")
    assert set(refused.value.fields) == {"answer", "kind"}
    ticket.refresh_from_db(fields=["answer"])
    assert ticket.answer == ""


def test_an_open_consultation_holds_the_answer(force: TaskForce) -> None:
    ticket = force.accepted()
    asked = do(
        "10:00",
        consultations.request_consultation,
        force.officer,
        ticket=ticket,
        agency="STP",
        question="Có được không?",
    )
    # 6 h are left at 10:00; half of it is 3 h: 10:00–12:00 and 13:30–14:30.
    assert asked.clock.due_at == at("2026-11-18 14:30")
    with pytest.raises(NotPossible) as refused:
        do("10:05", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="solved")
    assert refused.value.code == "consultation_open"

    with pytest.raises(NotAllowed):
        do("10:10", consultations.answer_consultation, force.officer, consultation=asked, answer="Tôi tự trả lời")
    do("10:20", consultations.answer_consultation, force.justice_officer, consultation=asked, answer="Được.")
    assert do("10:30", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="solved").status == "resolved"


def test_a_cancelled_consultation_no_longer_holds(force: TaskForce) -> None:
    ticket = force.accepted()
    asked = do("10:00", consultations.request_consultation, force.officer, ticket=ticket, agency="STP", question="?")
    with pytest.raises(Invalid):
        do("10:01", consultations.cancel_consultation, force.officer, consultation=asked, reason=" ")
    do("10:02", consultations.cancel_consultation, force.officer, consultation=asked, reason="Đã có văn bản.")
    with pytest.raises(NotPossible):
        do("10:03", consultations.answer_consultation, force.justice_officer, consultation=asked, answer="Được.")
    assert do("10:04", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="solved").status == "resolved"


def test_an_agency_is_asked_once_at_a_time_and_never_itself(force: TaskForce) -> None:
    ticket = force.accepted()
    do("10:00", consultations.request_consultation, force.officer, ticket=ticket, agency="STP", question="?")
    for code in ("STP", "SXD", "NOWHERE"):
        with pytest.raises(Invalid) as refused:
            do("10:01", consultations.request_consultation, force.officer, ticket=ticket, agency=code, question="?")
        assert set(refused.value.fields) == {"agency"}


def test_after_two_returns_the_coordinator_has_the_last_word(force: TaskForce) -> None:
    ticket = force.file()
    law = "Nghị định 1"
    ticket = do("09:05", resolving.return_ticket, force.officer, ticket=ticket, agency="STC", legal_basis=law)
    assert (ticket.status, ticket.returns) == ("submitted", 1)
    ticket = do("09:10", routing.route, force.coordinator, ticket=ticket, lead_agency="STC", reason="Đúng chức năng")
    ticket = do("09:15", resolving.return_ticket, force.finance_officer, ticket=ticket, agency="SXD", legal_basis=law)
    ticket = do("09:20", routing.route, force.coordinator, ticket=ticket, lead_agency="SXD", reason="Quyết định")
    assert ticket.may_return is False
    with pytest.raises(NotPossible) as refused:
        do("09:25", resolving.return_ticket, force.officer, ticket=ticket, agency="STC", legal_basis=law)
    assert refused.value.code == "return_used_up"
    # The promise to the enterprise never moved.
    assert ticket.due_at == at("2026-11-18 17:30")


def test_a_return_names_another_agency_and_the_law(force: TaskForce) -> None:
    ticket = force.file()
    with pytest.raises(Invalid) as refused:
        do("09:05", resolving.return_ticket, force.officer, ticket=ticket, agency="SXD")
    assert set(refused.value.fields) == {"agency", "legal_basis"}


def test_decline_names_the_responsible_body(force: TaskForce) -> None:
    ticket = force.file(title="Xin chào", body="Cảm ơn.", category="")
    ticket = do(
        "09:05", routing.decline, force.coordinator, ticket=ticket, agency="Ngân hàng Nhà nước", legal_basis="Luật"
    )
    assert ticket.status == "declined"
    assert not ticket.clocks.filter(stopped_at__isnull=True).exists()
    assert TicketEvent.objects.last().data == {"agency": "Ngân hàng Nhà nước", "legal_basis": "Luật"}


def test_a_granted_extension_moves_the_due_time_and_shows_both(force: TaskForce) -> None:
    ticket = force.accepted()
    asked = do(
        "10:00", extensions.request_extension, force.officer, ticket=ticket, working_days=2, reason="Phải đo đạc"
    )
    assert asked.new_due_at == at("2026-11-20 17:30")
    with pytest.raises(NotPossible):
        do("10:01", extensions.request_extension, force.officer, ticket=ticket, working_days=1, reason="Nữa")
    with pytest.raises(NotAllowed):
        do("10:02", extensions.decide_extension, force.head, extension=asked, granted=True, reason="Tôi duyệt")
    done = do("10:05", extensions.decide_extension, force.leader, extension=asked, granted=True, reason="Đồng ý")
    ticket.refresh_from_db(fields=["due_at"])
    assert (done.old_due_at, ticket.due_at) == (at("2026-11-18 17:30"), at("2026-11-20 17:30"))


def test_a_refused_extension_changes_nothing(force: TaskForce) -> None:
    ticket = force.accepted()
    asked = do(
        "10:00", extensions.request_extension, force.officer, ticket=ticket, working_days=2, reason="Phải đo đạc"
    )
    do("10:05", extensions.decide_extension, force.leader, extension=asked, granted=False, reason="Không cần")
    ticket.refresh_from_db(fields=["due_at"])
    assert ticket.due_at == at("2026-11-18 17:30")


def test_an_extension_while_paused_counts_when_the_enterprise_answers(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("10:00", resolving.request_info, force.officer, ticket=ticket, question="?")
    asked = do("10:10", extensions.request_extension, force.officer, ticket=ticket, working_days=1, reason="Dài")
    do("10:20", extensions.decide_extension, force.leader, extension=asked, granted=True, reason="Đồng ý")
    ticket = do("10:30", enterprise.provide_info, force.filer, ticket=ticket, text="Đây")
    assert ticket.due_at is not None
    assert ticket.due_at >= at("2026-11-19 17:30")


def test_reopening_starts_a_new_cycle_with_a_new_clock(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="partly")
    ticket = do("14:00", enterprise.reopen, force.filer, ticket=ticket, reason="Chưa rõ")
    assert (ticket.status, ticket.cycle, ticket.due_at) == ("in_progress", 2, at("2026-11-18 17:30"))
    assert ticket.clocks.filter(kind=ClockKind.RESOLUTION).count() == 2


def test_reopening_ends_after_ten_working_days(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="partly")
    # 24 November is closed: the tenth working day after the 18th is 3 December.
    with pytest.raises(NotPossible) as refused:
        do("2026-12-03 17:31", enterprise.reopen, force.filer, ticket=ticket, reason="Muộn")
    assert refused.value.code == "reopen_too_late"
    assert do("2026-12-03 17:30", enterprise.reopen, force.filer, ticket=ticket, reason="Kịp").status == "in_progress"


def test_silence_closes_as_unconfirmed_after_five_working_days(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="solved")
    with clock.at(at("2026-11-26 17:29")), pytest.raises(NotPossible):
        enterprise.close_unconfirmed(ticket=ticket)
    with clock.at(at("2026-11-26 17:30")):
        closed = enterprise.close_unconfirmed(ticket=ticket)
    assert (closed.status, closed.confirmed) == ("closed", False)


def test_withdrawing_ends_clocks_and_consultations(force: TaskForce) -> None:
    ticket = force.accepted()
    asked = do("10:00", consultations.request_consultation, force.officer, ticket=ticket, agency="STP", question="?")
    ticket = do("10:30", enterprise.withdraw, force.filer, ticket=ticket, reason="Xong rồi")
    asked.refresh_from_db()
    assert (ticket.status, asked.status, ticket.due_at) == ("withdrawn", "cancelled", None)
    assert not ticket.clocks.filter(stopped_at__isnull=True).exists()


def test_a_merged_ticket_gives_its_people_to_the_other(force: TaskForce) -> None:
    first = force.file()
    force.filer, force.other_filer = force.other_filer, force.filer
    second = force.file()
    merged = do("10:00", merging.merge, force.coordinator, ticket=second, into=first.code)
    assert (merged.status, merged.merged_into_id) == ("merged", first.pk)
    assert [p.enterprise_id for p in first.parties.all()] == [second.enterprise_id]
    assert not merged.clocks.filter(next_timer_at__isnull=False).exists()
    assert types(first)[-1] == "ticket.absorbed"


@pytest.mark.parametrize("into", [None, "", "KN-1999-0001"])
def test_merging_into_nothing_is_refused(force: TaskForce, into: str | None) -> None:
    ticket = force.file()
    with pytest.raises(Invalid) as refused:
        do("10:00", merging.merge, force.coordinator, ticket=ticket, into=into)
    assert set(refused.value.fields) == {"into"}


def test_merging_into_itself_is_not_possible(force: TaskForce) -> None:
    ticket = force.file()
    with pytest.raises(NotPossible):
        do("10:00", merging.merge, force.coordinator, ticket=ticket, into=ticket.code)


def test_rating_once_a_cycle(force: TaskForce) -> None:
    ticket = force.accepted()
    with pytest.raises(NotPossible):
        do("10:00", enterprise.rate, force.filer, ticket=ticket, score=5)
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="solved")
    for wrong in (0, 6, "five", None, True):
        with pytest.raises(Invalid):
            do("11:01", enterprise.rate, force.filer, ticket=ticket, score=wrong)
    do("11:02", enterprise.rate, force.filer, ticket=ticket, score=4, comment="Nhanh")
    with pytest.raises(NotPossible):
        do("11:03", enterprise.rate, force.filer, ticket=ticket, score=1)


def test_an_internal_note_is_not_for_the_enterprise(force: TaskForce) -> None:
    ticket = force.accepted()
    with pytest.raises(NotAllowed):
        do("10:00", conversation.post_message, force.filer, ticket=ticket, body="x", visibility="internal")
    note = do("10:00", conversation.post_message, force.officer, ticket=ticket, body="Nội bộ", visibility="internal")
    assert note.visibility == "internal"
    assert TicketEvent.objects.last().visibility == "internal"


def test_no_message_to_what_is_over_but_notes_go_on(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("10:00", enterprise.withdraw, force.filer, ticket=ticket)
    with pytest.raises(NotPossible):
        do("10:01", conversation.post_message, force.filer, ticket=ticket, body="x")
    assert do("10:02", conversation.post_message, force.officer, ticket=ticket, body="x", visibility="internal").pk


def test_a_message_of_the_lead_agency_is_the_first_response(force: TaskForce) -> None:
    ticket = force.accepted()
    do("09:50", conversation.post_message, force.filer, ticket=ticket, body="Thêm một ý")
    assert ticket.clocks.get(kind=ClockKind.RESPONSE).is_running
    do("09:59", conversation.post_message, force.officer, ticket=ticket, body="Đã nhận")
    assert ticket.clocks.get(kind=ClockKind.RESPONSE).met is True


def test_publishing_needs_consent_and_a_second_person(force: TaskForce) -> None:
    ticket = force.accepted(public_consent=True)
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="Được.", kind="solved")
    with pytest.raises(NotPossible):
        do("11:01", publishing.publish, force.head, ticket=ticket)
    do("11:02", publishing.propose_publication, force.officer, ticket=ticket, title="Hỏi giấy phép", answer="Được.")
    with pytest.raises(NotAllowed):
        do("11:03", publishing.publish, force.officer, ticket=ticket)
    assert do("11:04", publishing.publish, force.head, ticket=ticket).is_published


def test_without_consent_nothing_is_published(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="Được.", kind="solved")
    with pytest.raises(NotPossible) as refused:
        do("11:02", publishing.propose_publication, force.officer, ticket=ticket, title="a", answer="b")
    assert refused.value.code == "no_consent"


def test_joining_only_what_is_public(force: TaskForce) -> None:
    ticket = force.accepted(public_consent=True)
    with pytest.raises(NotVisible):
        do("10:00", enterprise.join, force.other_filer, ticket=ticket)
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="Được.", kind="solved")
    do("11:02", publishing.propose_publication, force.officer, ticket=ticket, title="a", answer="b")
    ticket = do("11:04", publishing.publish, force.head, ticket=ticket)
    do("11:05", enterprise.join, force.other_filer, ticket=ticket)
    do("11:06", enterprise.join, force.other_filer, ticket=ticket)
    assert ticket.parties.count() == 1


def test_a_page_that_is_out_of_date_is_told_so(force: TaskForce) -> None:
    ticket = force.accepted()
    seen = ticket.last_event_id
    do("10:00", conversation.post_message, force.filer, ticket=ticket, body="Thêm một ý")
    with pytest.raises(NotPossible) as refused:
        do("10:01", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="solved", expected_event=seen)
    assert refused.value.code == "out_of_date"


def test_what_a_person_cannot_see_does_not_make_their_page_old(force: TaskForce) -> None:
    ticket = force.accepted()
    seen = ticket.last_event_id
    do("10:00", conversation.post_message, force.officer, ticket=ticket, body="Nội bộ", visibility="internal")
    assert do("10:01", enterprise.withdraw, force.filer, ticket=ticket, expected_event=seen).status == "withdrawn"


def test_strangers_learn_nothing(force: TaskForce) -> None:
    ticket = force.accepted()
    for action, fields in (
        (enterprise.withdraw, {}),
        (resolving.accept, {}),
        (conversation.post_message, {"body": "x"}),
        (enterprise.rate, {"score": 5}),
    ):
        with pytest.raises(NotVisible):
            do("10:00", action, force.other_filer, ticket=ticket, **fields)


def test_the_acceptance_clock_starts_anew_with_each_agency(force: TaskForce) -> None:
    ticket = force.file()
    ticket = do("09:20", routing.route, force.coordinator, ticket=ticket, lead_agency="STC", reason="Đúng hơn")
    running = ticket.clocks.get(kind=ClockKind.ACCEPTANCE, stopped_at__isnull=True)
    assert running.due_at == at("2026-11-18 09:50")
    assert running.started_at > MORNING
