"""What a mail says, in which language, and how it is threaded."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from accounts.models import Role, User
from core import clock
from issues.events.clock_events import ClockBreached, ClockRecomputed
from issues.events.consultation_events import ConsultationRequested, ExtensionRequested
from issues.events.event_data import EventData
from issues.events.types import MessagePosted, TicketInfoRequested, TicketResolved, TicketRouted, TicketSubmitted
from issues.mail import agency_texts, clock_texts, enterprise_texts
from issues.mail.compose import compose
from issues.models import Notification, Ticket
from issues.notifications.recipients import Group
from tests.factories.issues import make_agency, make_enterprise, make_event, make_ticket, make_user
from tests.issues import said

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)  # 12:00 in Hanoi, a Wednesday
DUE = NOON + timedelta(hours=5, minutes=30)  # 17:30


@pytest.fixture(autouse=True)
def _at_noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def member() -> User:
    return make_user(Role.ENTERPRISE, enterprise=make_enterprise())


@pytest.fixture
def ticket(member) -> Ticket:
    agency = make_agency("STC", name_vi="Sở Tài chính", name_en="Department of Finance")
    enterprise = member.memberships.get().enterprise
    return make_ticket(enterprise=enterprise, filer=member, agency=agency, code="KN-2026-0034", title="Hoàn thuế GTGT")


def composed(ticket: Ticket, data: EventData, user: User, *, language="en", group=Group.ENTERPRISE):
    user.language = language
    user.save()
    event = make_event(ticket, data)
    row = Notification.objects.create(event=event, user=user, channel="mail", reason=group)
    return compose(Notification.objects.select_related("user", "event__ticket__lead_agency").get(pk=row.pk))


def newest() -> Notification:
    return Notification.objects.select_related("user", "event__ticket__lead_agency").latest("pk")


def test_the_receipt_tells_code_agency_time_and_reason(ticket, member):
    steps = [{"code": "received", "at": NOON.isoformat()}]
    data = TicketSubmitted(kind="difficulty", category="tax", channel="web", due_at=DUE, explanation=steps)
    message = composed(ticket, data, member, group=Group.FILER)
    words = said.by_mail(enterprise_texts.submitted, newest())
    assert message.subject == f"[KN-2026-0034] {words.headline}"
    assert all(line in message.body for line in words.lines)
    assert "Department of Finance" in message.body
    assert "17:30 on 18 Nov 2026 (Vietnam time, UTC+7)" in message.body
    assert "/en/tickets/KN-2026-0034/" in message.body


def test_the_language_is_that_of_the_person_not_of_the_process(ticket, member):
    with translation.override("en"):
        message = composed(ticket, MessagePosted(message=1, body="Xin chào"), member, language="vi")
    assert "/vi/tickets/KN-2026-0034/" in message.body
    assert message.extra_headers["Content-Language"] == "vi"
    assert 'lang="vi"' in message.alternatives[0].content


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_time_stands_without_date_and_zone(ticket, member, language):
    steps = [
        {"code": "received", "at": NOON.isoformat()},
        {"code": "next_working_day", "date": "2026-11-19"},
        {"code": "paused", "at": NOON.isoformat(), "left": 30},
        {"code": "due", "at": DUE.isoformat()},
    ]
    later = DUE + timedelta(days=1)
    moved = {"old_due_at": DUE, "new_due_at": later}
    for data in (
        TicketSubmitted(kind="difficulty", category="tax", channel="web", due_at=DUE, explanation=steps),
        ClockBreached(clock="resolution", clock_id=1, due_at=DUE),
        ClockRecomputed(clock="resolution", calendar="", **moved),
        ExtensionRequested(extension=1, working_days=1, reason="x", **moved),
        TicketRouted(lead_agency="STC", method="hand", category="tax"),
    ):
        body = composed(ticket, data, member, language=language).body
        dated = r" (ngày|on) [^()\n]{8,12} \((giờ Việt Nam|Vietnam time), UTC\+7\)"
        times = re.findall(r"\b\d{1,2}:\d{2}\b", body)
        assert len(times) == len(re.findall(r"\b\d{1,2}:\d{2}" + dated, body)), body
        assert not re.search(r"hôm nay|ngày mai|today|tomorrow", body)


def test_times_follow_the_format_of_the_person(ticket, member):
    member.time_format = "12"
    message = composed(ticket, ClockBreached(clock="resolution", clock_id=1, due_at=DUE), member)
    assert "5:30 PM on 18 Nov 2026 (Vietnam time, UTC+7)" in message.body
    assert all(line in message.body for line in said.by_mail(clock_texts.breached_for_enterprise, newest()).lines)


def test_both_parts_say_the_same_and_escape_what_people_wrote(ticket, member):
    data = TicketInfoRequested(question="Số <b>mấy</b> & ở đâu?", old_due_at=DUE, left_minutes=130)
    message = composed(ticket, data, member)
    html = message.alternatives[0].content
    assert "Số <b>mấy</b> & ở đâu?" in message.body
    assert "Số &lt;b&gt;mấy&lt;/b&gt; &amp; ở đâu?" in html
    assert "2 h 10 min" in message.body
    headline = said.by_mail(enterprise_texts.info_requested, newest()).headline
    assert headline in message.subject
    assert re.search(rf"<h1[^>]*>{re.escape(headline)}</h1>", html)


def test_an_answer_goes_to_those_who_joined_without_the_words_of_the_other_enterprise(ticket):
    ticket.public_title = "Hỏi về hoàn thuế"
    ticket.save()
    friend = make_user(Role.ENTERPRISE, enterprise=make_enterprise())
    data = TicketResolved(agency="STC", kind="solved", answer="Đã hoàn.", used_minutes=90, in_time=True, cycle=1)
    message = composed(ticket, data, friend, group=Group.PARTY)
    assert "Đã hoàn." in message.body
    assert "Hỏi về hoàn thuế" in message.body
    assert "Hoàn thuế GTGT" not in message.body + message.alternatives[0].content
    assert "/transparency/" in message.body


def test_an_agency_that_is_asked_reads_who_asks_and_by_when(ticket):
    other = make_agency("STP")
    officer = make_user(Role.OFFICER, agency=other)
    ticket.coordinating_agencies.add(other)
    data = ConsultationRequested(consultation=1, agency="STP", question="Ý kiến?", due_at=DUE)
    message = composed(ticket, data, officer, group=Group.CONSULTED)
    words = said.by_mail(agency_texts.consultation_requested, newest())
    assert message.subject == f"[KN-2026-0034] {words.headline}"
    assert all(line in message.body for line in words.lines)
    assert "17:30 on 18 Nov 2026 (Vietnam time, UTC+7)" in message.body


def test_a_very_long_text_is_cut_and_says_so(ticket, member):
    message = composed(ticket, MessagePosted(message=1, body="dài " * 2000), member)
    assert len(message.body) < 3_000
    assert "Read the rest on the page" in message.body


def test_a_name_cannot_break_a_header(ticket, member):
    member.name = "Người\nBcc: x@example.com"
    message = composed(ticket, MessagePosted(message=1, body="a"), member)
    assert "\n" not in message.to[0]
    message.message()
