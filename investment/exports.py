"""The list of projects as files: CSV, XLSX and GeoJSON. Facts as published, nothing rounded."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from core.spreadsheets import csv_value, xlsx_value
from investment.models import Project
from investment.project_query import ProjectHit

COLUMNS = (
    "code",
    "title",
    "summary",
    "sector",
    "province",
    "ward",
    "place",
    "place_today",
    "area_ha",
    "capital_vnd_billion",
    "capital_usd_million",
    "capital_as_published",
    "investment_form",
    "period",
    "status",
    "contact_agency",
    "issuing_agency",
    "legal_basis",
    "source_year",
    "source",
    "confirmed_on",
    "latitude",
    "longitude",
    "url",
)
_BOM = "\ufeff"  # without it Excel reads UTF-8 as something else


def rows(hits: Iterable[ProjectHit], locale: str, base: str) -> Iterable[list[Any]]:
    """One row per project in the order of COLUMNS; unknown facts are None. `base` is put before relative addresses."""
    with override(locale):
        for hit in hits:
            project = hit.project
            yield [
                project.code,
                hit.title,
                hit.summary,
                project.sector,
                project.province,
                project.ward.code if project.ward else None,
                project.place,
                project.place_today,
                _plain(project.area_ha),
                _plain(project.capital_vnd_billion),
                _plain(project.capital_usd_million),
                project.capital_text,
                project.investment_form,
                project.period,
                project.status,
                contact(project),
                project.issuing_agency,
                project.legal_basis,
                project.source_year,
                project.source,
                project.confirmed_on,
                project.latitude,
                project.longitude,
                f"{base}{hit.url}" if hit.url.startswith("/") else hit.url,
            ]


def contact(project: Project) -> str:
    """The contact agency of today, else as the source names it; empty when it names none."""
    return project.contact_agency.name if project.contact_agency else project.contact_as_published


def to_csv(table: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark and CRLF, as spreadsheets expect; no text can act as a formula or an error."""
    out = io.StringIO(newline="")
    out.write(_BOM)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([csv_value(value) for value in row] for row in table)
    return out.getvalue().encode()


def to_xlsx(table: Iterable[Sequence[Any]]) -> bytes:
    """A workbook with one sheet; texts stay texts, numbers and dates keep their kind."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("projects")
    sheet.freeze_panes = "A2"
    header = [WriteOnlyCell(sheet, value=name) for name in COLUMNS]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for row in table:
        sheet.append([WriteOnlyCell(sheet, value=xlsx_value(value)) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def to_geojson(table: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """A FeatureCollection (RFC 7946); a project without a known place has a null geometry."""
    features = []
    for row in table:
        properties = dict(zip(COLUMNS, row, strict=True))
        latitude, longitude = properties.pop("latitude"), properties.pop("longitude")
        point = (
            None if latitude is None or longitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
        )
        confirmed = properties["confirmed_on"]
        properties["confirmed_on"] = confirmed.isoformat() if confirmed else None
        features.append({"type": "Feature", "id": properties["code"], "geometry": point, "properties": properties})
    return {"type": "FeatureCollection", "features": features}


def _plain(value: Any) -> int | float | None:
    """A decimal as the shortest number that means the same."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
