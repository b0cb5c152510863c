from datetime import date
from typing import Any

import pytest

from investment.catalogue import ProjectQuery
from investment.database_backend import search
from investment.models import Project, ProjectStatus
from investment.standing import standing
from tests.factories.investment import make_project

pytestmark = pytest.mark.django_db

# From the top down.
FACTS: list[dict[str, Any]] = [
    {"area_ha": "4", "capital_vnd_billion": "70", "place": "xã A", "investment_form": "PPP"},
    {"area_ha": "4", "capital_vnd_billion": "70", "confirmed_on": date(2026, 11, 2)},
    {"area_ha": "4", "capital_vnd_billion": "70", "confirmed_on": date(2026, 11, 1)},
    {"capital_usd_million": "9"},
    {"area_ha": "4", "capital_vnd_billion": "70", "status": ProjectStatus.COMPLETED},
    {"place": "xã A", "investment_form": "PPP"},
    {"province": "Huế", "area_ha": "4", "capital_vnd_billion": "70", "place": "xã A"},
]


def test_number_and_sql_give_one_order() -> None:
    plain = {"sector": "", "place": "", "confirmed_on": None, "province": "Hà Nội", "investment_form": ""}
    expected = [make_project(code=f"P-{number}", **(plain | facts)).code for number, facts in enumerate(FACTS)]
    by_number = sorted(Project.objects.all(), key=standing, reverse=True)
    assert [project.code for project in by_number] == expected
    assert [hit.project.code for hit in search(ProjectQuery()).hits] == expected
