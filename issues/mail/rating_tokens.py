"""The signed link by which an answer is rated from its mail, without signing in. It can do nothing else."""

from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.urls import reverse

from issues.mail.answer_token import VALID_DAYS, AnswerToken, TokenExpired, TokenInvalid
from issues.models import Score

__all__ = ["VALID_DAYS", "RatingLink", "RatingToken", "TokenExpired", "TokenInvalid", "rating_links"]


class RatingToken(AnswerToken):
    salt: ClassVar[str] = "issues.rating"


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
