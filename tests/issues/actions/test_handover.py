"""Handing over all open tickets: who gets what, and what stays."""

from typing import Any

import pytest

from accounts.models import Membership, Role, User
from core.errors import Invalid, NotAllowed
from issues.actions import drafts, handover, resolving, roster_absences
from issues.actor import Actor
from issues.mail.compose import compose
from issues.models import Notification, RosterEntry, SavedInput, Ticket, TicketEvent
from tests.factories.issues import make_user
from tests.issues.conftest import TaskForce

pytestmark = pytest.mark.usefixtures("half_past_nine")


def work(force: TaskForce, number: int = 3) -> list[Ticket]:
    """Tickets that the officer is in charge of: accepted ones, and the last waits for the enterprise."""
    tickets = [force.accepted() for _ in range(number)]
    resolving.request_info(ticket=tickets[-1], actor=Actor.of(force.officer), question="?")
    return tickets


def go(force: TaskForce, by: User, to: Any, **more: Any) -> handover.HandedOver:
    return handover.hand_over(
        agency=force.construction, actor=Actor.of(by), officer=more.pop("officer", force.officer.pk), to=to, **more
    )


def assignees(tickets: list[Ticket]) -> list[int | None]:
    return list(Ticket.objects.filter(pk__in=[t.pk for t in tickets]).order_by("pk").values_list("assignee", flat=True))


class TestAction:
    def test_all_go_to_a_colleague_each_with_its_event_and_one_mail(self, force: TaskForce) -> None:
        tickets = work(force)
        drafts.save_input(
            actor=Actor.of(force.officer), key=f"ticket:{tickets[0].code}:resolve", data={"answer": "Nháp"}
        )
        result = go(force, force.officer, force.colleague.email, reason="Nghỉ phép")
        assert assignees(tickets) == [force.colleague.pk] * 3
        assert (len(result.done), result.refused) == (3, [])
        events = TicketEvent.objects.filter(type="ticket.reassigned")
        assert [(event.data["batch"], event.data["reason"]) for event in events] == [(True, "Nghỉ phép")] * 3
        mail = Notification.objects.get(channel="mail", user=force.colleague, entry__isnull=False)
        body = str(compose(mail).body)
        assert all(str(ticket.code) in body for ticket in tickets)
        assert "Nghỉ phép" in body
        assert SavedInput.objects.get().user == force.officer

    def test_by_load_the_least_loaded_gets_the_next_one(self, force: TaskForce) -> None:
        third = make_user(Role.OFFICER, agency=force.construction)
        theirs = force.file()
        resolving.accept(ticket=theirs, actor=Actor.of(third))
        tickets = work(force)
        go(force, force.head, "load")
        assert assignees(tickets) == [force.colleague.pk, force.colleague.pk, third.pk]
        assert RosterEntry.objects.filter(kind="handed_over").count() == 2

    def test_absent_colleagues_get_nothing(self, force: TaskForce) -> None:
        work(force, 1)
        roster_absences.enter_absence(
            agency=force.construction,
            actor=Actor.of(force.head),
            officer=force.colleague.pk,
            first_day="2026-11-18",
            last_day="2026-11-18",
        )
        for to in ("load", force.colleague.pk):
            with pytest.raises(Invalid) as refused:
                go(force, force.officer, to)
            assert "to" in refused.value.fields

    @pytest.mark.parametrize("to", ["", None, "x@example.com", "officer", "finance_officer"])
    def test_wrong_receivers(self, force: TaskForce, to: Any) -> None:
        work(force, 1)
        with pytest.raises(Invalid) as refused:
            go(force, force.officer, getattr(getattr(force, str(to), None), "email", to))
        assert "to" in refused.value.fields

    def test_only_oneself_and_the_head(self, force: TaskForce) -> None:
        work(force, 1)
        for who in (force.colleague, force.coordinator, force.finance_officer):
            with pytest.raises(NotAllowed):
                go(force, who, force.colleague.email)

    def test_what_another_agency_leads_stays_and_says_why(self, force: TaskForce) -> None:
        Membership.objects.create(user=force.officer, role=Role.OFFICER, agency=force.finance)
        mine, elsewhere = force.accepted(), force.accepted()
        Ticket.objects.filter(pk=elsewhere.pk).update(lead_agency=force.finance)
        result = go(force, User.objects.get(pk=force.officer.pk), force.colleague.email)
        assert [one.pk for one in result.done] == [mine.pk]
        assert [one.ticket.pk for one in result.refused] == [elsewhere.pk]
        assert result.refused[0].refusal

    def test_what_changed_since_the_preview_is_said(self, force: TaskForce, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = work(force, 2)
        planned = handover.plan(
            agency=force.construction, actor=Actor.of(force.officer), officer=None, to=force.colleague.email
        )
        resolving.resolve(ticket=first, actor=Actor.of(force.officer), answer="Được.", kind="solved")
        monkeypatch.setattr(handover, "plan", lambda **_given: planned)
        result = go(force, force.officer, force.colleague.email)
        assert [one.pk for one in result.done] == [second.pk]
        assert [one.ticket.pk for one in result.refused] == [first.pk]

    def test_the_tickets_of_somebody_who_left(self, force: TaskForce) -> None:
        tickets = work(force, 1)
        force.officer.memberships.all().delete()
        User.objects.filter(pk=force.officer.pk).update(is_active=False)
        assert len(go(force, force.head, force.colleague.email).done) == 1
        assert assignees(tickets) == [force.colleague.pk]
