"""Pages of operators: undelivered mail sent again or settled, events handled again."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from core import clock
from core.errors import NotPossible
from issues.actions import outgoing
from issues.actor import Actor
from issues.events import consumers
from issues.events.consumers import Consumer
from issues.events.types import MessagePosted, NotePosted
from issues.mail import outbox
from issues.models import ConsumerFailure, Notification
from issues.queries.outgoing import failures_by_consumer
from tests.factories.issues import make_agency, make_enterprise, make_event, make_ticket, make_user

pytestmark = pytest.mark.django_db
State = Notification.State


def dead(number: int = 1, **fields: Any) -> list[Notification]:
    """Mails to a member of an enterprise that were given up."""
    enterprise = make_enterprise()
    member = make_user(Role.ENTERPRISE, enterprise=enterprise)
    ticket = make_ticket(enterprise=enterprise, filer=member, agency=make_agency(), title="Bí mật")
    values = {"state": State.FAILED, "attempts": 8, "last_error": "SMTPRecipientsRefused: 550 no mailbox", **fields}
    return [
        Notification.objects.create(
            event=make_event(ticket, MessagePosted(message=n, body="Lời riêng")),
            user=member, channel="mail", reason="enterprise", **values,
        )
        for n in range(number)
    ]  # fmt: skip


def signed_in(role: Role | None = Role.COORDINATOR) -> Client:
    client = Client()
    client.force_login(make_user(role))
    return client


LIST, ACT = "undelivered:mails", "undelivered:act"


@pytest.mark.parametrize("view", [LIST, "undelivered:events"])
@pytest.mark.parametrize(
    ("role", "status"), [(Role.ADMIN, 200), (Role.COORDINATOR, 200), (Role.EDITOR, 403), (None, 302)]
)
def test_who_may_look(view: str, role: Role | None, status: int) -> None:
    answer = signed_in(role).get(reverse(view))
    # Wagtail answers a refusal with its own page or a way back to its home.
    assert answer.status_code == status or (status == 403 and answer.status_code == 302)


@pytest.mark.parametrize("view", [ACT, "undelivered:retry"])
def test_others_can_do_nothing(view: str) -> None:
    row = dead()[0]
    url = reverse(view, args=[1] if view.endswith("retry") else [])
    for role in (Role.EDITOR, None):
        assert signed_in(role).post(url, {"row": row.pk}).status_code in (302, 403)
    assert Notification.objects.get(pk=row.pk).state == State.FAILED


def test_a_dead_letter_is_listed_with_its_reason_and_found() -> None:
    row = dead()[0]
    page = signed_in().get(reverse(LIST)).content.decode()
    for words in (row.user.email, row.event.ticket.code, "550 no mailbox"):
        assert words in page
    client = signed_in()
    assert [r.pk for r in client.get(reverse(LIST), {"q": row.event.ticket.code}).context["page_obj"]] == [row.pk]
    assert not client.get(reverse(LIST), {"q": "không có"}).context["page_obj"].object_list
    assert not client.get(reverse(LIST), {"state": "waiting"}).context["page_obj"].object_list
    assert client.get(reverse(LIST), {"state": "nonsense", "p": "x"}).status_code == 200


def test_sending_again_delivers_it_with_all_its_tries() -> None:
    rows = dead(3)
    signed_in().post(reverse(ACT), {"row": [row.pk for row in rows[:2]], "resend": ""})
    assert outbox.send_due() == 2
    assert [Notification.objects.get(pk=row.pk).state for row in rows] == [State.SENT, State.SENT, State.FAILED]
    assert len(mail.outbox) == 2


def test_what_was_a_bundle_goes_out_again_one_by_one() -> None:
    import uuid

    row = dead(bundle=uuid.uuid4(), mode="digest")[0]
    signed_in().post(reverse(ACT), {"row": row.pk, "resend": ""})
    assert outbox.send_due() == 1


def test_settled_is_remembered_with_its_person_and_can_still_be_sent() -> None:
    row = dead()[0]
    client = signed_in()
    client.post(reverse(ACT), {"row": row.pk, "settle": ""})
    row.refresh_from_db()
    assert (row.state, row.settled_by is not None) == (State.SETTLED, True)
    assert outbox.send_due() == 0
    client.post(reverse(ACT), {"row": row.pk, "resend": ""})
    assert outbox.send_due() == 1


@pytest.mark.parametrize("ids", [[], ["x"], ["-1"], ["9" * 40], ["٣"], ["0"]])
def test_ids_that_are_none_change_nothing(ids: list[str]) -> None:
    row = dead()[0]
    assert signed_in().post(reverse(ACT), {"row": ids, "resend": ""}).status_code == 302
    assert Notification.objects.get(pk=row.pk).state == State.FAILED


def test_what_was_sent_is_not_sent_again() -> None:
    row = dead(state=State.SENT)[0]
    assert outgoing.resend_mails(actor=Actor.of(make_user(Role.ADMIN)), ids=[row.pk]) == 0


def test_the_words_are_for_those_who_may_see_the_proposal() -> None:
    row = dead()[0]
    coordinator, admin = signed_in(), signed_in(Role.ADMIN)
    shown, html = reverse("undelivered:mail", args=[row.pk]), reverse("undelivered:mail_html", args=[row.pk])
    assert "Lời riêng" in coordinator.get(shown).content.decode()
    assert "Lời riêng" in coordinator.get(html).content.decode()
    page = admin.get(shown).content.decode()
    assert ("Lời riêng" in page, "Bí mật" in page, "550 no mailbox" in page) == (False, False, True)
    assert admin.get(html).status_code in (302, 403)


def test_nothing_that_lets_its_holder_act_is_shown_to_operators() -> None:
    from issues.events.types import TicketResolved

    row = dead()[0]
    data = TicketResolved(agency="A", kind="solved", answer="x", used_minutes=1, in_time=True, cycle=1)
    answer = Notification.objects.create(
        event=make_event(row.event.ticket, data), user=row.user, channel="mail", reason="enterprise", state="failed"
    )
    for view in ("undelivered:mail", "undelivered:mail_html"):
        assert "/rating/" not in signed_in().get(reverse(view, args=[answer.pk])).content.decode()


def test_the_frame_may_run_nothing() -> None:
    policy = signed_in().get(reverse("undelivered:mail_html", args=[dead()[0].pk])).headers["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "sandbox" in policy


@pytest.mark.parametrize("number", [1, 3])
def test_queries(number: int, django_assert_num_queries: Any) -> None:
    dead(number)
    client = signed_in()
    client.get(reverse(LIST))
    with django_assert_num_queries(12):  # eight of them are Wagtail's own
        client.get(reverse(LIST))


class TestEvents:
    def given_up(self, monkeypatch: pytest.MonkeyPatch, handle: Any) -> ConsumerFailure:
        monkeypatch.setattr(consumers, "_consumers", {"test": Consumer("test", handle)})
        event = make_event(make_ticket(), NotePosted(message=1, body="x"))
        return ConsumerFailure.objects.create(
            consumer="test", event=event, attempts=8, last_error="ValueError: once", skipped_at=clock.now()
        )

    def test_it_is_handled_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[int] = []
        failure = self.given_up(monkeypatch, lambda events: seen.extend(event.pk for event in events))
        assert failures_by_consumer() == {"test": 1}
        client = signed_in(Role.ADMIN)
        assert "ValueError: once" in client.get(reverse("undelivered:events")).content.decode()
        client.post(reverse("undelivered:retry", args=[failure.pk]))
        assert seen == [failure.event_id]
        assert not ConsumerFailure.objects.exists()
        assert client.post(reverse("undelivered:retry", args=[failure.pk])).status_code == 404

    def test_what_fails_again_stays_with_its_new_reason(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(_events: Any) -> None:
            raise KeyError("twice")

        failure = self.given_up(monkeypatch, fail)
        with pytest.raises(NotPossible, match="twice"):
            outgoing.retry_event(actor=Actor.of(make_user(Role.ADMIN)), failure=failure)
        assert "twice" in ConsumerFailure.objects.get().last_error

    def test_what_is_still_tried_by_itself_is_left_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        failure = self.given_up(monkeypatch, lambda _events: None)
        failure.skipped_at = None
        failure.save()
        with pytest.raises(NotPossible):
            outgoing.retry_event(actor=Actor.of(make_user(Role.ADMIN)), failure=failure)


def test_a_user_who_is_gone_takes_their_dead_letters_along() -> None:
    row = dead()[0]
    User.objects.filter(pk=row.user_id).update(is_active=False)
    outgoing.resend_mails(actor=Actor.of(make_user(Role.ADMIN)), ids=[row.pk])
    outbox.send_due()
    assert Notification.objects.get(pk=row.pk).state == State.SKIPPED
