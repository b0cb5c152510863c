"""What a project's page shows beside its facts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.models import ProjectPage
from core import clock
from investment.models import ProjectStep
from tests.factories.investment import make_page, make_project
from tests.factories.issues import make_agency


def html(client, page: ProjectPage) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_languages_of_one_project(site, client) -> None:
    project = make_project(name_vi="Cầu", name_en="", name_vi_is_official=False)
    vi = make_page(project)
    en = make_page(project, "en", title="Cầu")
    assert 'hreflang="en"' in html(client, vi)
    assert en.url in html(client, vi)
    assert '<h1 lang="vi">Cầu</h1>' in html(client, en)


def test_steps_name_the_agency_and_the_limit(site, client) -> None:
    project = make_project()
    agency = make_agency("SXD", name_vi="Sở Xây dựng", name_en="Department of Construction")
    ProjectStep.objects.create(
        project=project, order=1, name_vi="Cấp phép", name_en="Permit", agency=agency, limit_working_days=20
    )
    text = html(client, make_page(project, "en"))
    assert "Permit" in text
    assert "Department of Construction" in text
    assert "20 working days" in text


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(10, "left until the next confirmation"), (95, "5 days late"), (None, "has not confirmed these facts yet")],
)
def test_freshness_is_a_sentence(site, client, days: int | None, sentence: str) -> None:
    on = timezone.localdate(clock.now()) - timedelta(days=days) if days is not None else None
    assert sentence in html(client, make_page(make_project(confirmed_on=on), "en"))


def test_similar_projects(site, client) -> None:
    other = make_page(make_project(name_en="Neighbour"), "en")
    assert other.url in html(client, make_page(make_project(), "en"))
