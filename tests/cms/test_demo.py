import pytest
from wagtail.models import Page

from accounts.demo import load_agencies
from cms.demo import load_project_pages
from cms.models import ProjectPage
from core import clock
from investment.demo import load_projects
from tests.factories.investment import make_project


@pytest.fixture
def loaded(site):
    load_agencies()
    projects = load_projects(clock.now())
    assert load_project_pages(projects, clock.now()) == 520
    return projects


def test_every_project_has_a_page_in_each_language(loaded, client) -> None:
    assert Page.find_problems() == ([], [], [], [], [])
    assert ProjectPage.objects.live().filter(locale__language_code="en").count() == 260
    assert load_project_pages(loaded, clock.now()) == 0
    page = ProjectPage.objects.get(project__code="HN-007", locale__language_code="vi")
    assert page.url.startswith("/vi/projects/hn-007-khu-do-thi-thong-minh")
    assert "268 ha" in page.summary
    assert client.get(page.url).status_code == 200
    assert ProjectPage.objects.search("Smart-ecological").count() >= 1


def test_a_loaded_page_can_be_edited_and_new_ones_come_after_it(loaded, site) -> None:
    page = ProjectPage.objects.filter(project__code="HN-001").first()
    page.title = "Khác"
    page.save_revision().publish()
    assert ProjectPage.objects.get(pk=page.pk).title == "Khác"
    assert load_project_pages([make_project(code="NEW-1")], clock.now()) == 2
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_missing_english_name_is_said(loaded) -> None:
    page = ProjectPage.objects.filter(project__name_en="", locale__language_code="en").first()
    assert page.title == page.project.name_vi
    assert "no English name" in page.summary
