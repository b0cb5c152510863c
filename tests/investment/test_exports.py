import csv
import io
import json
import zipfile

import pytest
from openpyxl import load_workbook

from investment.exports import COLUMNS
from tests.factories.investment import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _database_only(monkeypatch) -> None:
    monkeypatch.setattr("investment.catalogue._search_backend", None)


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_csv_opens_in_a_spreadsheet(client) -> None:
    make_project(code="A", capital_vnd_billion="8690.426", area_ha="80", source='Nguồn, "một"\nhai')
    response = client.get("/api/v1/projects.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    (row,) = table(response.content)
    assert tuple(row) == COLUMNS
    assert (row["capital_vnd_billion"], row["area_ha"], row["capital_usd_million"]) == ("8690.426", "80", "")
    assert row["source"] == 'Nguồn, "một"\nhai'


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_no_cell_acts_as_a_formula(client, bad: str) -> None:
    make_project(code="A", name_vi=bad, place=bad)
    (row,) = table(client.get("/api/v1/projects.csv").content)
    assert row["title"].startswith("'")
    assert row["place"] == f"'{bad}"
    sheet = load_workbook(io.BytesIO(client.get("/api/v1/projects.xlsx").content)).active
    cells = [cell for line in sheet.iter_rows(min_row=2) for cell in line if cell.value]
    assert all(cell.data_type != "f" for cell in cells)
    assert bad.strip() in [str(cell.value).strip() for cell in cells]


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "true", "FALSE", " =1+1"])
def test_no_text_becomes_a_value(client, text: str) -> None:
    make_project(code="A", name_vi="Cảng", place=text, source="#1 trong danh sách", source_year=2020)
    (row,) = table(client.get("/api/v1/projects.csv").content)
    assert (row["place"], row["source"]) == (f"'{text}", "#1 trong danh sách")
    content = client.get("/api/v1/projects.xlsx").content
    sheet = load_workbook(io.BytesIO(content)).active
    cells = {cell.value: cell for line in sheet.iter_rows(min_row=2) for cell in line if cell.value is not None}
    assert cells[text].data_type == "s"
    assert (cells["#1 trong danh sách"].data_type, cells[2020].data_type) == ("s", "n")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert b't="e"' not in book.read("xl/worksheets/sheet1.xml")


def test_geojson_has_a_point_or_says_that_it_has_none(client) -> None:
    make_project(code="A", latitude=21.1, longitude=105.8)
    make_project(code="B")
    response = client.get("/api/v1/projects.geojson?sort=name")
    assert response["Content-Type"] == "application/geo+json"
    features = {feature["id"]: feature for feature in json.loads(response.content)["features"]}
    assert features["A"]["geometry"] == {"type": "Point", "coordinates": [105.8, 21.1]}
    assert features["B"]["geometry"] is None


def test_files_hold_the_whole_filtered_list(client) -> None:
    for number in range(130):
        make_project(sector="transport" if number < 120 else "health")
    assert len(table(client.get("/api/v1/projects.csv?sector=transport").content)) == 120


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson"])
def test_wrong_filters_are_named(client, kind: str) -> None:
    response = client.get(f"/api/v1/projects.{kind}?sector=nope")
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"sector"}
