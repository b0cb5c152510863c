"""What may be attached, in words, and how large it may be: `TN_MAX_UPLOAD_MB` decides everywhere."""

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _

_MEGABYTE = 1024 * 1024


def largest_file() -> int:
    """The size in bytes of the largest file that may be attached."""
    return int(settings.MAX_UPLOAD_BYTES)


def too_large() -> str:
    """The message about a larger file."""
    return _("This file is too large: at most {size} MB.").format(size=largest_file() // _MEGABYTE)


def _allowed() -> str:
    return _("PDF, PNG, JPEG, DOCX, XLSX or plain text, up to {size} MB each.").format(size=largest_file() // _MEGABYTE)


ALLOWED = lazy(_allowed, str)()  # beside a field
