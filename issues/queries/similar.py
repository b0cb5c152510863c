"""Published answers that read like what somebody is typing: answer before you file."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from issues.assignment import trained_vote
from issues.models import Ticket
from issues.routing import CategoryScore
from issues.routing.defaults import EXAMPLE

MOST = 3
_NEAR = 0.12  # cosine from which two proposals are called similar


@dataclass(frozen=True)
class SimilarAnswer:
    """A published answer and how near it is, 0 to 1."""

    ticket: Ticket
    score: float

    @property
    def url(self) -> str:
        return reverse("issues:answer", args=[self.ticket.code])


def similar_answers(text: str, *, limit: int = MOST) -> list[SimilarAnswer]:
    """The published answers nearest to a text, the nearest first. One query; only what the public may read."""
    return similar_of(trained_vote.current_model().score(text), limit=limit)


def similar_of(scores: Iterable[CategoryScore], *, limit: int = MOST) -> list[SimilarAnswer]:
    """The same from a vote that was taken already."""
    tickets = (pair for score in scores for pair in score.similar if not pair[0].startswith(EXAMPLE))
    pairs = [pair for pair in tickets if pair[1] >= _NEAR]
    near = sorted(pairs, key=lambda pair: -pair[1])
    published = {
        ticket.code: ticket
        for ticket in Ticket.objects.select_related("lead_agency").filter(
            code__in=[code for code, _score in near], public_consent=True, published_at__isnull=False
        )
    }
    return [SimilarAnswer(published[code], round(score, 3)) for code, score in near if code in published][:limit]
