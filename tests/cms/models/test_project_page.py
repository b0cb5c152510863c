from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from cms.models import ProjectPage
from investment.models import Project, ProjectStatus, ProjectStep
from tests.factories.investment import make_page, make_project
from tests.factories.issues import make_agency


def html(client, page: ProjectPage) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_published_words_are_escaped(site, client) -> None:
    project = make_project(place="<script>alert(1)</script>", note='"><img src=x>', latitude=21.0, longitude=105.8)
    text = html(client, make_page(project, "en", title="<b>bold</b>"))
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "<b>bold" not in text


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
