"""The pages of the roster: the week, one agency, its forms, and what they refuse."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from issues.actions import roster, roster_absences, roster_swaps
from issues.actor import Actor
from issues.mail import roster_texts
from issues.mail.compose import compose
from issues.mail.receivable import receivable
from issues.models import Absence, Duty, DutySwap, Notification, RosterEntry
from issues.sentences.roster_words import sentence_of
from tests.factories.issues import make_agency
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import text_of

pytestmark = pytest.mark.usefixtures("half_past_nine")
SignIn = Callable[[User], Client]
ROSTER, SXD = "/en/roster/", "/en/roster/SXD/"
FRIDAY = "2026-11-20"


def assign(force: TaskForce, officer: User, day: str = FRIDAY, kind: str = "duty") -> Duty:
    return roster.assign(agency=force.construction, actor=Actor.of(force.head), officer=officer.pk, day=day, kind=kind)


def post(client: Client, name: str, **fields: Any) -> Any:
    return client.post(f"{SXD}{name}/", {"week": "2026-11-18", **fields}, follow=True)


def cells(client: Client, address: str = ROSTER) -> dict[str, list[Any]]:
    return {line.agency.code: line.cells for line in client.get(address).context["week"].lines}


class TestWeek:
    def test_an_officer_sees_the_own_agency_and_a_coordinator_all(self, force: TaskForce, as_user: SignIn) -> None:
        assert list(cells(as_user(force.officer))) == ["SXD"]
        for who in (force.coordinator, force.leader):
            assert {"SXD", "STC", "STP"} <= set(cells(as_user(who)))

    def test_gaps_stand_on_working_days_that_are_not_over(self, force: TaskForce, as_user: SignIn) -> None:
        assign(force, force.officer)
        found = [cell.has_gap for cell in cells(as_user(force.officer))["SXD"]]
        assert found == [False, False, True, True, False, False, False]  # Monday and Tuesday are over
        page = text_of(as_user(force.officer).get(ROSTER))
        assert page.count("Nobody on duty") == 2
        assert "2 working days of agencies here with nobody on duty" in page

    def test_an_absence_makes_a_gap_and_a_stand_in_closes_it(self, force: TaskForce, as_user: SignIn) -> None:
        assign(force, force.officer)
        given = {"agency": force.construction, "actor": Actor.of(force.officer), "first_day": FRIDAY}
        absence = roster_absences.enter_absence(**given, last_day=FRIDAY)
        client = as_user(force.officer)
        assert cells(client)["SXD"][4].has_gap
        roster_absences.end_absence(agency=force.construction, actor=Actor.of(force.head), absence=absence.pk)
        roster_absences.enter_absence(**given, last_day=FRIDAY, stand_in=force.colleague.email)
        turn = cells(client)["SXD"][4].shifts[0]
        assert (turn.name, turn.instead_of, turn.is_gap) == (str(force.colleague), "", False)

    def test_closed_days_say_why(self, force: TaskForce, as_user: SignIn) -> None:
        days = as_user(force.officer).get(ROSTER + "?week=2026-11-24").context["week"].days
        assert [bool(day.closed) for day in days] == [False, True, False, False, False, True, True]
        assert days[5].closed == "day off"

    @pytest.mark.parametrize("week", ["x", "2026-13-01", "9999-12-31", "0001-01-01", ""])
    def test_a_wrong_week_is_this_week(self, force: TaskForce, as_user: SignIn, week: str) -> None:
        response = as_user(force.officer).get(ROSTER, {"week": week, "day": week, "page": week})
        assert response.context["week"].monday == date(2026, 11, 16)

    def test_a_narrow_screen_shows_the_day_asked_for(self, force: TaskForce, as_user: SignIn) -> None:
        page = as_user(force.officer).get(ROSTER + "?day=2026-11-20")
        assert page.context["day"] == date(2026, 11, 20)
        assert page.content.decode().count("data-other-day") == 12  # six of seven days, in the head and in one row

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries(
        self,
        force: TaskForce,
        as_user: SignIn,
        django_assert_num_queries: Any,
        monkeypatch: pytest.MonkeyPatch,
        number: int,
    ) -> None:
        for index in range(number):
            make_agency(f"X{index}")
            assign(force, force.officer, f"2026-11-{25 + index}")
        client = as_user(force.coordinator)
        client.get(ROSTER + "?week=2026-11-25")
        with django_assert_num_queries(11):
            client.get(ROSTER + "?week=2026-11-25")


class TestAgency:
    def test_who_finds_which_forms(self, force: TaskForce, as_user: SignIn) -> None:
        assign(force, force.officer)
        offered = {
            name: list(as_user(getattr(force, name)).get(SXD).context["forms"])
            for name in ("officer", "colleague", "head", "coordinator", "leader")
        }
        assert offered == {
            "officer": ["swap", "absence"],
            "colleague": ["absence"],
            "head": ["assign", "absence_of_others"],
            "coordinator": ["assign", "absence_of_others"],
            "leader": [],
        }

    @pytest.mark.parametrize("who", ["finance_officer", "filer"])
    def test_the_roster_of_others_is_not_there(self, force: TaskForce, as_user: SignIn, who: str) -> None:
        status = {"finance_officer": 404, "filer": 403}[who]
        assert as_user(getattr(force, who)).get(SXD).status_code == status
        assert as_user(getattr(force, who)).post(SXD + "copy/", {"monday": "2026-11-23"}).status_code == status

    def test_put_on_duty_and_undone(self, force: TaskForce, as_user: SignIn) -> None:
        client = as_user(force.head)
        page = post(client, "assign", officer=force.officer.email, day=FRIDAY, kind="after")
        assert Duty.objects.get().kind == "after"
        token = next(iter(page.context["messages"])).extra_tags.removeprefix("undo:")
        undone = client.post("/en/undo/", {"token": token, "next": SXD}, follow=True)
        assert len(undone.context["messages"]) == 1
        assert not Duty.objects.exists()

    def test_taken_off_and_undone(self, force: TaskForce, as_user: SignIn) -> None:
        turn, client = assign(force, force.officer), as_user(force.head)
        page = post(client, "remove", duty=turn.pk)
        assert not Duty.objects.exists()
        token = next(iter(page.context["messages"])).extra_tags.removeprefix("undo:")
        client.post("/en/undo/", {"token": token, "next": SXD})
        assert Duty.objects.get().officer == force.officer

    def test_a_refused_form_comes_back_with_what_was_typed(self, force: TaskForce, as_user: SignIn) -> None:
        response = post(as_user(force.head), "assign", officer=force.officer.email, day="2026-11-21", kind="duty")
        page = text_of(response)
        assert response.status_code == 422
        assert response.context["forms"]["assign"].errors["day"][0] in page
        assert f'value="{force.officer.email}" selected' in page
        assert 'value="2026-11-21"' in page

    def test_officers_cannot_change_it_by_hand_made_forms(self, force: TaskForce, as_user: SignIn) -> None:
        turn, client = assign(force, force.officer), as_user(force.officer)
        for name, fields in (
            ("assign", {"officer": force.officer.email, "day": "2026-11-19", "kind": "duty"}),
            ("remove", {"duty": turn.pk}),
            ("copy", {"monday": "2026-11-23"}),
            ("absence", {"officer": force.colleague.email, "first_day": FRIDAY, "last_day": FRIDAY}),
        ):
            assert post(client, name, **fields).status_code == 403, name
        assert Duty.objects.count() == 1
        assert not Absence.objects.exists()
        assert client.post(f"{SXD}destroy/").status_code == 404
        assert post(client, "accept_swap", swap="x").status_code == 404
        assert post(as_user(force.head), "remove", duty="\x00").status_code == 422

    def test_a_swap_from_the_question_to_the_answer(self, force: TaskForce, as_user: SignIn) -> None:
        turn = assign(force, force.officer)
        post(as_user(force.officer), "swap", duty=turn.pk, colleague=force.colleague.email, in_return="", note="")
        swap = DutySwap.objects.get()
        assert "asks" in text_of(as_user(force.head).get(SXD))
        page = text_of(as_user(force.colleague).get(SXD))
        assert "accept_swap" in page
        taken = post(as_user(force.colleague), "accept_swap", swap=swap.pk)
        assert [message.level_tag for message in taken.context["messages"]] == ["success"]
        assert Duty.objects.get().officer == force.colleague
        told = as_user(force.officer).get("/en/notifications/")
        with translation.override("en"):
            entry = RosterEntry.objects.get(kind=RosterEntry.Kind.SWAP_ACCEPTED)
            assert sentence_of(entry) in text_of(told)

    def test_an_absence_leads_on_to_handing_over(self, force: TaskForce, as_user: SignIn) -> None:
        fields = {"first_day": FRIDAY, "last_day": FRIDAY, "stand_in": force.colleague.email, "hand_over": "on"}
        response = as_user(force.officer).post(f"{SXD}absence/", fields)
        assert response["Location"].startswith(f"/en/handover/?agency=SXD&officer={force.officer.pk}&to=")

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries(
        self,
        force: TaskForce,
        as_user: SignIn,
        django_assert_num_queries: Any,
        monkeypatch: pytest.MonkeyPatch,
        number: int,
    ) -> None:
        for index in range(number):
            turn = assign(force, force.officer, f"2026-11-{25 + index}")
            roster_swaps.ask_swap(
                agency=force.construction, actor=Actor.of(force.officer), duty=turn.pk, colleague=force.colleague.pk
            )
            roster_absences.enter_absence(
                agency=force.construction,
                actor=Actor.of(force.head),
                officer=force.colleague.pk,
                first_day=f"2026-12-{10 + index}",
                last_day=f"2026-12-{10 + index}",
            )
            force.accepted()
        client = as_user(force.head)
        client.get(SXD + "?week=2026-11-25")
        with django_assert_num_queries(17):
            client.get(SXD + "?week=2026-11-25")


def test_a_mail_about_the_roster(force: TaskForce) -> None:
    turn = assign(force, force.officer)
    force.colleague.language = "en"
    force.colleague.save()
    roster_swaps.ask_swap(
        agency=force.construction,
        actor=Actor.of(force.officer),
        duty=turn.pk,
        colleague=force.colleague.pk,
        note="Khám bệnh",
    )
    row = Notification.objects.get(channel="mail")
    message = compose(row)
    assert receivable([row])
    with translation.override("en"):
        words = roster_texts.words_of(row.entry)
    assert message.subject == f"[SXD] {words.headline}"
    assert all(line in message.body for line in words.lines)
    assert "/en/roster/SXD/?week=2026-11-20" in message.body
    assert "Khám bệnh" in message.body
    force.colleague.memberships.all().delete()
    assert not receivable([Notification.objects.get(channel="mail")])
