"""Bytes go with their rows: what is rolled back leaves no file, what is deleted takes its file along."""

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
        yield  # the outer block sees to it
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
    """The row goes, or its file does: remove the bytes once that is certain."""
    names = [field.name for field in (attachment.file, attachment.thumbnail) if field.name]
    transaction.on_commit(lambda: remove(names))


def remove(names: Iterable[str]) -> None:
    """Delete files; one that cannot be deleted now is an orphan and found later."""
    storage = private_storage()
    for name in names:
        try:
            storage.delete(name)
        except OSError:
            logger.exception("the file %s could not be removed", name)
