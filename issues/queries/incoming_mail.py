"""What became of mails that arrived: for the page of operators."""

from django.db.models import Q, QuerySet

from core.text import clean
from issues.models import MailRecord


def mail_records(*, outcome: str = "", q: str = "") -> QuerySet[MailRecord]:
    """Records, newest first; of one outcome, and of a sender, a person, a subject or a ticket."""
    rows = MailRecord.objects.select_related("user", "ticket")
    if outcome:
        rows = rows.filter(outcome=outcome)
    text = clean(q[:100]).strip()
    if text:
        rows = rows.filter(
            Q(sender__icontains=text)
            | Q(subject__icontains=text)
            | Q(user__email__icontains=text)
            | Q(ticket__code__icontains=text)
        )
    return rows.order_by("-id")
