"""What everybody may read: numbers of today, and answers that two people have cleared for publication."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q
from django.utils import timezone

from core import clock
from issues.models import OPEN_STATUSES, Ticket, TicketStatus
from issues.queries.answers import published_answers


@dataclass(frozen=True)
class HomeNumbers:
    """The day in numbers; none of them names anybody."""

    received_today: int
    answered_today: int
    in_time_today: int
    open: int
    waiting_for_enterprise: int
    overdue: int


def home_numbers(now: datetime | None = None) -> HomeNumbers:
    """Count today's and the open tickets; one query."""
    now = now or clock.now()
    began = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    answered = Q(resolved_at__gte=began, resolved_at__lte=now)
    counted = Ticket.objects.exclude(status=TicketStatus.DRAFT).aggregate(
        received_today=Count("pk", filter=Q(received_at__gte=began, received_at__lte=now)),
        answered_today=Count("pk", filter=answered),
        in_time_today=Count("pk", filter=answered & Q(resolved_at__lte=F("due_at"))),
        open=Count("pk", filter=Q(status__in=OPEN_STATUSES)),
        waiting_for_enterprise=Count("pk", filter=Q(status=TicketStatus.AWAITING_ENTERPRISE)),
        overdue=Count("pk", filter=Q(status__in=OPEN_STATUSES, due_at__lt=now)),
    )
    return HomeNumbers(**counted)


def recent_answers(limit: int = 5) -> list[Ticket]:
    """The newest published answers; one query."""
    return list(published_answers()[:limit])
