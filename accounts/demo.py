"""The agencies of the city, from the published lists in data/: the city, its departments and bodies, its wards."""

import csv
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import Agency

CITY = "HN"
# Wards are connected in steps, as the city did; every seventh is not connected yet (made up for the demonstration).
_WARDS_OFF_EVERY = 7
_UPDATED = [
    "name_vi",
    "name_en",
    "abbr",
    "level",
    "parent",
    "in_task_force",
    "remit_vi",
    "latitude",
    "longitude",
    "area_km2",
    "legacy_districts",
    "source",
]


def data_dir() -> Path:
    """Where the published lists lie."""
    return Path(settings.BASE_DIR) / "data"


@transaction.atomic
def load_agencies() -> dict[str, Agency]:
    """Create or refresh every agency and return them by code. The stage of an existing agency is not changed."""
    lists = json.loads((data_dir() / "agencies.json").read_text(encoding="utf-8"))
    root, _created = Agency.objects.update_or_create(
        code=CITY,
        defaults={
            "name_vi": "UBND thành phố Hà Nội",
            "name_en": "Hanoi People's Committee",
            "abbr": "UBND TP",
            "level": Agency.Level.CITY,
        },
    )
    rows = [
        *(_body(row, Agency.Level.DEPARTMENT, root) for row in lists["hanoi_2025_after_merger"]),
        *(_body(row, Agency.Level.BODY, root) for row in lists["other_agencies_used_in_cases"]),
        *(_ward(row, number, root) for number, row in enumerate(read_wards())),
    ]
    Agency.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=_UPDATED)
    return {agency.code: agency for agency in Agency.objects.all()}


def read_wards() -> list[dict[str, str]]:
    """The 126 wards and communes of 2025, as listed."""
    with (data_dir() / "hanoi_wards_2025.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def renamed_agencies() -> dict[str, str]:
    """Name before 2025 → code of the agency that took over its work, where the list says so."""
    lists = json.loads((data_dir() / "agencies.json").read_text(encoding="utf-8"))
    names = {row["name_vi"]: row["became_2025"] for row in lists["hanoi_2017"] if row.get("became_2025")}
    return names | {row["name_vi"]: row["code"] for row in lists["hanoi_2025_after_merger"]}


def _body(row: dict[str, Any], level: str, root: Agency) -> Agency:
    return Agency(
        code=row["code"],
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        abbr=row.get("abbr", ""),
        level=level,
        parent=root,
        stage=Agency.Stage.LIVE,
        in_task_force=True,  # no source names the members; here every department and body is one
        remit_vi=row.get("remit_vi") or row.get("note", ""),
        source=row.get("source", ""),
    )


def _ward(row: dict[str, str], number: int, root: Agency) -> Agency:
    kind, _space, short = row["name"].partition(" ")
    return Agency(
        code=row["code"],
        name_vi=f"UBND {kind.lower()} {short}",
        name_en=f"{short} {'Ward' if kind == 'Phường' else 'Commune'} People's Committee",
        abbr=short,
        level=Agency.Level.WARD,
        parent=root,
        stage=Agency.Stage.OFF if number % _WARDS_OFF_EVERY == _WARDS_OFF_EVERY - 1 else Agency.Stage.PILOT,
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        area_km2=float(row["area_km2"]),
        legacy_districts=row["legacy_districts"],
        source=row["source"],
    )
