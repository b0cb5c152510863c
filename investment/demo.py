"""The real projects of data/projects.csv as facts. Confirmations and steps are made up, and say so in demo mode."""

import csv
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from zlib import crc32

from django.db import transaction
from django.utils import timezone

from accounts.demo import data_dir, read_wards, renamed_agencies
from accounts.models import Agency
from core.text import clean, fold
from investment.demo_steps import steps_of
from investment.models import Project, ProjectStatus, ProjectStep
from investment.places import OldPlaces

HANOI = "Hà Nội"
CONFIRMED_WITHIN_DAYS = 120
_PROVINCES = {"Thành phố Huế (Thừa Thiên Huế)": "Huế"}
_DECISION = re.compile(r"\b(\d+/QĐ-[A-ZĐ]+g?)(?: (?:ngày )?(\d{1,2}/\d{1,2}/\d{4}))?")
_UPDATED = [
    field.name
    for field in Project._meta.concrete_fields
    if field.name not in ("id", "code", "status", "confirmed_on", "updated_at")
]


@transaction.atomic
def load_projects(now: datetime) -> list[Project]:
    """Create or refresh all projects, published, and return them in the order of the list. A few queries in all.

    A second run refreshes facts and simulated confirmations; it never undoes a later confirmation or a status.
    """
    today = timezone.localtime(now).date()
    known = {project.code: project for project in Project.objects.all()}
    reader = _Reader(today)
    rows = [reader.project(row) for row in _rows()]
    for project in rows:
        before = known.get(project.code)
        if before is not None:
            project.pk = before.pk
            project.confirmed_on = max(filter(None, (before.confirmed_on, project.confirmed_on)))
    Project.objects.bulk_create([project for project in rows if project.pk is None], batch_size=100)
    Project.objects.bulk_update([p for p in rows if p.code in known], [*_UPDATED, "confirmed_on"], batch_size=50)
    projects = {project.code: project for project in Project.objects.select_related("ward", "contact_agency")}
    ordered = [projects[row.code] for row in rows]
    _load_steps(ordered, reader.agencies, today)
    return ordered


def _rows() -> list[dict[str, str]]:
    with (data_dir() / "projects.csv").open(encoding="utf-8", newline="") as file:
        return [{name: clean(value).strip() for name, value in row.items()} for row in csv.DictReader(file)]


def _load_steps(projects: list[Project], agencies: dict[str, Agency], today: date) -> None:
    have = set(ProjectStep.objects.values_list("project_id", flat=True))
    ProjectStep.objects.bulk_create(
        step
        for project in projects
        if project.province == HANOI and project.pk not in have
        for step in steps_of(project, agencies, today)
    )


class _Reader:
    """Makes projects of rows of the list; holds the data that every row needs."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.agencies = {agency.code: agency for agency in Agency.objects.all()}
        self._places = OldPlaces(read_wards())
        self._renamed = {fold(name): code for name, code in renamed_agencies().items()}

    def project(self, row: dict[str, str]) -> Project:
        year = int(row["source_year"]) if row["source_year"] else None
        project = Project(
            code=row["code"],
            name_vi=row["name_vi"],
            name_en=_capitalised(row["name_en"]),
            name_vi_is_official=row["name_vi_origin"] == "source",
            status=ProjectStatus.PUBLISHED,
            sector=row["sector_code"],
            sector_as_published=row["sector"],
            province=_PROVINCES.get(row["province"], row["province"]),
            place=row["district_or_place"],
            area_ha=_number(row["area_ha"]),
            capital_text=row["capital_text"],
            capital_vnd_billion=_number(row["capital_vnd_billion"]),
            capital_usd_million=_number(row["capital_usd_million"]),
            investment_form=row["investment_form"],
            period=row["period"],
            contact_as_published=row["contact_agency"],
            issuing_agency=row["issuing_agency"],
            legal_basis=_legal_basis(row["source"]),
            record_type=row["record_type"],
            source=row["source"],
            source_year=year,
            note=row["note"],
            confirmed_on=self.today - timedelta(days=crc32(row["code"].encode()) % CONFIRMED_WITHIN_DAYS),
        )
        if project.province == HANOI:
            self._place(project)
            project.contact_agency = self._contact(project)
        project.derive()
        return project

    def _place(self, project: Project) -> None:
        found = self._places.find(project.place)
        wards = [self.agencies[code] for code in found.codes if code in self.agencies]
        if not wards:
            return
        project.place_today = found.text
        project.ward = wards[0] if len(wards) == 1 else None
        project.latitude = round(sum(ward.latitude or 0 for ward in wards) / len(wards), 5)
        project.longitude = round(sum(ward.longitude or 0 for ward in wards) / len(wards), 5)

    def _contact(self, project: Project) -> Agency | None:
        """The present agency that took over from the one that the source names."""
        published = fold(project.contact_as_published).removesuffix(fold(HANOI)).strip()
        return self.agencies.get(self._renamed.get(published, ""))


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _legal_basis(source: str) -> str:
    """The decision that the source itself cites by number; nothing is inferred."""
    found = _DECISION.search(source)
    return f"Quyết định {found.group(0)}" if found else ""
