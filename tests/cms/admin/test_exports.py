"""Lists and reports of the administration: no text in a file for a spreadsheet is a formula or an error."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook
from wagtail.contrib.redirects.models import Redirect

from accounts.models import User
from tests.factories.investment import make_project

pytestmark = pytest.mark.django_db
BAD = ["=1+1", "@SUM(A1)", "#N/A", "TRUE"]


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin@example.com"))
    return client


@pytest.mark.parametrize("bad", BAD)
def test_projects(admin: Client, bad: str) -> None:
    make_project(code="A", name_vi=bad, source_year=2020)
    rows = list(csv.reader(io.StringIO(admin.get("/admin/projects/?export=csv").getvalue().decode())))
    assert f"'{bad}" in rows[1]
    book = load_workbook(io.BytesIO(admin.get("/admin/projects/?export=xlsx").getvalue()))
    cells = {cell.value: cell for line in book.active.iter_rows(min_row=2) for cell in line}
    assert (cells[bad].data_type, cells[2020].data_type) == ("s", "n")


@pytest.mark.parametrize("bad", BAD)
def test_a_report_of_wagtail(admin: Client, bad: str) -> None:
    Redirect.objects.create(old_path="/a", redirect_link=bad)
    rows = list(csv.reader(io.StringIO(admin.get("/admin/redirects/?export=csv").getvalue().decode())))
    assert f"'{bad}" in rows[1]
    book = load_workbook(io.BytesIO(admin.get("/admin/redirects/?export=xlsx").getvalue()))
    cells = {cell.value: cell for line in book.active.iter_rows(min_row=2) for cell in line}
    assert cells[bad].data_type == "s"
