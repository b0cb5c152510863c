"""A project is found while it is on the list."""

import pytest

from search import sync
from search.engines.base import Engine, Kind, SearchQuery
from search.finding import find
from search.models import PendingChange
from tests.search.conftest import make_project

pytestmark = pytest.mark.django_db


def found(engine: Engine, text: str, kind: str = Kind.PROJECT, locale: str = "vi") -> list[str]:
    sync.drain()
    return [hit.title for hit in find(engine, text, SearchQuery(kinds=(kind,), locale=locale)).result.hits]


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
