"""The agencies as everybody mentions them: a few hundred rows, read every few seconds and not for every mention."""

from collections.abc import Mapping

from accounts.models import Agency
from core.remembered import Remembered


def _read() -> dict[str, Agency]:
    return {agency.code: agency for agency in Agency.objects.all()}


_agencies = Remembered(_read, of=[Agency])


def by_code() -> Mapping[str, Agency]:
    """Every agency by its code. The rows are shared: read them, never change them."""
    return _agencies.get()
