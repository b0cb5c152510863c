"""Sweeps over files that wait for the virus scanner or for their thumbnail. Any worker may run them at any time.

A scan claims a file by moving its next attempt, asks the scanner outside any transaction, and saves the
verdict. If the worker dies in between, the file is scanned again a little later. No file passes unscanned because
the scanner is unavailable: such files stay `scanning`, which the page shows.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from core import clock
from issues.actions.operation import operation
from issues.actor import SYSTEM
from issues.events.types import AttachmentBlocked, InternalAttachmentBlocked
from issues.files import thumbnails
from issues.files.clamd import Scanner, ScannerUnavailable, Verdict
from issues.files.keeping import bytes_go_with_rows, remember, remove_after_commit
from issues.models import Attachment, TicketStatus, Visibility

logger = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(minutes=5)  # a file that somebody has taken and not decided on is free again after this
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=10)
_MOST_DOUBLINGS = 10

Scan = Attachment.Scan


def scan_due(*, limit: int = BATCH) -> int:
    """Scan what waits, oldest first; returns how many files were decided on. Stops when the scanner is unavailable."""
    if not settings.TN_CLAMAV_SOCKET:
        return _scan_no_more()
    scanner, decided = Scanner(settings.TN_CLAMAV_SOCKET), 0
    waiting = Attachment.objects.filter(scan=Scan.SCANNING, next_scan_at__lte=clock.now()).order_by("next_scan_at")
    for pk in list(waiting.values_list("pk", flat=True)[:limit]):
        found = _take(pk)
        if found is None:
            continue
        try:
            with found.file.open("rb") as stream:
                verdict = scanner.scan(stream)
        except FileNotFoundError:
            logger.exception("the file of attachment %s is gone", found.pk)
            verdict = Verdict()  # there is nothing to download
        except ScannerUnavailable as error:
            _later(found, error)
            break
        _settle(found, verdict)
        decided += 1
    return decided


def _scan_no_more() -> int:
    """The scanner was taken out of the settings: what waited for it counts as all files did before."""
    waiting = Attachment.objects.filter(scan=Scan.SCANNING)
    return waiting.update(scan=Scan.UNSCANNED, next_scan_at=None) if waiting.exists() else 0


def _take(pk: int) -> Attachment | None:
    now = clock.now()
    free = Attachment.objects.filter(pk=pk, scan=Scan.SCANNING, next_scan_at__lte=now)
    if not free.update(next_scan_at=now + LEASE):
        return None
    return Attachment.objects.select_related("ticket").filter(pk=pk).first()


def _later(found: Attachment, error: ScannerUnavailable) -> None:
    pause = min(FIRST_PAUSE * 2 ** min(found.scan_attempts, _MOST_DOUBLINGS), LONGEST_PAUSE)
    Attachment.objects.filter(pk=found.pk).update(
        scan_attempts=found.scan_attempts + 1, next_scan_at=clock.now() + pause
    )
    logger.warning("the virus scanner is unavailable, files wait: %s", error)


def _settle(found: Attachment, verdict: Verdict) -> None:
    if verdict.is_clean:
        Attachment.objects.filter(pk=found.pk, scan=Scan.SCANNING).update(
            scan=Scan.CLEAN, scanned_at=clock.now(), next_scan_at=None
        )
        return
    logger.warning("attachment %s is blocked: %s", found.pk, verdict.signature)
    with operation(ticket=found.ticket, actor=SYSTEM) as op:
        row = Attachment.objects.select_for_update().filter(pk=found.pk, scan=Scan.SCANNING).first()
        if row is None:
            return  # removed from its draft since
        remove_after_commit(row)
        row.scan, row.signature, row.scanned_at, row.next_scan_at = Scan.INFECTED, verdict.signature, op.at, None
        row.file, row.wants_thumbnail = "", False
        row.save()
        if op.ticket.status == TicketStatus.DRAFT:
            return  # a draft has no log; its page shows the file as blocked
        internal = row.visibility == Visibility.INTERNAL
        event_class = InternalAttachmentBlocked if internal else AttachmentBlocked
        event = event_class(
            attachment=str(row.public_id),
            name=row.name,
            signature=row.signature,
            from_enterprise=not internal and not row.uploaded_by.memberships.filter(agency__isnull=False).exists(),
        )
        op.record(event, internal_to=row.internal_to)


def draw_thumbnails(*, limit: int = BATCH) -> int:
    """Draw the thumbnails of images that may be seen; returns how many images were looked at."""
    waiting = Attachment.objects.filter(wants_thumbnail=True, scan__in=Attachment.DOWNLOADABLE).order_by("pk")
    looked_at = 0
    for found in waiting[:limit]:
        _draw(found)
        looked_at += 1
    return looked_at


def _draw(found: Attachment) -> None:
    """One try for each image: what cannot be drawn now never can."""
    try:
        with found.file.open("rb") as stream:
            drawn = thumbnails.draw(stream)
    except (FileNotFoundError, ValueError):
        drawn = None
    with bytes_go_with_rows(), transaction.atomic():
        row = Attachment.objects.select_for_update().filter(pk=found.pk, wants_thumbnail=True).first()
        if row is None:
            return
        row.wants_thumbnail = False
        if drawn is not None:
            row.thumbnail.save("thumbnail", ContentFile(drawn.content), save=False)
            remember(row.thumbnail.name)
            row.thumbnail_width, row.thumbnail_height = drawn.width, drawn.height
        row.save()
