"""Where projects lie on the map, and the names under which they are counted.

A project without a position of its own lies "about here": in the middle of its wards of today, else of the district
before 2025 that the source names. Of everything else no position is known, and none is guessed.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Agency
from core.text import fold, normal
from investment.models import Project

Position = tuple[float, float]  # latitude and longitude in degrees

_KIND = r"(?:huyện|quận|thị xã|thành phố)"
_DISTRICT = re.compile(rf"(?:^|,)\s*{_KIND}\s+([^,(;]+?)\s*(?:\(|$)", re.IGNORECASE)
_BARE = re.compile(rf"^{_KIND}\s+", re.IGNORECASE)
_WARD = re.compile(r"^(?:xã|phường|đặc khu)\s+", re.IGNORECASE)
_SAME = 1e-4  # degrees, about ten metres: positions that were computed from wards are rounded


@dataclass(frozen=True)
class Spot:
    """A place on the map, in degrees. `about`: the middle of an area, not the project's own position."""

    latitude: float
    longitude: float
    about: bool


class Places:
    """The wards of the city and its districts before 2025. One query when it is made, none afterwards."""

    def __init__(self) -> None:
        self._wards: dict[int, Position] = {}
        self._names: dict[str, Position] = {}
        self._districts: dict[str, str] = {}
        inside, touched = defaultdict(list), defaultdict(list)
        rows = Agency.objects.filter(level=Agency.Level.WARD)
        for pk, name, latitude, longitude, districts in rows.values_list(
            "pk", "abbr", "latitude", "longitude", "legacy_districts"
        ):
            if latitude is None or longitude is None:
                continue
            at = (latitude, longitude)
            self._wards[pk] = self._names[_key(name)] = at
            old = [_BARE.sub("", part.strip()) for part in districts.split(";") if part.strip()]
            for district in old:
                self._districts[fold(district)] = district
                (inside if len(old) == 1 else touched)[district].append(at)
        # A ward of several districts says little about each, so it counts only where a district has no other.
        self._middles = {name: _middle(inside.get(name) or touched[name]) for name in self._districts.values()}

    def spot(self, project: Project) -> Spot | None:
        """Where the project is drawn; None where nothing is known."""
        middle = self._about(project)
        if project.latitude is None or project.longitude is None:
            return Spot(*middle, about=True) if middle else None
        own = (project.latitude, project.longitude)
        return Spot(*own, about=middle is not None and math.dist(own, middle) < _SAME)

    def name(self, project: Project) -> str:
        """Under which name the project is counted, in the active language: a place of the city, else the province."""
        if not self.is_here(project):
            return project.province
        district = self._district(project)
        if district:
            return _("%(district)s (former district)") % {"district": district}
        if project.ward is not None:
            return project.place_today or project.ward.abbr or project.ward.name
        if project.place_today or self.spot(project) is not None:
            return project.place_today or project.place or project.province
        return _("%(city)s, position not known") % {"city": project.province or settings.TN_CITY}

    def is_here(self, project: Project) -> bool:
        """Whether the project lies in the city; one without a province is the city's own."""
        return fold(project.province) in ("", fold(settings.TN_CITY))

    def _about(self, project: Project) -> Position | None:
        today = [_key(_WARD.sub("", name.strip())) for name in project.place_today.split(",") if name.strip()]
        if today and all(name in self._names for name in today):
            return _middle(self._names[name] for name in today)
        if project.ward_id in self._wards:
            return self._wards[project.ward_id]
        district = self._district(project)
        return self._middles[district] if district else None

    def _district(self, project: Project) -> str:
        """The district before 2025 that the place names, alone or at its end; a road from A to B is in neither."""
        if not self.is_here(project):
            return ""
        found = _DISTRICT.search(project.place)
        return self._districts.get(fold(found[1] if found else project.place), "")


def _key(name: str) -> str:
    return normal(name).casefold()


def _middle(positions: Iterable[Position]) -> Position:
    latitudes, longitudes = zip(*positions, strict=True)
    return sum(latitudes) / len(latitudes), sum(longitudes) / len(longitudes)
