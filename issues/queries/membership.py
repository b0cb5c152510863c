"""The queue of people who say that they act for an enterprise, with what helps to decide."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.emails import with_confirmed_email
from accounts.models import Membership, MembershipRequest, User
from issues.models import Ticket, TicketStatus

_WAITING = Q(state=MembershipRequest.State.WAITING)


def waiting_rows() -> QuerySet[MembershipRequest]:
    """The requests of people with a confirmed address, the oldest first.

    `is_known`: the enterprise has proposals here; `has_members`; `filed`: what the person filed while they waited.
    """
    known = Ticket.objects.filter(enterprise__tax_code=OuterRef("tax_code")).exclude(status=TicketStatus.DRAFT)
    members = Membership.objects.filter(enterprise__tax_code=OuterRef("tax_code"))
    filed = Count("tickets", filter=~Q(tickets__status=TicketStatus.DRAFT))
    confirmed = with_confirmed_email(User.objects.filter(is_active=True))
    rows = MembershipRequest.objects.filter(_WAITING, user__in=confirmed).select_related("user").order_by("pk")
    return rows.annotate(is_known=Exists(known), has_members=Exists(members), filed=filed)
