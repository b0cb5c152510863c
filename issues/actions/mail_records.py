"""How long traces of mails are kept: the mail as it came, and records of those that put nothing to a ticket."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from core import clock
from issues.files.keeping import remember, remove
from issues.models import MailRecord

KEPT = timedelta(days=30)  # records that anybody can cause
_LASTING = (MailRecord.Outcome.ANSWER, MailRecord.Outcome.MESSAGE)
_BATCH = 500


def keep_original(record: MailRecord, raw: bytes) -> None:
    """Put the mail as it came to its record, which the caller saves; inside of `bytes_go_with_rows`."""
    if settings.TN_MAIL_RAW_DAYS:
        record.original.save("", ContentFile(raw), save=False)
        remember(record.original.name or "")


def remove_old_originals() -> int:
    """Remove mails as they came that are older than TN_MAIL_RAW_DAYS; returns how many. Safe to repeat."""
    before = clock.now() - timedelta(days=settings.TN_MAIL_RAW_DAYS)
    old = MailRecord.objects.filter(received_at__lt=before).exclude(original="")
    removed = 0
    while rows := dict(old.values_list("pk", "original")[:_BATCH]):
        with transaction.atomic():
            MailRecord.objects.filter(pk__in=rows).update(original="")
            transaction.on_commit(partial(remove, list(rows.values())))
        removed += len(rows)
    return removed


def remove_old_records() -> int:
    """Remove what was refused, repeated or automatic and is older; returns how many. Safe to repeat.

    One whose original is still kept stays as long as that.
    """
    old = MailRecord.objects.filter(received_at__lt=clock.now() - KEPT, original="").exclude(outcome__in=_LASTING)
    removed, _by_model = old.delete()
    return removed
