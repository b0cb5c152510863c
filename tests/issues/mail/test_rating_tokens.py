"""The signed link of a rating: for one person, one answer, some weeks."""

from datetime import timedelta

import pytest
import time_machine

from core import clock
from issues.mail.rating_tokens import VALID_DAYS, RatingToken, TokenExpired, TokenInvalid, rating_links

TOKEN = RatingToken(ticket_id=7, cycle=2, user_id=11)


def test_what_is_read_is_what_was_written() -> None:
    assert RatingToken.read(TOKEN.write()) == TOKEN


def test_it_ends() -> None:
    text = TOKEN.write()
    with time_machine.travel(clock.now() + timedelta(days=VALID_DAYS - 1)):
        assert RatingToken.read(text) == TOKEN
    with time_machine.travel(clock.now() + timedelta(days=VALID_DAYS, seconds=1)), pytest.raises(TokenExpired):
        RatingToken.read(text)


@pytest.mark.parametrize("text", ["", "x", "a:b:c", "\x00", "é" * 500])
def test_what_is_no_token(text: str) -> None:
    with pytest.raises(TokenInvalid):
        RatingToken.read(text)


def test_a_changed_token_is_none() -> None:
    text = TOKEN.write()
    with pytest.raises(TokenInvalid):
        RatingToken.read(text[:-1] + ("A" if text[-1] != "A" else "B"))


def test_five_links_from_the_worst_to_the_best() -> None:
    links = rating_links(TOKEN)
    assert [link.score for link in links] == [1, 2, 3, 4, 5]
    assert all(link.url.endswith(f"?score={link.score}") for link in links)
    assert len({link.label for link in links}) == 5
