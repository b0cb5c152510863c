"""The agencies as everybody mentions them: a few hundred rows, read every few seconds and not for every mention."""

from collections.abc import Mapping

from accounts.models import Agency
from core.remembered import Remembered


def _read() -> tuple[dict[str, Agency], dict[int, Agency]]:
    agencies = list(Agency.objects.all())
    return {agency.code: agency for agency in agencies}, {agency.pk: agency for agency in agencies}


_agencies = Remembered(_read, of=[Agency])


def by_code() -> Mapping[str, Agency]:
    """Every agency by its code. The rows are shared: read them, never change them."""
    return _agencies.get()[0]


def by_id() -> Mapping[int, Agency]:
    """As `by_code`, by id."""
    return _agencies.get()[1]
