"""Mails to one mailbox are counted whatever the case of its address."""

from typing import Any

import pytest

from accounts.mail_limits import may_mail

pytestmark = pytest.mark.django_db


def test_one_mailbox_has_one_count(settings: Any) -> None:
    settings.TN_LIMITS = {**settings.TN_LIMITS, "invitation_mail.recipient": (2, 600)}
    name = "invitation_mail.recipient"
    asked = ["an@example.com", "AN@example.com", "An@Example.com", "ba@example.com"]
    assert [may_mail(name, email) for email in asked] == [True, True, False, True]
    assert may_mail("account_mail.recipient", asked[0])
