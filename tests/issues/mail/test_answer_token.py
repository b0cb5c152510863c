"""A link can do the one thing that it was made for; the rest of its rules are tested with ratings."""

import pytest

from issues.mail.answer_token import AnswerToken, TokenInvalid
from issues.mail.rating_tokens import RatingToken
from issues.mail.reopening_token import ReopeningToken


@pytest.mark.parametrize(("made", "read"), [(RatingToken, ReopeningToken), (ReopeningToken, RatingToken)])
def test_a_token_of_one_kind_is_none_of_another(made: type[AnswerToken], read: type[AnswerToken]) -> None:
    text = made(ticket_id=7, cycle=2, user_id=11).write()
    assert made.read(text) == made(7, 2, 11)
    with pytest.raises(TokenInvalid):
        read.read(text)
