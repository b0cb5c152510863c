"""The signed part of a link about one answer: which one, and for whom. Each kind of link can do one thing.

It speaks for one person about the answer of one cycle; without signing in, so it ends.
"""

from dataclasses import dataclass
from typing import ClassVar, Self

from django.core import signing

VALID_DAYS = 30  # longer than an answer can be open without a reaction


class TokenInvalid(Exception):
    """No token of ours, or it was changed on its way."""


class TokenExpired(Exception):
    """A token of ours that is too old."""


@dataclass(frozen=True)
class AnswerToken:
    ticket_id: int
    cycle: int
    user_id: int

    salt: ClassVar[str]

    def write(self) -> str:
        """The token as written in the address."""
        return signing.dumps([self.ticket_id, self.cycle, self.user_id], salt=self.salt)

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises TokenExpired or TokenInvalid."""
        try:
            ticket_id, cycle, user_id = signing.loads(text, salt=cls.salt, max_age=VALID_DAYS * 24 * 3600)
        except signing.SignatureExpired:
            raise TokenExpired from None
        except (signing.BadSignature, ValueError, TypeError):
            raise TokenInvalid from None
        return cls(ticket_id, cycle, user_id)
