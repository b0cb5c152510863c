"""All who were merged or joined get the one answer, however often it moved, and are told when there will be none."""

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from core.errors import Invalid, NotPossible
from issues.actions import enterprise, extensions, filing, merging, resolving
from issues.actor import Actor
from issues.events.drain import drain
from issues.events.verify import verify
from issues.mail import enterprise_texts
from issues.mail.compose import compose
from issues.models import Notification, Ticket, TicketEvent
from issues.notifications.mail import MAIL
from tests.factories.issues import make_enterprise, make_user
from tests.issues import said
from tests.issues.actions.steps import do, types
from tests.issues.conftest import MORNING, TaskForce, at


@pytest.fixture
def chain(force: TaskForce) -> list[Ticket]:
    """Three enterprises with the same question: the first goes on in the second, the second in the third."""
    tickets = []
    for filer in (make_user("enterprise", enterprise=make_enterprise()), force.other_filer, force.filer):
        User.objects.filter(pk=filer.pk).update(language="en")
        with clock.at(MORNING):
            ticket = filing.file_ticket(
                actor=Actor.of(User.objects.get(pk=filer.pk)), title="Hỏi", body="Như nhau.", category="construction"
            )
            tickets.append(resolving.accept(ticket=ticket, actor=Actor.of(force.officer)))
    with clock.at(at("2026-11-18 09:10")):
        for duplicate, into in ((tickets[0], tickets[1]), (tickets[1], tickets[2])):
            merging.merge(ticket=duplicate, actor=Actor.of(force.officer), into=into.code)
    return [Ticket.objects.get(pk=ticket.pk) for ticket in tickets]


def test_the_first_goes_on_where_the_second_went(chain: list[Ticket]) -> None:
    first, second, third = chain
    assert first.merged_into == second.merged_into == third
    assert set(third.parties.values_list("enterprise_id", flat=True)) == {first.enterprise_id, second.enterprise_id}
    told = TicketEvent.objects.filter(ticket=first, type="ticket.merged").order_by("id")
    assert [event.data["into"] for event in told] == [second.code, third.code]
    assert verify().ok


def test_everybody_gets_the_answer_by_mail_and_on_their_own_page(force: TaskForce, chain: list[Ticket]) -> None:
    with clock.at(at("2026-11-18 10:00")):
        resolving.resolve(ticket=chain[2], actor=Actor.of(force.officer), answer="Được miễn.", kind="explained")
        drain(MAIL)
        for ticket in chain:
            rows = Notification.objects.filter(user=ticket.filer, channel="mail", event__type="ticket.resolved")
            mail = compose(rows.select_related("user", "event__ticket__lead_agency").get())
            assert "Được miễn." in mail.body
            assert f"/tickets/{ticket.code}/" in mail.body
            client = Client()
            client.force_login(ticket.filer)
            assert "Được miễn." in client.get(f"/en/tickets/{ticket.code}/").content.decode()


def test_before_the_answer_the_page_shows_none(chain: list[Ticket]) -> None:
    client = Client()
    client.force_login(chain[0].filer)
    page = client.get(f"/en/tickets/{chain[0].code}/").content.decode()
    assert 'id="h-answer"' not in page
    assert chain[2].code in page


def test_the_mail_says_who_has_it_now_and_until_when(chain: list[Ticket]) -> None:
    with clock.at(at("2026-11-18 09:11")):
        drain(MAIL)
        rows = Notification.objects.filter(user=chain[1].filer, channel="mail", event__type="ticket.merged")
        row = rows.select_related("user", "event__ticket__lead_agency").get()
        body, lines = compose(row).body, said.by_mail(enterprise_texts.merged, row).lines
    assert all(line in body for line in lines)
    assert "17:30" in body
    assert chain[2].lead_agency.name_en in body


def test_when_the_one_is_withdrawn_the_others_are_told(force: TaskForce, chain: list[Ticket]) -> None:
    with clock.at(at("2026-11-18 10:00")):
        enterprise.withdraw(ticket=chain[2], actor=Actor.of(force.filer))
        drain(MAIL)
        for ticket in chain[:2]:
            rows = Notification.objects.filter(user=ticket.filer, channel="mail", event__type="ticket.withdrawn")
            row = rows.select_related("user", "event__ticket__lead_agency").get()
            mail, words = compose(row), said.by_mail(enterprise_texts.withdrawn, row)
            assert words.headline in mail.subject
            assert all(line in mail.body for line in words.lines)


def test_an_extension_is_told_with_both_times_when_asked_and_when_decided(force: TaskForce) -> None:
    User.objects.filter(pk=force.filer.pk).update(language="en")
    ticket = force.accepted()
    with clock.at(at("2026-11-18 09:30")):
        asked = extensions.request_extension(
            ticket=ticket, actor=Actor.of(force.officer), working_days=2, reason="Phải đo đạc"
        )
        drain(MAIL)
        groups = said.to(User.objects.get(pk=force.filer.pk)).get("/en/notifications/").context["groups"]
        assert "extension.requested" in [line.row.event.type for group in groups for line in group.lines]
        extensions.decide_extension(extension=asked, actor=Actor.of(force.leader), granted=False, reason="Làm được")
        drain(MAIL)
        rows = Notification.objects.filter(user=force.filer, channel="mail", event__type="extension.decided")
        row = rows.select_related("user", "event__ticket__lead_agency").get()
        body, lines = compose(row).body, said.by_mail(enterprise_texts.extension_decided, row).lines
    assert all(line in body for line in lines)
    assert "17:30" in body


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
