"""The signed address to which an answer goes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.mail.reply_address import ReplyAddress

pytestmark = pytest.mark.django_db
DOMAIN = "reply.example.vn"


@pytest.fixture(autouse=True)
def _takes_replies(settings: Any) -> None:
    settings.TN_MAIL_REPLY_DOMAIN = DOMAIN


class TestAddress:
    def test_it_is_read_back_whatever_the_case(self) -> None:
        text = ReplyAddress("KN-2026-0034", 812).write()
        assert text.startswith("reply+kn-2026-0034.mk.")
        assert len(text.split("@")[0]) <= 64
        for form in (text, text.upper(), f" {text} "):
            assert ReplyAddress.read(form) == ReplyAddress("KN-2026-0034", 812)

    @pytest.mark.parametrize("change", [("0034", "0035"), (".mk.", ".ml."), ("reply+", "reply"), ("@", "0@")])
    def test_nobody_can_make_one_up(self, change: tuple[str, str]) -> None:
        assert ReplyAddress.read(ReplyAddress("KN-2026-0034", 812).write().replace(*change)) is None

    @given(st.text(max_size=90))
    def test_any_text_is_none(self, text: str) -> None:
        assert ReplyAddress.read(text) is None

    def test_without_a_domain_there_is_none(self, settings: Any) -> None:
        settings.TN_MAIL_REPLY_DOMAIN = ""
        assert ReplyAddress("KN-2026-0034", 812).write() == ""
