from datetime import date
from typing import Any

import pytest
from django.db import connection

from cms.models import ContentPage, ProjectPage
from cms.setup import project_index, setup_site
from investment.models import Project, ProjectStatus
from search import engines
from search.engines.base import Engine
from tests.search.engines import elastic
from tests.search.fake_engine import FakeEngine


def real_engine(settings: Any) -> Engine:
    """SQLite's own beside SQLite, else Elasticsearch where there is one; empty, with an index of this process."""
    if connection.vendor != "sqlite":
        settings.SEARCH_ELASTICSEARCH_URL = elastic.elastic_url()
        settings.SEARCH_PREFIX = f"{elastic.PREFIX}-chosen"
        settings.SEARCH_TIMEOUT = elastic.PATIENT
        elastic.elastic_engine()  # whose indexes go at the end, and with them all of this process
    made = engines.current()
    assert made is not None
    made.start_rebuild().finish()
    return made


@pytest.fixture
def engine(db: Any, settings: Any) -> Engine:
    """The engine that goes with the database, empty, with nothing noted."""
    return real_engine(settings)


@pytest.fixture
def fake(db: Any, monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """An engine in memory in the place of the real one, on every database."""
    made = FakeEngine()
    monkeypatch.setattr(engines, "current", lambda: made)
    return made


@pytest.fixture
def site(db: Any) -> None:
    """The tree of pages in both languages."""
    setup_site()


def make_project(code: str, name: str, **facts: Any) -> Project:
    """A project on the list."""
    facts = {"status": ProjectStatus.PUBLISHED, "confirmed_on": date(2026, 11, 1)} | facts
    return Project.objects.create(code=code, name_vi=name, **facts)


def make_project_page(project: Project, *, locale: str = "vi", live: bool = True, **words: Any) -> ProjectPage:
    """The page of a project in one language; `site` must be there."""
    index = project_index(locale)
    page = ProjectPage(project=project, locale=index.locale, live=live, **({"title": project.name_vi} | words))
    index.add_child(instance=page)
    return page


def make_content_page(title: str, *, locale: str = "vi", **words: Any) -> ContentPage:
    """A published content page under the home page."""
    home = project_index(locale).get_parent()
    page = ContentPage(title=title, slug=f"p-{ContentPage.objects.count()}", locale=home.locale, **words)
    home.add_child(instance=page)
    return page
