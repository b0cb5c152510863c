"""Where the place of a ticket decides: its ward, and a project inside an industrial park, from filing to agency."""

from typing import Any

import pytest

from accounts.models import Agency
from issues.models import Ticket
from tests.factories.investment import make_project
from tests.factories.issues import make_agency
from tests.issues.conftest import TaskForce


@pytest.fixture
def places(force: TaskForce) -> TaskForce:
    make_agency("SNNMT", name_vi="Sở Nông nghiệp và Môi trường")
    make_agency("BQLCNCKCN", name_vi="Ban Quản lý Khu công nghệ cao và Khu công nghiệp", level=Agency.Level.BODY)
    make_agency("CAHN", name_vi="Công an thành phố", level=Agency.Level.BODY)
    make_agency("00004", name_vi="Phường Ba Đình", level=Agency.Level.WARD)
    make_agency("00008", name_vi="Phường Ngọc Hà", level=Agency.Level.WARD, stage=Agency.Stage.OFF)
    return force


def agencies(ticket: Ticket) -> tuple[str | None, set[str]]:
    lead = ticket.lead_agency
    return lead.code if lead else None, {agency.code for agency in ticket.coordinating_agencies.all()}


@pytest.mark.parametrize(
    ("fields", "lead", "beside"),
    [
        ({"category": "site_clearance", "ward": "00004"}, "00004", {"SNNMT"}),
        ({"category": "site_clearance", "ward": "00008"}, "SNNMT", set()),  # not connected: the department leads
        ({"category": "site_clearance"}, "SNNMT", set()),
        ({"category": "environment", "ward": "00004"}, "SNNMT", {"00004"}),
        ({"category": "security", "ward": "00004"}, "CAHN", {"00004"}),
        ({"category": "land", "ward": "00004", "body": "Thu hồi đất"}, "SNNMT", {"00004"}),
        ({"category": "land", "ward": "00004", "body": "Sổ đỏ"}, "SNNMT", set()),
        ({"category": "construction", "ward": "00004", "body": "Xây dựng không phép"}, "SXD", {"00004"}),
        ({"category": "construction", "ward": "00004", "body": "Thiết kế"}, "SXD", set()),
        ({"category": "transport", "ward": "00004", "body": "Vỉa hè trước cổng"}, "SXD", {"00004"}),
    ],
)
def test_the_ward_is_pulled_in(places: TaskForce, fields: dict[str, Any], lead: str, beside: set[str]) -> None:
    ticket = places.file(**{"title": "Kiến nghị", "body": "Nội dung", **fields})
    assert agencies(ticket) == (lead, beside)


@pytest.mark.parametrize(
    ("category", "lead", "beside"),
    [
        ("investment_procedure", "BQLCNCKCN", {"STC"}),
        ("environment", "SNNMT", {"BQLCNCKCN"}),
        ("construction", "SXD", {"BQLCNCKCN"}),
        ("tax", None, set()),
    ],
)
def test_a_project_in_an_industrial_park_pulls_in_its_board(
    places: TaskForce, category: str, lead: str | None, beside: set[str]
) -> None:
    project = make_project(sector="industrial_infra", contact_agency=None)
    ticket = places.file(title="Kiến nghị", body="Nội dung", category=category, project=project.code)
    found_lead, found_beside = agencies(ticket)
    assert found_lead == lead
    assert beside <= found_beside
