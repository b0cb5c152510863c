"""Files without a row, left by a process that died between writing and committing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain, islice

from django.core.files.storage import Storage
from django.utils import timezone

from issues.files.keeping import remove
from issues.models import Attachment, MailRecord
from issues.models.conversation import ATTACHMENTS_FOLDER, private_storage
from issues.models.mail_record import ORIGINALS_FOLDER

OLDER_THAN = timedelta(days=1)  # younger ones may belong to a transaction that still runs
_BATCH = 500


@dataclass
class Found:
    """What was looked at, and the names without a row."""

    files: int = 0
    orphans: list[str] = field(default_factory=list)


def remove_orphans(*, older_than: timedelta = OLDER_THAN, dry_run: bool = False) -> Found:
    """Find attachments and original mails that no row knows, and delete those that are old enough."""
    storage, found = private_storage(), Found()
    # The machine's own time, since files are stamped with it.
    before = timezone.now() - older_than
    walk = chain.from_iterable(_names(storage, folder) for folder in (ATTACHMENTS_FOLDER, ORIGINALS_FOLDER))
    while names := list(islice(walk, _BATCH)):
        found.files += len(names)
        known = _known(names)
        unknown = (name for name in names if name not in known)
        found.orphans += [name for name in unknown if storage.get_modified_time(name) <= before]
    if not dry_run:
        remove(found.orphans)
    return found


def _names(storage: Storage, folder: str) -> Iterator[str]:
    if not storage.exists(folder):
        return
    folders, files = storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _names(storage, f"{folder}/{name}")


def _known(names: list[str]) -> set[str]:
    kept = Attachment.objects.filter(file__in=names).values_list("file", flat=True)
    drawn = Attachment.objects.filter(thumbnail__in=names).values_list("thumbnail", flat=True)
    originals = MailRecord.objects.filter(original__in=names).values_list("original", flat=True)
    return {*kept, *drawn, *originals}
