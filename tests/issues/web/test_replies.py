"""Saved replies: kept for oneself or shared by the head, filled in for one proposal, counted when used."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from core.errors import NotAllowed
from issues.actions import replies as actions
from issues.actions import resolving
from issues.actor import Actor
from issues.models import SavedReply
from issues.sentences.reply_placeholders import filled
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import text_of

pytestmark = pytest.mark.usefixtures("half_past_nine")
SignIn = Callable[[User], Client]
PAGE = "/en/replies/"


def keep(user: User, title: str = "Đã nhận", body: str = "Kính gửi {enterprise}: {code}.", **fields: Any) -> SavedReply:
    return actions.create_reply(actor=Actor.of(user), title=title, body=body, **fields)


class TestKeeping:
    def test_for_oneself(self, force: TaskForce, as_user: SignIn) -> None:
        answer = as_user(force.officer).post(PAGE, {"title": "Đã nhận", "body": "Hạn {due}."}, follow=True)
        assert "Hạn {due}." in text_of(answer)
        assert "Hạn {due}." not in text_of(as_user(force.colleague).get(PAGE))
        assert SavedReply.objects.get().owner == force.officer

    def test_shared_by_the_head(self, force: TaskForce, as_user: SignIn) -> None:
        fields = {"title": "Mẫu", "body": "Mẫu chung", "agency": "SXD"}
        assert as_user(force.head).post(PAGE, fields).status_code == 302
        assert "Mẫu chung" in text_of(as_user(force.officer).get(PAGE))
        assert "Mẫu chung" not in text_of(as_user(force.justice_officer).get(PAGE))

    def test_only_the_head_shares_and_changes_what_is_shared(self, force: TaskForce, as_user: SignIn) -> None:
        with pytest.raises(NotAllowed):
            keep(force.officer, agency="SXD")
        shared = keep(force.head, agency="SXD")
        assert as_user(force.officer).get(f"{PAGE}{shared.pk}/").status_code == 404
        as_user(force.officer).post(f"{PAGE}{shared.pk}/delete/")
        assert SavedReply.objects.filter(pk=shared.pk).exists()
        changed = as_user(force.head).post(f"{PAGE}{shared.pk}/", {"title": "Mới", "body": "Chữ mới"})
        assert changed.status_code == 302
        assert SavedReply.objects.get(pk=shared.pk).body == "Chữ mới"

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"title": "", "body": "x"}, "This field is required."),
            ({"title": "x", "body": "{ten} {code}"}, "Unknown: {ten}."),
            ({"title": "x" * 121, "body": "x"}, "at most 120"),
            ({"title": "x", "body": "x" * 5001}, "at most 5"),
        ],
    )
    def test_bad_input_keeps_what_was_typed(
        self, force: TaskForce, as_user: SignIn, fields: dict[str, str], sentence: str
    ) -> None:
        answer = as_user(force.officer).post(PAGE, fields)
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        assert not SavedReply.objects.exists()

    def test_deleting(self, force: TaskForce, as_user: SignIn) -> None:
        mine = keep(force.officer)
        as_user(force.colleague).post(f"{PAGE}{mine.pk}/delete/")
        assert SavedReply.objects.exists()
        as_user(force.officer).post(f"{PAGE}{mine.pk}/delete/")
        assert not SavedReply.objects.exists()

    def test_search_with_and_without_marks(self, force: TaskForce, as_user: SignIn) -> None:
        keep(force.officer, title="Giấy phép")
        keep(force.officer, title="Thuế")
        lines = as_user(force.officer).get(f"{PAGE}?q=giay phep").context["lines"]
        assert [line["reply"].title for line in lines] == ["Giấy phép"]
        assert "No reply contains these words" in text_of(as_user(force.officer).get(f"{PAGE}?q=khong-co"))

    def test_enterprises_have_none(self, force: TaskForce, as_user: SignIn) -> None:
        assert as_user(force.filer).get(PAGE).status_code == 403
        with pytest.raises(NotAllowed):
            keep(force.filer)


DUE = "17:30 on 18 Nov 2026 (Vietnam time, UTC+7)"  # the answer is read on another day


class TestFilledIn:
    def test_with_the_facts_of_the_proposal(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        keep(force.officer, body="{code} “{title}” {enterprise} {due} {{x}}".replace("{{x}}", ""))
        page = text_of(as_user(force.officer).get(f"/en/tickets/{ticket.code}/replies/"))
        assert f"{ticket.code} “Hỏi về giấy phép xây dựng” {ticket.enterprise.name} {DUE}" in page
        fragment = text_of(as_user(force.officer).get(f"/en/tickets/{ticket.code}/replies/?fragment=1"))
        assert "<html" not in fragment
        assert ticket.code in fragment

    def test_while_the_clock_stands_still(self, force: TaskForce) -> None:
        ticket = force.accepted()
        with clock.at(at("2026-11-18 09:10")):
            resolving.request_info(ticket=ticket, actor=Actor.of(force.officer), question="?")
        ticket.refresh_from_db(fields=["due_at"])
        assert "{due}" not in filled("Hạn {due}", ticket)

    def test_text_is_text(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted(title="<script>x</script>")
        keep(force.officer, body="{title}")
        assert b"<script>x" not in as_user(force.officer).get(f"/en/tickets/{ticket.code}/replies/").content

    def test_only_for_proposals_that_one_sees(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        assert as_user(force.finance_officer).get(f"/en/tickets/{ticket.code}/replies/").status_code == 404
        assert as_user(force.filer).get(f"/en/tickets/{ticket.code}/replies/").status_code == 403

    def test_the_forms_of_officers_lead_to_them(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        link = f'data-replies href="/en/tickets/{ticket.code}/replies/"'
        assert link in text_of(as_user(force.officer).get(f"/en/tickets/{ticket.code}/?tab=resolve"))
        assert link not in text_of(as_user(force.officer).get(f"/en/tickets/{ticket.code}/?tab=return"))
        assert "data-replies" not in text_of(as_user(force.filer).get(f"/en/tickets/{ticket.code}/"))


def test_use_is_counted_and_the_most_used_stand_first(force: TaskForce, as_user: SignIn) -> None:
    keep(force.officer, title="A")
    often = keep(force.officer, title="B")
    assert as_user(force.officer).post(f"{PAGE}{often.pk}/used/").status_code == 204
    assert as_user(force.colleague).post(f"{PAGE}{often.pk}/used/").status_code == 404
    lines = as_user(force.officer).get(PAGE).context["lines"]
    assert [(line["reply"].title, line["reply"].used) for line in lines] == [("B", 1), ("A", 0)]


@pytest.mark.parametrize("number", [1, 3])
def test_queries(force: TaskForce, as_user: SignIn, django_assert_num_queries: Any, number: int) -> None:
    ticket = force.accepted()
    for index in range(number):
        keep(force.officer, title=f"T{index}")
        keep(force.head, title=f"C{index}", agency="SXD")
    client = as_user(force.officer)
    client.get(PAGE)
    with django_assert_num_queries(6):
        client.get(PAGE)
    with django_assert_num_queries(6):
        client.get(f"/en/tickets/{ticket.code}/replies/?fragment=1")
