"""The agencies by code: a few hundred rows that nearly every page mentions."""

from typing import Any

from django.core.cache import caches

from accounts.models import Agency


def by_code() -> dict[str, Agency]:
    """Every agency by its code, as the process cache has them; one query where it has none."""
    found: Any = caches["process"].get_or_set("agencies", _read)
    return found


def _read() -> dict[str, Agency]:
    return {agency.code: agency for agency in Agency.objects.all()}
