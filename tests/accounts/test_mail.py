from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outgoing

from accounts import mail
from accounts.actions.membership import INVITATION_VALID, invite, request_membership
from accounts.contact_code import VALID as CODE_VALID
from accounts.contact_code import contact_code
from accounts.models import AccountMail, Role, User
from accounts.tasks import delete_old, send_mail
from core import clock
from core.readable_codes import shown_code
from core.wording import dated_moment
from tests.factories.issues import make_enterprise, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 9, 20, tzinfo=UTC)
KINDS = [str(kind) for kind in AccountMail.Kind]


@pytest.fixture
def an() -> User:
    return make_user()


def written(kind: str, an: User, language: str = "en") -> AccountMail:
    if kind == "invitation":
        firm = make_enterprise()
        sent = invite(actor=make_user(Role.ENTERPRISE, enterprise=firm), enterprise=firm, email="b@b.example")
        AccountMail.objects.all().delete()
        return mail.write(kind, to="b@b.example", language=language, invitation=sent)
    asked = request_membership(actor=an, tax_code="0100109106", name="Công ty A")
    asked.code_sent_at, asked.reason = clock.now(), "Không đúng"
    asked.save()
    return mail.write(kind, to="b@b.example", language=language, request=asked)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_is_complete_in_both_languages(kind: str, language: str, an: User) -> None:
    row = written(kind, an, language)
    message = mail.compose(row)
    html = str(message.alternatives[0].content)
    for text in (message.body, html):
        assert f"/{language}/account/" in text
        assert "{" not in text
    assert message.to == ["b@b.example"]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_code_is_in_the_mail_and_nowhere_else(an: User) -> None:
    row = written("contact_code", an)
    assert row.request is not None
    code = contact_code(row.request.tax_code, row.to, row.created_at)
    assert shown_code(code) in mail.compose(row).body
    kept = [*AccountMail.objects.values_list(), *type(row.request).objects.values_list()]
    assert code not in str(kept)
    assert shown_code(code) not in str(kept)


@pytest.mark.parametrize(("kind", "valid"), [("invitation", INVITATION_VALID), ("contact_code", CODE_VALID)])
def test_until_when_it_is_valid_has_date_and_zone(kind: str, valid: timedelta, an: User) -> None:
    with clock.at(NOW):
        row = written(kind, an)
    until = dated_moment(NOW + valid, language="en")
    with clock.at(NOW + timedelta(hours=2)):  # it is sent later than it was promised
        assert f"valid until {until}" in mail.compose(row).body


def test_the_reason_of_a_refusal_is_in_it(an: User) -> None:
    assert "Không đúng" in mail.compose(written("refused", an)).body


def test_the_task_sends_each_once_and_deletes_it_in_the_end(an: User) -> None:
    written("accepted", an)
    send_mail()
    send_mail()
    assert len(outgoing.outbox) == 1
    with clock.at(clock.now() + mail.KEPT * 2):
        delete_old()
    assert not AccountMail.objects.exists()


def test_a_failure_is_tried_again_later_and_given_up_in_the_end(an: User, settings: Any) -> None:
    row = written("accepted", an)
    settings.EMAIL_BACKEND = "tests.accounts.test_mail.Broken"
    now = clock.now()
    for _ in range(mail.TRIES + 2):
        with clock.at(now):
            mail.send_due()
            mail.send_due()  # it is not due again at once
        now += mail.FIRST_PAUSE * 2**mail.TRIES
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("failed", mail.TRIES)
    assert "no server" in row.last_error


class Broken:
    """A mail server that is away."""

    def __init__(self, **options: Any) -> None:
        pass

    def send_messages(self, messages: Any) -> int:
        raise ConnectionError("no server")
