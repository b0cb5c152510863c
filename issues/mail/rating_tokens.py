"""The signed link by which an answer is rated from its mail, without signing in.

It speaks for one person about the answer of one cycle, and only of its rating: nothing else can be done with it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from issues.models import Score

_SALT = "issues.rating"
VALID_DAYS = 30  # longer than an answer can be open; what is closed can still be rated for the first time


class TokenInvalid(Exception):
    """No token of ours, or it was changed on its way."""


class TokenExpired(Exception):
    """A token of ours that is too old."""


@dataclass(frozen=True)
class RatingToken:
    ticket_id: int
    cycle: int
    user_id: int

    def write(self) -> str:
        """The token as written in the address."""
        return signing.dumps([self.ticket_id, self.cycle, self.user_id], salt=_SALT)

    @classmethod
    def read(cls, text: str) -> "RatingToken":
        """Raises TokenExpired or TokenInvalid."""
        try:
            ticket_id, cycle, user_id = signing.loads(text, salt=_SALT, max_age=VALID_DAYS * 24 * 3600)
        except signing.SignatureExpired:
            raise TokenExpired from None
        except (signing.BadSignature, ValueError, TypeError):
            raise TokenInvalid from None
        return cls(ticket_id, cycle, user_id)


@dataclass(frozen=True)
class RatingLink:
    """One of the five links in the mail."""

    score: int
    label: str
    url: str


def rating_links(token: RatingToken) -> list[RatingLink]:
    """From the worst to the best, in the active language."""
    address = settings.TN_SITE_URL + reverse("issues:rating", args=[token.write()])
    return [RatingLink(score.value, str(score.label), f"{address}?score={score.value}") for score in Score]
