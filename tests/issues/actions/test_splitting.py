"""A part of a proposal becomes one of its own: the same enterprise, the same clock, its own way."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from accounts.models import ApiToken, User
from core import clock
from core.errors import Invalid, NotAllowed, NotPossible
from issues.actions import conversation, extensions, resolving, timers
from issues.actions.splitting import split
from issues.actor import Actor
from issues.commands import writing_commands
from issues.events.drain import drain
from issues.events.verify import verify
from issues.mail import enterprise_texts
from issues.mail.compose import compose
from issues.models import Notification, Ticket, TicketEvent
from issues.notifications.mail import MAIL
from tests.issues import said
from tests.issues.conftest import TaskForce, at

PART = {"title": "Chậm hoàn thuế giá trị gia tăng", "body": "Hồ sơ hoàn thuế nộp từ tháng 9 chưa có kết quả."}


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_MEDIA_ROOT = tmp_path


def make(force: TaskForce, ticket: Ticket, time: str = "10:00", user: User | None = None, **fields: Any) -> Ticket:
    with clock.at(at(f"2026-11-18 {time}")):
        return split(ticket=ticket, actor=Actor.of(user or force.officer), **{**PART, **fields})


def running(ticket: Ticket, kind: str) -> Any:
    return ticket.clocks.filter(kind=kind, stopped_at=None).first()


class TestPart:
    def test_what_it_has_in_common(self, force: TaskForce) -> None:
        whole = force.accepted(public_consent=True)
        part = make(force, whole)
        assert part.code != whole.code
        assert (part.enterprise, part.filer, part.received_at) == (whole.enterprise, force.filer, whole.received_at)
        assert part.public_consent
        assert part.split_from == whole
        assert list(whole.parts.all()) == [part]
        assert Ticket.objects.get(pk=whole.pk).status == "in_progress"

    def test_it_goes_its_own_way(self, force: TaskForce) -> None:
        part = make(force, force.accepted(), category="tax")
        assert part.category == "tax"
        assert part.assignee != force.officer or part.lead_agency != force.construction
        assert part.status in ("routed", "submitted")
        assert part.routing_decisions.count() == 1

    def test_both_logs_tell_it(self, force: TaskForce) -> None:
        whole = force.accepted()
        part = make(force, whole)
        told = TicketEvent.objects.get(ticket=whole, type="ticket.split")
        assert (told.data["part"], told.data["title"]) == (part.code, PART["title"])
        first = TicketEvent.objects.filter(ticket=part).order_by("id").first()
        assert (first.type, first.data["split_from"]) == ("ticket.submitted", whole.code)
        assert verify().ok

    def test_the_public_does_not_learn_of_which_it_was_a_part(self, force: TaskForce) -> None:
        part = make(force, force.accepted())
        events = Client().get("/api/v1/events?topic=public").json()["events"]
        submitted = next(e for e in events if e["ticket"] == part.code and e["type"] == "ticket.submitted")
        assert "split_from" not in submitted["data"]


class TestClock:
    def test_it_keeps_time_used_and_due_time(self, force: TaskForce) -> None:
        whole = force.accepted()
        part = make(force, whole)
        mine, theirs = running(part, "resolution"), running(whole, "resolution")
        assert part.due_at == theirs.due_at == at("2026-11-18 17:30")
        for name in ("started_at", "first_due_at", "target", "pauses", "next_percent", "next_timer_at", "calendar_id"):
            assert getattr(mine, name) == getattr(theirs, name)

    def test_pauses_and_an_extension_go_along(self, force: TaskForce) -> None:
        whole, officer = force.accepted(), Actor.of(force.officer)
        with clock.at(at("2026-11-18 09:30")):
            asked = extensions.request_extension(ticket=whole, actor=officer, working_days=2, reason="Đo đạc")
            extensions.decide_extension(extension=asked, actor=Actor.of(force.leader), granted=True, reason="Được")
        part = make(force, whole)
        assert part.due_at == Ticket.objects.get(pk=whole.pk).due_at == at("2026-11-20 17:30")

    def test_what_was_told_of_the_whole_is_not_told_again(self, force: TaskForce) -> None:
        whole = force.accepted()
        with clock.at(at("2026-11-18 14:00")):
            timers.sweep()
        part = make(force, whole, "14:10")
        with clock.at(at("2026-11-18 14:20")):
            timers.sweep()
        assert not TicketEvent.objects.filter(ticket=part, type="clock.timer", data__percent=50).exists()
        with clock.at(at("2026-11-18 17:31")):
            timers.sweep()
        assert TicketEvent.objects.filter(ticket=part, type="clock.breached", data__clock="resolution").exists()

    def test_the_new_agency_has_its_own_half_hour(self, force: TaskForce) -> None:
        part = make(force, force.accepted(), category="construction")
        assert running(part, "acceptance").started_at == at("2026-11-18 10:00")

    def test_one_that_was_answered_to_first_owes_no_second_first_response(self, force: TaskForce) -> None:
        whole = force.accepted()
        with clock.at(at("2026-11-18 09:20")):
            conversation.post_message(ticket=whole, actor=Actor.of(force.officer), body="Đã nhận")
        assert running(make(force, whole), "response") is None


class TestFiles:
    def attach(self, force: TaskForce, ticket: Ticket, name: str, **fields: Any) -> Any:
        upload = SimpleUploadedFile(name, b"words")
        return conversation.attach(ticket=ticket, actor=Actor.of(force.officer), upload=upload, **fields)

    def test_the_chosen_ones_are_copied(self, force: TaskForce) -> None:
        whole = force.accepted()
        with clock.at(at("2026-11-18 09:20")):
            first = self.attach(force, whole, "a.txt")
            self.attach(force, whole, "b.txt")
        part = make(force, whole, files=[str(first.public_id)])
        copied = part.attachments.get()
        assert (copied.name, copied.sha256, copied.file.read()) == ("a.txt", first.sha256, b"words")
        assert copied.file.name != first.file.name
        assert copied.public_id != first.public_id
        assert whole.attachments.count() == 2

    def test_what_is_internal_stays_internal(self, force: TaskForce) -> None:
        whole = force.accepted()
        with clock.at(at("2026-11-18 09:20")):
            file = self.attach(force, whole, "a.txt", visibility="internal")
        part = make(force, whole, files=[str(file.public_id)])
        assert part.attachments.get().visibility == "internal"
        client = Client()
        client.force_login(force.filer)
        assert "a.txt" not in client.get(f"/en/tickets/{part.code}/").content.decode()
        client.force_login(force.coordinator)
        assert "a.txt" in client.get(f"/en/tickets/{part.code}/").content.decode()

    @pytest.mark.parametrize("files", ["x", ["x"], [None], 7, {"a": 1}])
    def test_others_are_refused(self, force: TaskForce, files: Any) -> None:
        with pytest.raises(Invalid) as refused:
            make(force, force.accepted(), files=files)
        assert set(refused.value.fields) == {"files"}


class TestWhoAndWhen:
    @pytest.mark.parametrize("role", ["officer", "colleague", "head", "coordinator"])
    def test_may(self, force: TaskForce, role: str) -> None:
        assert make(force, force.accepted(), user=getattr(force, role)).code

    @pytest.mark.parametrize("role", ["filer", "leader"])
    def test_may_not(self, force: TaskForce, role: str) -> None:
        with pytest.raises(NotAllowed):
            make(force, force.accepted(), user=getattr(force, role))

    def test_not_while_the_enterprise_is_asked(self, force: TaskForce) -> None:
        whole = force.accepted()
        with clock.at(at("2026-11-18 09:20")):
            resolving.request_info(ticket=whole, actor=Actor.of(force.officer), question="?")
        with pytest.raises(NotPossible):
            make(force, whole)

    def test_not_when_it_is_over(self, force: TaskForce) -> None:
        whole = force.accepted()
        with clock.at(at("2026-11-18 09:20")):
            resolving.resolve(ticket=whole, actor=Actor.of(force.officer), answer="Được.", kind="solved")
        with pytest.raises(NotPossible):
            make(force, whole)

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"title": ""}, "title"),
            ({"title": "x" * 301}, "title"),
            ({"body": None}, "body"),
            ({"category": "nonsense"}, "category"),
        ],
    )
    def test_bad_input(self, force: TaskForce, fields: dict[str, Any], wrong: str) -> None:
        before = Ticket.objects.count()
        whole = force.accepted()
        with pytest.raises(Invalid) as refused:
            make(force, whole, **fields)
        assert set(refused.value.fields) == {wrong}
        assert Ticket.objects.count() == before + 1


class TestSeen:
    def test_by_the_form_of_the_page(self, force: TaskForce) -> None:
        whole = force.accepted()
        client = Client()
        client.force_login(force.officer)
        with clock.at(at("2026-11-18 10:00")):
            form = client.get(f"/en/tickets/{whole.code}/?tab=split").content.decode()
            typed = next(tag for tag in form.split("<input") if 'id="split_title"' in tag)
            assert f'value="{whole.title}"' in typed.split(">")[0]
            page = client.post(f"/en/tickets/{whole.code}/split/", PART, follow=True).content.decode()
        part = Ticket.objects.get(split_from=whole)
        with translation.override("en"):
            assert writing_commands.SPLIT.say(part) in page
        client.force_login(force.filer)
        with clock.at(at("2026-11-18 10:05")):
            mine = client.get(f"/en/tickets/{whole.code}/").content.decode()
            theirs = client.get(f"/en/tickets/{part.code}/").content.decode()
        assert f"/en/tickets/{part.code}/" in mine
        assert f"/en/tickets/{whole.code}/" in theirs
        assert "17:30 today" in theirs

    def test_the_enterprise_is_told_in_plain_words(self, force: TaskForce) -> None:
        User.objects.filter(pk=force.filer.pk).update(language="en")
        whole = force.accepted()
        part = make(force, whole)
        with clock.at(at("2026-11-18 10:01")):
            drain(MAIL)
            rows = Notification.objects.filter(event__ticket=part, user=force.filer, channel="mail")
            row = rows.select_related("user", "event__ticket__lead_agency").get()
            mail, words = compose(row), said.by_mail(enterprise_texts.submitted, row)
        assert words.headline in mail.subject
        assert whole.code in mail.subject
        assert all(line in mail.body for line in words.lines)
        assert "17:30" in mail.body

    def test_over_http(self, force: TaskForce) -> None:
        whole = force.accepted()
        token = ApiToken.issue(user=force.officer, name="test")[1]
        headers = {"Authorization": f"Bearer {token}"}
        address = f"/api/v1/tickets/{whole.code}"
        with clock.at(at("2026-11-18 10:00")):
            made = Client().post(f"{address}/split", data=PART, content_type="application/json", headers=headers)
        assert made.status_code == 201
        token = ApiToken.issue(user=force.filer, name="test")[1]
        headers = {"Authorization": f"Bearer {token}"}
        assert Client().get(address, headers=headers).json()["parts"] == [made.json()["code"]]
        part = Client().get(f"/api/v1/tickets/{made.json()['code']}", headers=headers).json()
        assert (part["split_from"], part["parts"]) == (whole.code, [])
