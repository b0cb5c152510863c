"""Mails are read or refused, whatever they are."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.mail.inbound.incoming import read

pytestmark = pytest.mark.django_db
DOMAIN = "reply.example.vn"


@pytest.fixture(autouse=True)
def _takes_replies(settings: Any) -> None:
    settings.TN_MAIL_REPLY_DOMAIN = DOMAIN


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    head = b"To: a@b.vn\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
    read(head + raw)
