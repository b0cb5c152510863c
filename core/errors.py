"""The errors with which an operation refuses, for pages, the HTTP interface and the system alike.

Every error carries a sentence for people (translated) and a code for programs. The HTTP status belongs to the
error, so that no caller invents its own.
"""

from collections.abc import Mapping
from typing import Any


class OperationError(Exception):
    """A refused operation. `message` is shown to the person, `code` is stable for programs."""

    status = 400
    code = "refused"

    def __init__(self, message: str, *, code: str | None = None, **extra: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.extra = extra


class NotSignedIn(OperationError):
    """The caller is not signed in (401)."""

    status = 401
    code = "not_signed_in"


class NotAllowed(OperationError):
    """The caller may see the object but not do this (403)."""

    status = 403
    code = "not_allowed"


class NotVisible(OperationError):
    """The caller may not know that the object exists (404)."""

    status = 404
    code = "not_found"


class NotPossible(OperationError):
    """Not in this state, or somebody else changed it first (409)."""

    status = 409
    code = "not_possible"


class Invalid(OperationError):
    """A missing or wrong field (422). `fields` maps each field to its sentences."""

    status = 422
    code = "invalid"

    def __init__(self, message: str, *, fields: Mapping[str, list[str]] | None = None, **extra: Any) -> None:
        super().__init__(message, **extra)
        self.fields: dict[str, list[str]] = dict(fields or {})


class TooMany(OperationError):
    """A rate limit was reached (429)."""

    status = 429
    code = "too_many"
