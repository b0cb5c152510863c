"""Saved replies that a person may use: their own and those of their agencies."""

from django.db.models import Q, QuerySet

from accounts.models import Agency
from accounts.people import Person
from core.text import words
from issues.models import SavedReply

_MOST_WORDS = 10


def replies_of(person: Person, q: str = "") -> QuerySet[SavedReply]:
    """The most used first; `q`: every word in title or text, marks apart."""
    own = Q(owner_id=person.user_id) if person.user_id else Q(pk__in=[])
    found = SavedReply.objects.filter(own | Q(agency_id__in=person.officer_agency_ids))
    for word in words(q)[:_MOST_WORDS]:
        found = found.filter(search_text__contains=word)
    return found.select_related("agency")


def may_change(person: Person, reply: SavedReply) -> bool:
    """One's own; those of an agency its head alone."""
    return reply.owner_id == person.user_id if reply.owner_id else reply.agency_id in person.head_agency_ids


def shared_with(person: Person) -> list[Agency]:
    """The agencies with which the person, as head, can share."""
    return list(Agency.objects.filter(pk__in=person.head_agency_ids).order_by("name_vi"))
