"""Limits by name: `config/settings/limits.py` says how much; here attempts are refused, with the time to wait."""

import math
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import wording
from core.addresses import address_key, caller_address
from core.attempts import Limit
from core.errors import OperationError, TooMany

Response = TypeVar("Response", bound=HttpResponseBase)

_MINUTE = 60
# In a request's META, as PEP 3333 lets applications add: seconds to wait, where a form itself says why.
RETRY_AFTER = "trong_ngay.retry_after"


def limit(name: str) -> Limit:
    """The limit of that name as it is set now, multiplied by the factor."""
    return Limit(name, most(name), settings.TN_LIMITS[name][1])


def most(name: str) -> int:
    """How many of something there may be (at once, where the limit has no period)."""
    return max(1, round(settings.TN_LIMITS[name][0] * settings.TN_LIMITS_FACTOR))


def refuse(name: str, key: str) -> None:
    """Raise TooMany if the next attempt would be one too many, without counting one."""
    seconds = limit(name).wait(key)
    if seconds:
        raise too_many(seconds)


def spend(name: str, key: str) -> None:
    """Count an attempt. Raises TooMany if it is one too many."""
    asked = limit(name)
    if asked.count(key) > asked.most:
        raise too_many(asked.wait(key) or 1)


def spend_by_caller(request: HttpRequest, kind: str) -> None:
    """Count for the person, or for the address of somebody who is not signed in. Raises TooMany."""
    if request.user.is_authenticated:
        spend(f"{kind}.person", str(request.user.pk))
    else:
        spend(f"{kind}.address", caller_key(request))


def caller_key(request: HttpRequest) -> str:
    """What the address of a request is counted as."""
    return address_key(caller_address(request))


def too_many(seconds: int, sentence: str = "") -> TooMany:
    """The refusal that says how long to wait. `sentence` has {time}."""
    text = sentence or _("Too many requests. Wait {time}, then try again.")
    return TooMany(text.format(time=waiting_time(seconds)), retry_after=seconds)


def waiting_time(seconds: int) -> str:
    """Seconds in words; from one minute on in minutes, rounded up."""
    if seconds < _MINUTE:
        return ngettext("{n} second", "{n} seconds", seconds).format(n=seconds)
    return wording.duration(math.ceil(seconds / _MINUTE)) or ""


def say_when(response: Response, error: OperationError) -> Response:
    """The response, with `Retry-After` where the error says when."""
    if "retry_after" in error.extra:
        response["Retry-After"] = str(error.extra["retry_after"])
    return response
