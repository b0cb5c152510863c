"""What is kept beside a message holds no token of the person to whom our mail went."""

from typing import Any
from urllib.parse import quote

import pytest

from issues.mail.inbound.rest import REST_MAX, rest_of_mail
from issues.mail.rating_tokens import RatingToken
from issues.mail.reply_address import ReplyAddress
from issues.mail.stop_token import StopToken


@pytest.fixture(autouse=True)
def _takes_replies(settings: Any) -> None:
    settings.TN_MAIL_REPLY_DOMAIN = "reply.example.vn"


def test_tokens_are_left_out_however_a_filter_wrote_the_address() -> None:
    token = RatingToken(1, 1, 1).write()
    stop = StopToken(1, "progress").url()
    once = quote(f"https://dautu.example.vn/rating/{token}", safe="")
    filtered = f"https://filter.example.com/?url={quote(once, safe='')}&x=1"
    text = rest_of_mail(f"> https://dautu.example.vn/vi/rating/{token}/?score=5\n> {stop}\n> {filtered}\n> Hỏi?")
    assert token not in text
    assert token.rpartition(":")[2] not in text
    assert stop.rstrip("/").rpartition(":")[2] not in text
    assert text.startswith("> https://dautu.example.vn/vi/rating/[…]")
    assert text.endswith("> Hỏi?")


def test_reply_addresses_are_left_out_and_other_words_are_not() -> None:
    address = ReplyAddress("KN-2026-0034", 1).write()
    words = "Lúc 10:02:11 18/11/2026, a+b@x.vn <https://x.vn/a:b:c>"
    assert rest_of_mail(f"To: <{address}>\n{words}") == f"To: <reply+[…]@reply.example.vn>\n{words}"


def test_it_has_a_limit() -> None:
    assert len(rest_of_mail("a" * (REST_MAX + 1))) == REST_MAX
    assert rest_of_mail("a" * REST_MAX) == "a" * REST_MAX
