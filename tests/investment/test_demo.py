from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.demo import load_agencies, read_wards
from accounts.models import Agency
from core import clock
from investment.actions.project import confirm_project
from investment.demo import load_projects
from investment.models import Project, ProjectStatus, ProjectStep
from investment.places import OldPlaces
from tests.factories.issues import make_user


@pytest.fixture(scope="module")
def places() -> OldPlaces:
    return OldPlaces(read_wards())


@pytest.mark.parametrize(
    ("place", "today"),
    [
        ("xã Mai Lâm và xã Đông Hội, huyện Đông Anh", "xã Đông Anh"),
        ("thị trấn Vân Đình, huyện Ứng Hòa", "xã Vân Đình"),
        ("xã Tiên Dương, huyện Đông Anh (nay xã Phúc Thịnh)", "xã Phúc Thịnh"),
        ("xã Tàm Xá, Vĩnh Ngọc, Xuân Canh, huyện Đông Anh", "xã Đông Anh, xã Vĩnh Thanh, xã Phúc Thịnh"),
        ("huyện Đông Anh", ""),
        ("xã Không Có, huyện Đông Anh", ""),
        ("sông Hồng", ""),
        ("", ""),
    ],
)
def test_places_of_before_2025(places: OldPlaces, place: str, today: str) -> None:
    assert places.find(place).text == today


@pytest.mark.django_db
def test_agencies_are_loaded_once() -> None:
    agencies = load_agencies()
    Agency.objects.filter(code="00004").update(stage=Agency.Stage.LIVE)
    assert len(load_agencies()) == len(agencies) == 149
    assert Agency.objects.get(code="00004").stage == Agency.Stage.LIVE
    assert agencies["STC"].parent == agencies["HN"]
    assert Agency.objects.filter(level=Agency.Level.WARD).count() == 126


@pytest.mark.django_db
def test_projects_are_loaded_with_their_blanks(django_assert_max_num_queries) -> None:
    load_agencies()
    now = clock.now()
    with django_assert_max_num_queries(20):
        projects = load_projects(now)
    today = timezone.localtime(now).date()
    assert len(projects) == 260
    assert Project.objects.filter(province="Hà Nội").count() == 47
    assert all(today - timedelta(days=120) <= project.confirmed_on <= today for project in projects)
    assert all(project.status == ProjectStatus.PUBLISHED for project in projects)
    known = {project.code: project for project in projects}
    assert known["HN-007"].contact_agency.code == "STC"
    assert known["HN-002"].ward.code == "00454"
    assert known["HN-002"].capital_vnd_billion is None
    assert ProjectStep.objects.filter(project__code="HN-001").count() == 7
    assert not ProjectStep.objects.exclude(project__province="Hà Nội").exists()


@pytest.mark.django_db
def test_loading_again_keeps_what_people_did() -> None:
    load_agencies()
    now = clock.now()
    withdrawn, confirmed = load_projects(now)[:2]
    Project.objects.filter(pk=withdrawn.pk).update(status=ProjectStatus.WITHDRAWN)
    confirm_project(actor=make_user("admin"), project=confirmed)
    again = {project.pk: project for project in load_projects(now)}
    assert again[withdrawn.pk].status == ProjectStatus.WITHDRAWN
    assert again[confirmed.pk].confirmed_on == timezone.localtime(now).date()
    assert ProjectStep.objects.count() == 47 * 7
