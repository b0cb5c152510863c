"""Scheduled publication and expiry happen by themselves, and navigation and search follow."""

from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cms.models import ContentPage
from cms.setup import project_index
from cms.tasks import publish_scheduled
from search import engines, sync
from search.engines.base import Kind, SearchQuery
from search.finding import find

pytestmark = pytest.mark.usefixtures("site")
PATH = "/vi/thong-bao/"


@pytest.fixture
def draft() -> ContentPage:
    home = project_index("vi").get_parent()
    page = ContentPage(title="Thông báo nghỉ lễ", slug="thong-bao", live=False, locale=home.locale, footer_group="help")
    home.add_child(instance=page)
    return page


def schedule(page: ContentPage, **times: Any) -> None:
    """As the editor does: a revision with times, published. What lies ahead waits."""
    for name, minutes in times.items():
        setattr(page, name, timezone.now() + timedelta(minutes=minutes))
    page.save_revision().publish()


def answers(path: str = PATH) -> int:
    return Client().get(path).status_code


def found() -> bool:
    sync.drain()
    engine = engines.current()
    if engine is None:  # the database itself is searched then
        return ContentPage.objects.live().filter(slug="thong-bao").exists()
    hits = find(engine, "thông báo nghỉ lễ", SearchQuery(kinds=(Kind.PAGE,), locale="vi")).result.hits
    return any(hit.title == "Thông báo nghỉ lễ" for hit in hits)


def test_a_page_goes_live_at_its_time(draft: ContentPage) -> None:
    schedule(draft, go_live_at=60)
    publish_scheduled()
    assert (answers(), found()) == (404, False)
    assert "Thông báo nghỉ lễ" not in Client().get("/vi/").content.decode()
    draft.revisions.update(approved_go_live_at=timezone.now() - timedelta(seconds=1))
    revision = draft.revisions.get()
    revision.content["go_live_at"] = (timezone.now() - timedelta(seconds=1)).isoformat()
    revision.save()
    publish_scheduled()
    assert (answers(), found()) == (200, True)
    assert "Thông báo nghỉ lễ" in Client().get("/vi/").content.decode()  # the footer


def test_a_page_expires_at_its_time(draft: ContentPage) -> None:
    schedule(draft, expire_at=60)
    publish_scheduled()
    assert (answers(), found()) == (200, True)
    Page.objects.filter(pk=draft.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    publish_scheduled()
    draft.refresh_from_db()
    assert (draft.live, draft.expired) == (False, True)
    assert (answers(), found()) == (404, False)
    assert "Thông báo nghỉ lễ" not in Client().get("/vi/").content.decode()


def test_beat_asks_for_it_more_than_once_a_minute() -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["pages-scheduled"]
    current_app.loader.import_default_modules()
    assert current_app.tasks[entry["task"]].name == publish_scheduled.name
    assert entry["schedule"] < 60
