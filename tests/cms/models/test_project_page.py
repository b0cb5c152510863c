import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from cms.models import ProjectPage
from cms.project_facts import sources
from core import clock
from investment.models import Project, ProjectStatus, ProjectStep
from tests.factories.investment import make_page, make_project
from tests.factories.issues import make_agency


def html(client, page: ProjectPage) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_fact_sheet_prints_blanks(site, client) -> None:
    text = html(client, make_page(make_project(capital_vnd_billion="8690.426"), "en"))
    assert "VND 8,690.43 billion" in text
    for label in ("Place", "Area", "Form of investment", "Contact agency", "Legal basis"):
        assert re.search(rf"<dt>{label}</dt>\s*<dd>\s*<span", text), label


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


def test_sources_are_links_only_when_they_are_web_addresses() -> None:
    found = sources("VNS, 2024 — https://www.example.com/a?b=1 | Sổ tay — javascript:alert(1) | chỉ có chữ")
    assert [(source.text, source.host) for source in found] == [
        ("VNS, 2024", "example.com"),
        ("Sổ tay — javascript:alert(1)", ""),
        ("chỉ có chữ", ""),
    ]
    assert [source.url for source in found][1:] == ["", ""]
    assert sources("x — https://[bad") == sources("x — https://[bad")
    assert sources("") == []


def test_published_words_are_escaped(site, client) -> None:
    project = make_project(place="<script>alert(1)</script>", note='"><img src=x>', latitude=21.0, longitude=105.8)
    text = html(client, make_page(project, "en", title="<b>bold</b>"))
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "<b>bold" not in text


def test_the_map_stands_where_the_place_is_known(site, client) -> None:
    make_agency("00004", level="ward", abbr="Ba Đình", latitude=21.03, longitude=105.83, area_km2=3)
    make_agency("00008", level="ward", abbr="Ngọc Hà", latitude=21.04, longitude=105.81, area_km2=3)
    assert "<svg viewBox" in html(client, make_page(make_project(latitude=21.03, longitude=105.83), "en"))
    assert 'class="ward"' not in html(client, make_page(make_project(), "en"))


def test_similar_projects(site, client) -> None:
    other = make_page(make_project(name_en="Neighbour"), "en")
    assert other.url in html(client, make_page(make_project(), "en"))


def test_a_draft_of_facts_is_not_public(site, client) -> None:
    page = make_page(make_project(status=ProjectStatus.DRAFT), "en")
    assert client.get(page.url).status_code == 404


@pytest.mark.parametrize("status", [ProjectStatus.WITHDRAWN, ProjectStatus.STALE])
def test_a_project_off_the_list_keeps_its_page_and_says_so(site, client, status: ProjectStatus) -> None:
    assert "not on the list any more" in html(client, make_page(make_project(status=status), "en"))


def test_a_page_that_is_not_live_is_not_public(site, client) -> None:
    assert client.get(make_page(make_project(), live=False).url or "/vi/projects/x/").status_code == 404


def test_a_saved_draft_leaves_the_live_page_alone(site, client) -> None:
    page = make_page(make_project(), "en", title="First")
    page.title = "Second"
    revision = page.save_revision()
    assert "Second" not in html(client, page)
    revision.publish()
    assert "Second" in html(client, page)
    assert page.revisions.count() == 1


def test_an_earlier_revision_can_come_back(site, client) -> None:
    page = make_page(make_project(), "en", title="First")
    first = page.save_revision()
    first.publish()
    page.title = "Second"
    page.save_revision().publish()
    first.as_object().save_revision().publish()
    assert "First" in html(client, page)
    assert page.revisions.count() == 3


def test_scheduled_publication(site, client, monkeypatch) -> None:
    page = make_page(make_project(), "en", live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    call_command("publish_scheduled")
    assert client.get(page.get_url()).status_code == 404
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled")
    assert client.get(page.get_url()).status_code == 200


def test_the_preview_of_a_draft_shows_it(site) -> None:
    page = make_page(make_project(status=ProjectStatus.DRAFT), "en", live=False, title="Only a draft")
    response = page.make_preview_request()
    assert response.status_code == 200
    response.render()
    assert "Only a draft" in response.content.decode()


def test_one_page_per_project_and_language(site) -> None:
    project = make_project()
    make_page(project)
    with pytest.raises(ValidationError) as refused:
        make_page(project, slug="another", translation_key=uuid4())
    assert set(refused.value.message_dict) == {"project"}


@pytest.mark.parametrize("path", ["nope/", "t-1/x/", "%00/", "%F0%9F%98%80/"])
def test_unknown_addresses(site, client, path: str) -> None:
    assert client.get(f"/vi/projects/{path}").status_code in (400, 404)


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_project_page(site, client, django_assert_num_queries, number: int) -> None:
    agency = make_agency("STC")
    pages = [make_page(make_project(contact_agency=agency, ward=agency), "en") for _ in range(number + 1)]
    for step in range(number):
        ProjectStep.objects.create(project=pages[0].project, order=step, name_vi="Bước", agency=make_agency())
    client.get(pages[0].url)
    with django_assert_num_queries(15):
        client.get(pages[0].url)
    assert Project.objects.count() == number + 1
