"""Many tickets at once: what the preview says is what happens, one by one, and what is refused is told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from core.errors import NotPossible
from issues import policies
from issues.actions import assigning, conversation, resolving, roster_absences
from issues.actor import Actor
from issues.models import Message, Notification, RoutingDecision, Ticket
from issues.web import bulk
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import text_of, wrong_fields

pytestmark = pytest.mark.usefixtures("half_past_nine")
SignIn = Callable[[User], Client]
BULK, RESULT = "/en/inbox/bulk/", "/en/inbox/bulk/result/"


def pick(*tickets: Ticket) -> list[str]:
    return [f"{ticket.code}:{Ticket.objects.get(pk=ticket.pk).last_event_id}" for ticket in tickets]


def preview(client: Client, do: str, *tickets: Ticket, **more: Any) -> Any:
    return client.post(BULK, {"do": do, "ticket": pick(*tickets), "from": "inbox", **more})


def go(client: Client, do: str, picked: list[str], **more: Any) -> Any:
    return client.post(BULK, {"do": do, "ticket": picked, "go": "1", **more}, follow=True)


def statuses(*tickets: Ticket) -> list[str]:
    return [Ticket.objects.get(pk=ticket.pk).status for ticket in tickets]


class TestPreview:
    def test_it_says_what_will_be_done_and_what_not_and_changes_nothing(
        self, force: TaskForce, as_user: SignIn
    ) -> None:
        new, accepted = force.file(), force.accepted()
        shown = preview(as_user(force.officer), "accept", new, accepted).context
        assert [ticket.pk for ticket in shown["will"]] == [new.pk]
        with pytest.raises(NotPossible) as refused, translation.override("en"):
            policies.check_state(accepted, "accept")
        assert [(ticket.pk, reason) for ticket, reason in shown["refused"]] == [(accepted.pk, refused.value.message)]
        assert statuses(new, accepted) == ["routed", "in_progress"]

    def test_what_is_for_others_is_refused(self, force: TaskForce, as_user: SignIn) -> None:
        theirs = force.accepted()
        refused = preview(as_user(force.colleague), "reassign", theirs).context["refused"]
        assert [ticket for ticket, _why in refused] == [theirs]
        assert all(why for _ticket, why in refused)

    def test_a_chosen_person_is_looked_at_for_each_ticket(self, force: TaskForce, as_user: SignIn) -> None:
        first, second = force.accepted(), force.accepted()
        assigning.reassign(ticket=second, actor=Actor.of(force.officer), assignee=force.colleague.pk)
        shown = as_user(force.head).post(
            BULK, {"do": "reassign", "ticket": pick(first, second), "assignee": force.colleague.email}
        )
        assert [ticket.pk for ticket in shown.context["will"]] == [first.pk]
        assert [ticket.pk for ticket, _why in shown.context["refused"]] == [second.pk]

    def test_what_one_may_not_see_is_not_named(self, force: TaskForce, as_user: SignIn) -> None:
        mine = force.file()
        page = as_user(force.finance_officer).post(BULK, {"do": "accept", "ticket": pick(mine)}, follow=True)
        assert "Choose at least one ticket." in text_of(page)

    @pytest.mark.parametrize(("who", "do"), [("officer", "route"), ("coordinator", "accept"), ("officer", "resolve")])
    def test_what_is_not_offered_is_not_there(self, force: TaskForce, as_user: SignIn, who: str, do: str) -> None:
        assert preview(as_user(getattr(force, who)), do, force.file()).status_code == 404

    def test_wrong_input(self, force: TaskForce, as_user: SignIn) -> None:
        client, ticket = as_user(force.officer), force.file()
        for given in (["x", "\x00", ":", f"{ticket.code}:x", f"{ticket.code}:{'9' * 40}"], [ticket.code]):
            shown = client.post(BULK, {"do": "accept", "ticket": given, "from": "inbox"})
            assert [one.pk for one in shown.context["will"]] == [ticket.pk]
        assert client.post(BULK, {"do": "accept"}).status_code == 302
        assert client.post(BULK, {"ticket": ticket.code}).status_code == 404
        assert client.get(BULK).status_code == 405

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries(self, force: TaskForce, as_user: SignIn, django_assert_num_queries: Any, number: int) -> None:
        tickets = [force.file() for _ in range(number)]
        client = as_user(force.officer)
        preview(client, "accept", *tickets)
        picked = pick(*tickets)
        with django_assert_num_queries(6):
            client.post(BULK, {"do": "accept", "ticket": picked, "from": "inbox"})


class TestDoing:
    def test_accepting_many(self, force: TaskForce, as_user: SignIn) -> None:
        tickets = [force.file() for _ in range(3)]
        page = go(as_user(force.officer), "accept", pick(*tickets))
        assert page.redirect_chain == [("/en/inbox/", 302)]
        assert "Done for 3 tickets." in text_of(page)
        assert statuses(*tickets) == ["in_progress"] * 3
        assert {Ticket.objects.get(pk=one.pk).assignee for one in tickets} == {force.officer}

    def test_what_has_changed_since_the_preview_is_left_out_and_told(self, force: TaskForce, as_user: SignIn) -> None:
        first, second, third = force.file(), force.file(), force.file()
        picked, client = pick(first, second, third), as_user(force.officer)
        resolving.accept(ticket=first, actor=Actor.of(force.colleague))
        conversation.post_message(ticket=second, actor=Actor.of(force.filer), body="Còn một việc nữa")
        page = go(client, "accept", picked)
        assert page.redirect_chain == [(RESULT, 302)]
        shown = text_of(page)
        assert "done for 1 ticket" in shown
        assert "Not done for 2 tickets" in shown
        with pytest.raises(NotPossible) as refused, translation.override("en"):
            conversation.post_message(ticket=second, actor=Actor.of(force.officer), body="?", expected_event=0)
        assert refused.value.code == "out_of_date"
        assert refused.value.message in shown
        assert statuses(first, second, third) == ["in_progress", "routed", "in_progress"]
        again = client.post(BULK, {"do": "accept", "ticket": [second.code]})
        assert [ticket.pk for ticket in again.context["will"]] == [second.pk]

    def test_handing_over_many_is_one_mail_and_can_be_undone(self, force: TaskForce, as_user: SignIn) -> None:
        tickets = [force.accepted() for _ in range(3)]
        client = as_user(force.officer)
        page = go(client, "reassign", pick(*tickets), assignee=force.colleague.email, reason="Đi họp")
        assert {Ticket.objects.get(pk=one.pk).assignee for one in tickets} == {force.colleague}
        mails = Notification.objects.filter(user=force.colleague, channel="mail", entry__isnull=False)
        assert len(mails.get().entry.data["codes"]) == 3
        token = next(iter(page.context["messages"])).extra_tags.removeprefix("undo:")
        undone = client.post("/en/undo/", {"token": token}, follow=True)
        assert [(one.level_tag, "3" in one.message) for one in undone.context["messages"]] == [("success", True)]
        assert {Ticket.objects.get(pk=one.pk).assignee for one in tickets} == {force.officer}

    def test_routing_many(self, force: TaskForce, as_user: SignIn) -> None:
        tickets = [force.file(title="Việc lạ", body="Không rõ.", category="") for _ in range(2)]
        page = go(as_user(force.coordinator), "route", pick(*tickets), lead_agency="STC", reason="Thuộc tài chính")
        assert "Done for 2 tickets." in text_of(page)
        assert {Ticket.objects.get(pk=one.pk).lead_agency for one in tickets} == {force.finance}
        assert RoutingDecision.objects.filter(reason="Thuộc tài chính").count() == 2

    def test_one_note_on_many(self, force: TaskForce, as_user: SignIn) -> None:
        tickets = [force.accepted() for _ in range(2)]
        go(as_user(force.officer), "note", pick(*tickets), body="Gọi lại <b>chiều</b> nay")
        notes = Message.objects.filter(visibility="internal").values_list("ticket_id", "body")
        assert set(notes) == {(one.pk, "Gọi lại <b>chiều</b> nay") for one in tickets}

    def test_an_empty_form_comes_back_and_nothing_happens(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        for do, fields in (("note", {"body": " "}), ("reassign", {"assignee": "", "reason": "Đi học"})):
            page = go(as_user(force.officer), do, pick(ticket), **fields)
            assert page.status_code == 422
            assert wrong_fields(page) == {"body" if do == "note" else "assignee"}
            assert str(fields.get("reason", "")) in text_of(page)
        assert not Message.objects.exists()

    def test_nothing_that_was_written_is_lost(
        self, force: TaskForce, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ticket, over = force.accepted(), force.accepted()
        picked = pick(ticket, over)
        resolving.resolve(ticket=over, actor=Actor.of(force.officer), answer="Được.", kind="solved")
        monkeypatch.setattr(bulk.BulkCommand, "refusals", lambda *_given: {over.pk: "Đã trả lời"})
        shown = text_of(go(as_user(force.officer), "note", picked, body="Ghi chú dài"))
        assert "Đã trả lời" in shown
        assert "Ghi chú dài" in shown
        assert 'name="body" value="Ghi chú dài"' in shown

    def test_without_a_result_there_is_no_page_of_it(self, force: TaskForce, as_user: SignIn) -> None:
        assert as_user(force.officer).get(RESULT).status_code == 302


class TestInbox:
    def test_a_box_for_every_row_and_what_the_person_can_choose(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.file()
        offered = {
            name: [one.name for one in as_user(getattr(force, name)).get("/en/inbox/").context["bulk"]]
            for name in ("officer", "coordinator", "leader")
        }
        assert offered == {
            "officer": ["accept", "reassign", "note"],
            "coordinator": ["route", "note"],
            "leader": ["note"],
        }
        assert f'value="{pick(ticket)[0]}"' in text_of(as_user(force.officer).get("/en/inbox/"))

    def test_the_head_finds_what_nobody_works_on(self, force: TaskForce, as_user: SignIn) -> None:
        left, away, fine = force.accepted(), force.accepted(), force.accepted()
        for ticket, who in ((away, force.colleague), (fine, force.head)):
            assigning.reassign(ticket=ticket, actor=Actor.of(force.officer), assignee=who.pk)
        User.objects.filter(pk=force.officer.pk).update(is_active=False)
        given = {"first_day": "2026-11-18", "last_day": "2026-11-18"}
        roster_absences.enter_absence(agency=force.construction, actor=Actor.of(force.colleague), **given)
        lists = {one.code: one.rows for one in as_user(force.head).get("/en/inbox/").context["lists"]}
        assert [row.ticket.pk for row in lists["nobody"]] == [left.pk, away.pk]
        assert "nobody" not in [one.code for one in as_user(force.colleague).get("/en/inbox/").context["lists"]]
