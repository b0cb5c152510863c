"""Words of published pages are found, and of no others."""

from typing import Any

import pytest
from wagtail.models import PageViewRestriction

from search import sync
from search.engines.base import Engine, Kind, SearchQuery
from search.finding import find
from tests.search.conftest import make_content_page, make_project, make_project_page

pytestmark = pytest.mark.django_db


def found(engine: Engine, text: str, kind: str = Kind.PROJECT, locale: str = "vi") -> list[str]:
    sync.drain()
    return [hit.title for hit in find(engine, text, SearchQuery(kinds=(kind,), locale=locale)).result.hits]


@pytest.mark.usefixtures("site")
class TestPages:
    def test_the_words_of_a_published_page_are_found(self, engine: Engine) -> None:
        project = make_project("HN-900", "Cầu Trần Hưng Đạo")
        body = [("paragraph", "<p>Nhịp <b>zqxw</b></p>")]
        page = make_project_page(project, title="Cây cầu mới", summary="Qua sông Hồng", body=body)
        assert found(engine, "sông hồng") == found(engine, "zqxw") == ["Cây cầu mới"]
        page.unpublish()
        assert found(engine, "zqxw") == []
        assert found(engine, "cầu") == ["Cầu Trần Hưng Đạo"]
        page.save_revision().publish()
        assert found(engine, "sông hồng") == ["Cây cầu mới"]
        page.delete()
        assert found(engine, "zqxw") == []

    def test_a_limit_is_found_as_the_page_shows_it(self, engine: Engine) -> None:
        make_content_page("Thời hạn zqx", body=[("paragraph", "<p>Mở lại trong {reopening}</p>")])
        assert found(engine, "trong 10 ngày làm việc zqx", Kind.PAGE) == ["Thời hạn zqx"]

    def test_a_draft_is_not_found(self, engine: Engine) -> None:
        page = make_content_page("Giờ làm việc")
        page.title = "Giờ zqx"
        page.save_revision()
        assert found(engine, "zqx", Kind.PAGE) == []
        make_project_page(make_project("HN-900", "Cầu"), live=False, summary="zqx")
        assert found(engine, "zqx") == []

    def test_a_content_page_comes_and_goes(self, engine: Engine) -> None:
        page = make_content_page("Nộp hồ sơ tại phường", summary="Mang theo zqx")
        assert found(engine, "zqx", Kind.PAGE) == ["Nộp hồ sơ tại phường"]
        assert found(engine, "zqx", Kind.PAGE, "en") == []
        page.unpublish()
        assert found(engine, "zqx", Kind.PAGE) == []
        page.save_revision().publish()
        assert found(engine, "zqx", Kind.PAGE)
        page.delete()
        assert found(engine, "zqx", Kind.PAGE) == []

    def test_a_restricted_page_is_not_found(self, engine: Engine) -> None:
        page = make_content_page("Tài liệu nội bộ zqx")
        assert found(engine, "zqx", Kind.PAGE)
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        assert found(engine, "zqx", Kind.PAGE) == []
        restriction.delete()
        assert found(engine, "zqx", Kind.PAGE)

    def test_the_address_follows_a_page_above(self, engine: Engine, run_jobs: Any) -> None:
        page = make_content_page("Mẹ")
        child = type(page)(title="Con zqx", slug="con", locale=page.locale)
        page.add_child(instance=child)
        sync.drain()
        page.slug = "me-moi"
        page.save_revision().publish()
        run_jobs()  # Wagtail tells of a new address after the commit
        sync.drain()
        [hit] = find(engine, "zqx", SearchQuery(kinds=(Kind.PAGE,))).result.hits
        assert hit.url == "/vi/me-moi/con/"
