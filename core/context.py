"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.today import today


def site(request: HttpRequest) -> dict[str, Any]:
    """`TN_DEMO`, the city's name, and `today`, the working day (read when a template asks)."""
    return {
        "TN_DEMO": settings.TN_DEMO,
        "city": settings.TN_CITY,
        "today": SimpleLazyObject(today),
    }
