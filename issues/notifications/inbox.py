"""The list of a person's notifications in the application."""

from django.db.models import Q, QuerySet

from accounts.people import Person
from issues.access import not_kept_from, visible_tickets
from issues.models import Notification, Visibility
from issues.notifications.recipients import Group


def notifications(person: Person, *, mentions: bool = False, unread: bool = False) -> QuerySet[Notification]:
    """Newest first, all or only mentions of the person or what is unread; only of tickets that they may still see, or
    joined."""
    if person.user_id is None:
        return Notification.objects.none()
    rows = Notification.objects.filter(user_id=person.user_id, channel=Notification.Channel.APP)
    if mentions:
        rows = rows.filter(reason=Group.MENTIONED)
    if unread:
        rows = rows.filter(read_at__isnull=True)
    seen = Q(event__ticket__in=visible_tickets(person).order_by().values("pk")) & not_kept_from(person, "event__")
    if not person.is_staff_side:
        seen &= ~Q(event__visibility=Visibility.INTERNAL)
    seen |= Q(reason=Group.PARTY)
    if person.is_staff_side:
        seen |= Q(entry__isnull=False) & _roster_of(person)
    return (
        rows.filter(seen)
        .select_related("event__ticket__lead_agency", "entry__agency", "user")
        .prefetch_related("event__ticket__coordinating_agencies")
        .order_by("-id")
    )


def _roster_of(person: Person) -> Q:
    everywhere = person.is_coordinator or person.is_leader
    return Q() if everywhere else Q(entry__agency_id__in=person.officer_agency_ids)


def unread_count(person: Person) -> int:
    """How many are not read yet; one query, none for anonymous visitors."""
    if person.user_id is None:
        return 0
    return Notification.objects.filter(
        user_id=person.user_id, channel=Notification.Channel.APP, read_at__isnull=True
    ).count()
