"""The ticket page tells every step: receipt, closed days, pauses, an extension, calendar edits, in their order."""

from datetime import date

from django.test import Client
from django.urls import reverse
from django.utils import translation

from core import clock
from issues.actions import enterprise, extensions, recompute, resolving
from issues.actor import Actor
from issues.models import Calendar, Ticket
from issues.sentences.explanations import explain_extension, explain_recomputed
from tests.issues.actions.test_recompute import set_day
from tests.issues.conftest import TaskForce, at


def why(client: Client, ticket: Ticket, moment: str) -> list[str]:
    with clock.at(at(moment)), translation.override("en"):
        answer = client.get(reverse("issues:ticket", args=(ticket.code,)))
    return list(answer.context["why"])


def test_a_calendar_edit_and_an_extension_are_told_in_their_order(force: TaskForce, client: Client) -> None:
    client.force_login(force.filer)
    ticket = force.accepted(at("2026-11-18 16:00"))
    set_day(Calendar.objects.get(is_default=True), date(2026, 11, 19))
    with clock.at(at("2026-11-18 17:00")):
        recompute.recompute_pending()
    with clock.at(at("2026-11-20 09:00")):
        extension = extensions.request_extension(
            ticket=ticket, actor=Actor.of(force.officer), working_days=1, reason="More papers"
        )
        extensions.decide_extension(extension=extension, actor=Actor.of(force.leader), granted=True, reason="Yes")
    said = why(client, ticket, "2026-11-20 10:00")
    assert "With the time that a leader granted, 17 h 30 min of working time is given from receipt." in said
    with translation.override("en"):
        moved = explain_recomputed(ticket.events.get(type="clock.recomputed", data__clock="resolution"))
        assert said[-2:] == [moved, explain_extension(ticket.extensions.get())]
    assert "17:30 Mon 23 Nov" in said[-3]


def test_a_question_answered_soon_is_told_and_moves_nothing(force: TaskForce, client: Client) -> None:
    client.force_login(force.filer)
    ticket = force.accepted(at("2026-11-18 09:00"))
    for asked, answered in (("11:00", "11:20"), ("14:00", "14:01")):
        with clock.at(at(f"2026-11-18 {asked}")):
            resolving.request_info(ticket=ticket, actor=Actor.of(force.officer), question="?")
        with clock.at(at(f"2026-11-18 {answered}")):
            enterprise.provide_info(ticket=ticket, actor=Actor.of(force.filer), text="Here")
    assert why(client, ticket, "2026-11-18 14:10")[2:] == [
        "So it was first due 17:30 Wed 18 Nov.",
        "11:00 Wed 18 Nov: the clock stopped with 5 h of working time left.",
        "11:20 Wed 18 Nov: the clock resumed; the answer is due 08:20 Thu 19 Nov.",
        "14:00 Wed 18 Nov: the enterprise was asked, and answered 14:01 Wed 18 Nov. "
        "Because it was so soon, nothing moves.",
    ]
    found = [event for event in ticket.events.order_by("seq") if event.type == "ticket.info_provided"]
    assert [event.data["within_grace"] for event in found] == [False, True]
    assert found[1].data["due_at"] == found[0].data["due_at"]
    with clock.at(at("2026-11-18 14:10")), translation.override("en"):
        page = client.get(reverse("issues:ticket", args=(ticket.code,))).content.decode()
    assert "answered immediately. The due time has not moved:" in page


def test_an_answered_ticket_keeps_the_reasons_it_was_given(force: TaskForce, client: Client) -> None:
    client.force_login(force.filer)
    ticket = force.accepted(at("2026-11-18 16:00"))
    with clock.at(at("2026-11-18 16:30")):
        resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="x", kind="solved")
    set_day(Calendar.objects.get(is_default=True), date(2026, 11, 19))
    with clock.at(at("2026-11-18 17:00")):
        recompute.recompute_pending()
    assert "17:30 Thu 19 Nov" in why(client, ticket, "2026-11-18 17:05")[-1]
