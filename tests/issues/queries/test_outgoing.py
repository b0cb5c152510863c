"""The numbers of what did not get out."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Role
from issues.events.types import MessagePosted
from issues.models import Notification
from issues.queries.outgoing import mails_by_state
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


def test_the_numbers_for_metrics(scrape: Callable[[], str]) -> None:
    dead(2)
    dead(1, state=State.WAITING)
    assert mails_by_state() == {"waiting": 1, "failed": 2}
    text = scrape()
    assert 'outbox_mails{state="failed"} 2.0' in text
