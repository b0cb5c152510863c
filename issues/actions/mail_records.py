"""Records of mails that put nothing to a ticket are kept for a month: anybody can cause them."""

from datetime import timedelta

from core import clock
from issues.models import MailRecord

KEPT = timedelta(days=30)
_LASTING = (MailRecord.Outcome.ANSWER, MailRecord.Outcome.MESSAGE)


def remove_old_records() -> int:
    """Remove what was refused, repeated or automatic and is older; returns how many. Safe to repeat."""
    old = MailRecord.objects.filter(received_at__lt=clock.now() - KEPT).exclude(outcome__in=_LASTING)
    removed, _by_model = old.delete()
    return removed
