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


def _read_by_id() -> dict[int, Agency]:
    return {agency.pk: agency for agency in by_code().values()}


_by_id = Remembered(_read_by_id, of=[Agency])


def by_id() -> Mapping[int, Agency]:
    """As `by_code`, by id."""
    return _by_id.get()
