"""Agencies by their codes, which nearly every page mentions."""

from collections.abc import Iterable
from typing import Any

from django.core.cache import caches

from accounts.models import Agency


def named(codes: Iterable[str]) -> dict[str, Agency]:
    """The agencies with these codes, as the process cache has them; one query for those that it has not.

    Codes of no agency are left out.
    """
    keys = {f"agency-{code}": code for code in set(codes)}
    cached: dict[str, Any] = caches["process"].get_many(keys)
    missing = [code for key, code in keys.items() if key not in cached]
    if missing:
        read = {f"agency-{agency.code}": agency for agency in Agency.objects.filter(code__in=missing).order_by()}
        caches["process"].set_many(read)
        cached |= read
    return {keys[key]: agency for key, agency in cached.items()}
