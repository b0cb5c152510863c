"""The command that explains a search."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search import engines, sync
from search.engines.base import Engine, EngineUnavailable
from tests.search.conftest import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _projects(engine: Engine) -> None:
    make_project("HN-901", "Cầu vượt Đông Anh", name_en="Dong Anh overpass")
    make_project("HN-902", "Cầu Thăng Long")
    sync.drain()


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("search_explain", *arguments)
    return capsys.readouterr().out


def test_it_says_how_the_text_is_read_and_why_the_hits_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    said = explained(capsys, "cầu đông anh xyzzyq")
    assert "xyzzyq" in said
    assert "1. Cầu vượt Đông Anh" in said
    assert "×8: [Cầu] vượt Đông Anh" in said
    assert "Thăng Long" not in said


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(explained(capsys, "cầu", "--json", "--kind", "project", "--limit", "1"))
    assert (found["count"], len(found["hits"]), found["kinds"]) == (2, 1, ["project"])
    assert found["understood"]["parts"][0]["role"] == "required"
    assert found["hits"][0]["reason"]["parts"][0]["matches"][0]["field"] == "title"


def test_in_the_other_language(capsys: pytest.CaptureFixture[str]) -> None:
    said = explained(capsys, "overpass", "--locale", "en")
    assert "Dong Anh overpass" in said
    assert "must be found" in said


@pytest.mark.parametrize(
    "arguments", [("",), ("  ",), ("cầu", "--limit", "0"), ("cầu", "--limit", "101"), ("cầu", "--kind", "x")]
)
def test_what_cannot_be_explained_is_refused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("search_explain", *arguments)


def test_without_an_engine_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_args: Any, **_kwargs: Any) -> None:
        raise EngineUnavailable("disk full")

    monkeypatch.setattr(type(engines.current()), "search", down)
    with pytest.raises(CommandError, match="disk full"):
        call_command("search_explain", "cầu")
    monkeypatch.setattr(engines, "current", lambda: None)
    with pytest.raises(CommandError):
        call_command("search_explain", "cầu")
