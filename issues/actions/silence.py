"""Closing answered tickets without a reaction of the enterprise (design §5): never counted as satisfied."""

import logging
from datetime import timedelta

from core import clock
from core.errors import OperationError
from issues.actions.enterprise import close_unconfirmed
from issues.models import Ticket, TicketStatus
from issues.policies import CLOSE_AFTER_WORKING_DAYS, close_unconfirmed_at

logger = logging.getLogger(__name__)


def close_silent(*, limit: int = 500) -> int:
    """Close what has waited long enough, oldest answer first; returns how many. Safe to repeat."""
    now = clock.now()
    # The n-th working day is never earlier than n - 1 days later, so for younger answers nothing is computed.
    candidates = Ticket.objects.filter(
        status=TicketStatus.RESOLVED,
        disputed_at__isnull=True,
        resolved_at__lte=now - timedelta(days=CLOSE_AFTER_WORKING_DAYS - 1),
    ).select_related("lead_agency")
    closed = 0
    for ticket in candidates.order_by("resolved_at")[:limit]:
        due = close_unconfirmed_at(ticket)
        if due is None or due > now:
            continue
        try:
            close_unconfirmed(ticket=ticket)
        except OperationError:  # confirmed or reopened a moment ago
            continue
        except Exception:
            logger.exception("%s could not be closed", ticket.code)
            continue
        closed += 1
    return closed
