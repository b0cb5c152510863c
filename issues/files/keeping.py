"""Files are kept in step with their rows: a rollback removes new files, a deleted row removes its file."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from issues.models import Attachment
from issues.models.conversation import private_storage

logger = logging.getLogger(__name__)

_written: ContextVar[list[str] | None] = ContextVar("written_files", default=None)


@contextmanager
def bytes_go_with_rows() -> Iterator[None]:
    """Put it around the outermost transaction that attaches files: when it fails, the bytes written in it go too.

    Where the process dies in between, `orphans` finds them a day later.
    """
    if _written.get() is not None:
        yield  # the outer block does it
        return
    names: list[str] = []
    token = _written.set(names)
    try:
        yield
    except BaseException:
        remove(names)
        raise
    finally:
        _written.reset(token)


def remember(name: str) -> None:
    """A file was written; call it right after."""
    names = _written.get()
    if names is not None:
        names.append(name)


def remove_after_commit(attachment: Attachment) -> None:
    """Remove the bytes of a deleted row or file once the transaction has committed."""
    names = [field.name for field in (attachment.file, attachment.thumbnail) if field.name]
    transaction.on_commit(lambda: remove(names))


def remove(names: Iterable[str]) -> None:
    """Delete files; one that cannot be deleted now is an orphan, which `orphans` finds later."""
    storage = private_storage()
    for name in names:
        try:
            storage.delete(name)
        except OSError:
            logger.exception("the file %s could not be removed", name)
