"""An explanation is what a page would find, with its reasons, and of what everybody may find only."""

from typing import Any

import pytest

from search import documents, sync
from search.engines.base import Engine, Kind, SearchQuery
from search.explaining.explain import Explanation, explain
from tests.search.conftest import make_content_page, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def codes(engine: Engine, site: None) -> dict[str, int]:
    """Projects by their codes, and a page."""
    names = {"HN-901": "Cầu vượt Đông Anh", "HN-902": "Hồ Đông Anh", "DN-901": "Cầu sông Hàn"}
    made = {code: make_project(code, name, place="xã Thư Lâm").pk for code, name in names.items()}
    make_content_page("Cầu và đường")
    sync.drain()
    return made


def ask(engine: Engine, text: str, about: str = "", **more: Any) -> Explanation:
    return explain(engine, text, SearchQuery(kinds=documents.published(), limit=2, **more), about=about)


def test_the_hits_of_a_page_with_their_reasons(engine: Engine, codes: dict[str, int]) -> None:
    found = ask(engine, "cầu")
    assert (found.count, len(found.hits), found.engine) == (3, 2, engine.name)
    assert [hit.position for hit in found.hits] == [1, 2]
    for hit in found.hits:
        assert hit.reason is not None
        assert hit.reason.parts[0].matches[0].field == "title"
    assert {hit.kind for hit in ask(engine, "cầu", offset=1).hits} <= {Kind.PROJECT, Kind.PAGE}
    assert ask(engine, "cầu", offset=2).hits[0].position == 3


def test_a_document_that_is_asked_about_is_found_or_lacks_words(engine: Engine, codes: dict[str, int]) -> None:
    about = ask(engine, "cầu vượt đông anh", f"project:{codes['HN-901']}:vi").about
    assert about is not None
    assert (about.found, about.position) == (True, 1)
    about = ask(engine, "cầu", f"project:{codes['HN-902']}:vi").about
    assert about is not None
    assert about.reason is not None
    assert (about.found, [bool(part.matches) for part in about.reason.parts]) == (False, [False])


def test_one_that_stands_further_down_is_found_without_a_position(engine: Engine, codes: dict[str, int]) -> None:
    first = {hit.document for hit in ask(engine, "cầu").hits}
    page = f"page:{documents.all_ids(Kind.PAGE)[-1]}:vi"
    (last,) = {f"project:{codes['HN-901']}:vi", f"project:{codes['DN-901']}:vi", page} - first
    about = ask(engine, "cầu", last).about
    assert about is not None
    assert (about.document, about.found, about.position) == (last, True, None)
    assert about.score > 0


@pytest.mark.parametrize(
    "about",
    [
        "project:1",
        "x",
        "project:-1:vi",
        "project:1:en",
        "ticket:1:vi",
        "sector:99:vi",
        f"project:{'9' * 40}:vi",
        f"project:{2**63}:vi",
    ],
)
def test_an_unknown_document_is_no_error(engine: Engine, codes: dict[str, int], about: str) -> None:
    assert ask(engine, "cầu", about).about is None


def test_only_what_everybody_may_find(engine: Engine, codes: dict[str, int]) -> None:
    make_project("HN-903", "Cầu ma", status="withdrawn")
    sync.drain()
    found = ask(engine, "cầu ma", audience=("staff",))
    assert {hit.title for hit in found.hits}.isdisjoint({"Cầu ma"})
    assert found.count == ask(engine, "cầu ma").count


def test_nothing_to_look_for(engine: Engine, codes: dict[str, int]) -> None:
    for text in ("???", "zzqqkk"):
        found = ask(engine, text, f"project:{codes['HN-901']}:vi")
        assert (found.count, found.hits) == (0, ())
        assert found.about is not None
        assert not found.about.found


def test_a_document_that_has_gone_since(engine: Engine, codes: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "build", lambda *_args: ())
    assert {hit.reason for hit in ask(engine, "cầu").hits} == {None}


def test_the_cost_does_not_grow_with_the_hits(
    engine: Engine, codes: dict[str, int], django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        make_project(f"HN-{number:03d}", f"Cầu số {number}")
    sync.drain()
    with django_assert_max_num_queries(16):
        explain(engine, "cầu", SearchQuery(kinds=documents.published(), limit=10))
