"""Traces of mails that put nothing to a ticket go after a month."""

from datetime import timedelta

import pytest

from core import clock
from issues.actions.mail_records import KEPT, remove_old_records
from issues.models import MailRecord
from issues.tasks import remove_mail_records

pytestmark = pytest.mark.django_db
Outcome = MailRecord.Outcome


def test_what_is_old_and_put_nothing_to_a_ticket_goes() -> None:
    for outcome in Outcome:
        for age in (KEPT + timedelta(minutes=1), KEPT - timedelta(minutes=1)):
            MailRecord.objects.create(outcome=outcome, size=1, received_at=clock.now() - age)
    assert remove_old_records() == 3
    kept = MailRecord.objects.filter(received_at__lt=clock.now() - KEPT).values_list("outcome", flat=True)
    assert set(kept) == {Outcome.ANSWER, Outcome.MESSAGE}
    remove_mail_records()
    assert MailRecord.objects.count() == 7
