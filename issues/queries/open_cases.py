"""Open proposals that read like what somebody is typing: of others, and of the person's own enterprise.

Open proposals are private. Of others only a number is shown: how many enterprises wait for the same agency in the
same field, and only from two on: a single one could be found by typing its name. A ticket whose public words two
people have cleared (it was reopened) is named by them. One's own are named by their titles.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django.core.cache import caches
from django.db.models import Q
from django.urls import reverse

from accounts.models import Agency
from accounts.people import Person
from issues.models import OPEN_STATUSES, Category, Ticket
from issues.routing import Example, Examples, features, likeness, read

NEAR = 0.22  # cosine over tf-idf from which two open proposals are called alike
OWN_NEAR = 0.3  # plain cosine, for the few that are one's own
MOST_OPEN, MOST_OWN, MOST_SHOWN = 2_000, 40, 3
LEAST_ENTERPRISES = 2
_NEIGHBOURS = 30
_REBUILD_AFTER = 30  # seconds for which what was read of the open tickets is good enough
_LEAST_TEXT = 12  # characters: below, everything looks like everything


@dataclass(frozen=True)
class OpenGroup:
    """Enterprises that wait for one agency in one field."""

    agency: Agency | None
    category: str
    enterprises: int

    @property
    def field(self) -> str:
        return str(dict(Category.choices).get(self.category, ""))


@dataclass(frozen=True)
class OpenCases:
    """What the person who types may see: groups, published tickets that are open again, their own."""

    groups: tuple[OpenGroup, ...] = ()
    published: tuple[Ticket, ...] = ()
    own: tuple[Ticket, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups or self.published or self.own)

    def as_json(self) -> dict[str, Any]:
        """The answer of the interface."""
        return {
            "open": [
                {
                    "agency": {"code": group.agency.code, "name": group.agency.name} if group.agency else None,
                    "category": group.category or None,
                    "enterprises": group.enterprises,
                }
                for group in self.groups
            ],
            "joinable": [
                {"title": ticket.public_title, "url": reverse("issues:answer", args=[ticket.code])}
                for ticket in self.published
            ],
            "own": [
                {"code": ticket.code, "title": ticket.title, "url": reverse("issues:ticket", args=[ticket.code])}
                for ticket in self.own
            ],
        }


def open_cases(text: str, person: Person) -> OpenCases:
    """The open proposals nearest to a text; at most three queries, mostly two, one for who is not signed in."""
    if len(text.strip()) < _LEAST_TEXT:
        return OpenCases()
    near = [
        int(example.id)
        for example, score in _index().nearest(Counter(features(read(text).folded)), _NEIGHBOURS)
        if score >= NEAR
    ]
    others = (
        list(
            Ticket.objects.filter(pk__in=near, status__in=OPEN_STATUSES)
            .exclude(_of(person))
            .select_related("lead_agency")
            .defer("body", "search_text", "answer")
        )
        if near
        else []
    )
    published = sorted((t for t in others if t.is_published), key=lambda ticket: near.index(ticket.pk))
    return OpenCases(_groups(others), tuple(published[:MOST_SHOWN]), _own(text, person))


def _groups(tickets: Sequence[Ticket]) -> tuple[OpenGroup, ...]:
    waiting: dict[tuple[int | None, str], set[tuple[int | None, int | None]]] = defaultdict(set)
    agencies = {ticket.lead_agency_id: ticket.lead_agency for ticket in tickets}
    for ticket in tickets:
        alone = ticket.filer_id if ticket.enterprise_id is None else None  # in their own name: each for one enterprise
        waiting[ticket.lead_agency_id, ticket.category].add((ticket.enterprise_id, alone))
    groups = [
        OpenGroup(agencies[agency_id], category, len(enterprises))
        for (agency_id, category), enterprises in waiting.items()
        if len(enterprises) >= LEAST_ENTERPRISES
    ]
    return tuple(sorted(groups, key=lambda group: -group.enterprises)[:MOST_SHOWN])


def _own(text: str, person: Person) -> tuple[Ticket, ...]:
    """The person's own open tickets that read alike, the most alike first."""
    if not person.is_signed_in:
        return ()
    rows = list(
        Ticket.objects.filter(_of(person), status__in=OPEN_STATUSES)
        .select_related("lead_agency")
        .order_by("-id")[:MOST_OWN]
    )
    scores = likeness(text, [f"{row.title}\n{row.body}" for row in rows])
    alike = sorted(zip(scores, rows, strict=True), key=lambda pair: -pair[0])
    return tuple(row for score, row in alike if score >= OWN_NEAR)[:MOST_SHOWN]


def _of(person: Person) -> Q:
    """What the person's enterprises filed, and the person in their own name."""
    own = Q(enterprise_id__in=person.enterprise_ids)
    return own | Q(enterprise__isnull=True, filer_id=person.user_id) if person.is_signed_in else own


def _index() -> Examples:
    """The newest open tickets, ready to be compared with, as they were at most REBUILD_AFTER ago."""
    return _index_of(caches["process"].get_or_set("open-cases", lambda: uuid4().hex, _REBUILD_AFTER))


@lru_cache(maxsize=1)
def _index_of(_reading: str) -> Examples:
    """What is open at the time of this reading. One query, and a few milliseconds for a thousand tickets."""
    rows = Ticket.objects.filter(status__in=OPEN_STATUSES).order_by("-id")
    found = rows.values_list("pk", "title", "body", "category")[:MOST_OPEN]
    return Examples(
        [Example(id=str(pk), text=f"{title}\n{body}", category=category) for pk, title, body, category in found]
    )
