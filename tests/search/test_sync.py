from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import PageViewRestriction

from search import documents, sync
from search.engines.base import Document, Engine, EngineUnavailable, Kind, SearchQuery
from search.models import PendingChange
from tests.search.conftest import make_content_page, make_project, make_project_page

pytestmark = pytest.mark.django_db
DRAIN_QUERIES = 20


def found(engine: Engine, text: str, kind: str = Kind.PROJECT, locale: str = "vi") -> list[str]:
    sync.drain()
    return [hit.title for hit in engine.search(SearchQuery(text=text, kinds=(kind,), locale=locale)).hits]


def test_a_saved_project_is_found_after_the_drain(engine: Engine) -> None:
    project = make_project("HN-900", "Cầu Trần Hưng Đạo", name_en="Tran Hung Dao bridge", province="Hà Nội")
    assert engine.count() == 0
    assert found(engine, "tran hung dao") == ["Cầu Trần Hưng Đạo"]
    assert found(engine, "HN-900", locale="en") == ["Tran Hung Dao bridge"]
    project.name_vi = "Cầu Tứ Liên"
    project.save()
    assert found(engine, "tứ liên") == ["Cầu Tứ Liên"]
    assert found(engine, "trần hưng đạo") == ["Cầu Tứ Liên"]  # by its English name
    assert not PendingChange.objects.exists()


def test_a_project_that_leaves_the_list_leaves_the_index(engine: Engine) -> None:
    project = make_project("HN-900", "Cầu Trần Hưng Đạo")
    assert found(engine, "cầu")
    project.withdraw()
    project.save()
    assert found(engine, "cầu") == []
    assert engine.count() == 0


def test_a_deleted_project_leaves_the_index(engine: Engine) -> None:
    project = make_project("HN-900", "Cầu Trần Hưng Đạo")
    assert found(engine, "cầu")
    project.delete()
    assert found(engine, "cầu") == []


@pytest.mark.usefixtures("site")
class TestPages:
    def test_the_words_of_a_published_page_are_found(self, engine: Engine) -> None:
        project = make_project("HN-900", "Cầu Trần Hưng Đạo")
        body = [("paragraph", "<p>Nhịp <b>dây văng</b></p>")]
        page = make_project_page(project, title="Cây cầu mới", summary="Qua sông Hồng", body=body)
        assert found(engine, "sông hồng") == found(engine, "dây văng") == ["Cây cầu mới"]
        page.unpublish()
        assert found(engine, "sông hồng") == []
        assert found(engine, "cầu") == ["Cầu Trần Hưng Đạo"]
        page.save_revision().publish()
        assert found(engine, "sông hồng") == ["Cây cầu mới"]
        page.delete()
        assert found(engine, "sông hồng") == []

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
        [hit] = engine.search(SearchQuery(text="zqx", kinds=(Kind.PAGE,))).hits
        assert hit.url == "/vi/me-moi/con/"


class TestNotes:
    def test_a_change_that_is_rolled_back_leaves_no_note(self, engine: Engine) -> None:
        with transaction.atomic():
            make_project("HN-900", "Cầu")
            transaction.set_rollback(True)
        assert not PendingChange.objects.exists()

    def test_a_transaction_asks_for_one_drain(self, engine: Engine, run_jobs: Any) -> None:
        for number in range(3):
            make_project(f"HN-90{number}", "Cầu")
        run_jobs()
        assert run_jobs.names == ["search.tasks.drain"]
        assert engine.count() == 6

    def test_draining_twice_changes_nothing(self, engine: Engine) -> None:
        make_project("HN-900", "Cầu")
        assert sync.drain().changed == {Kind.PROJECT: set(documents.all_ids(Kind.PROJECT))}
        assert not sync.drain()
        assert engine.count() == 2

    def test_a_failed_drain_keeps_the_notes(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        make_project("HN-900", "Cầu")

        def refuse(*args: Any) -> None:
            raise EngineUnavailable("down")

        with monkeypatch.context() as broken:
            broken.setattr("search.engines.sqlite_fts.SqliteEngine.put", refuse)
            with pytest.raises(EngineUnavailable):
                sync.drain()
        assert PendingChange.objects.count() == 1
        assert found(engine, "cầu") == ["Cầu"]

    def test_more_than_one_batch(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sync, "BATCH", 2)
        for number in range(5):
            make_project(f"HN-90{number}", "Cầu")
        assert len(sync.drain()) == 5
        assert engine.count() == 10

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries_of_a_drain(self, engine: Engine, site: None, django_assert_num_queries: Any, count: int) -> None:
        make_project_page(make_project("HN-899", "Cầu"))
        sync.drain()  # the first one looks up what it then remembers
        for number in range(count):
            make_project_page(make_project(f"HN-90{number}", "Cầu"))
        with django_assert_num_queries(DRAIN_QUERIES):
            sync.drain()


class TestRebuild:
    def test_the_command_makes_the_index_anew(self, engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
        make_project("HN-900", "Cầu")
        engine.put([Document(kind=Kind.PROJECT, object_id=10**6, locale="vi", title="Cầu ma")])
        call_command("search_rebuild")
        assert [hit.title for hit in engine.search(SearchQuery(text="cầu")).hits] == ["Cầu"]
        assert "project: 1 of 1" in capsys.readouterr().out

    def test_a_rebuild_that_fails_leaves_the_old_index(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        make_project("HN-900", "Cầu")
        sync.drain()

        def fail(*args: Any) -> None:
            raise RuntimeError("no disk")

        monkeypatch.setattr(documents, "build", fail)
        with pytest.raises(RuntimeError):
            sync.rebuild(engine)
        assert engine.count() == 2
        assert "search_document_b" not in " ".join(connection.introspection.table_names())


def test_without_an_engine_nothing_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engines.current", lambda: None)
    make_project("HN-900", "Cầu")
    assert not PendingChange.objects.exists()
    call_command("search_rebuild")
