"""`person` in every template: the roles of the reader."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import people


def person(request: HttpRequest) -> dict[str, Any]:
    """The Person of the request, read when a template asks."""
    return {"person": SimpleLazyObject(lambda: people.of(getattr(request, "user", None)))}
