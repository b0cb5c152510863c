"""Finding what was typed: corrected, loosened, completed, all of it streamed."""

import pytest

from search import finding
from search.engines.base import Document, Engine, Kind, SearchQuery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _documents(engine: Engine) -> None:
    titles = ("Cầu vượt sông Hồng", "Khu công nghiệp Đông Anh", "Nhà máy nước Hòa Liên", "Khu đô thị Đông Anh")
    engine.put(
        Document(kind=Kind.PROJECT, object_id=number, locale="vi", title=title, values={"sector": (title[:3],)})
        for number, title in enumerate(titles, start=1)
    )


def ids(found: finding.Found) -> list[int]:
    return sorted(hit.object_id for hit in found.result.hits)


def test_an_empty_text_finds_everything(engine: Engine) -> None:
    assert ids(finding.find(engine, "  ", SearchQuery())) == [1, 2, 3, 4]


def test_a_mistyped_word_is_said_as_the_results_write_it(engine: Engine) -> None:
    found = finding.find(engine, "khu cong ngiep", SearchQuery())
    assert (ids(found), found.corrected, found.loosened) == ([2], "khu công nghiệp", False)


def test_a_word_nobody_has_is_left_out_and_said(engine: Engine) -> None:
    found = finding.find(engine, "cầu zzyzxq", SearchQuery())
    assert (ids(found), found.ignored) == ([1], ("zzyzxq",))
    assert finding.find(engine, "zzyzxq", SearchQuery()).result.count == 0


def test_where_nothing_has_all_words_some_may_be_missing(engine: Engine) -> None:
    found = finding.find(engine, "vượt sông Hồng liên", SearchQuery())
    assert (ids(found), found.loosened) == ([1], True)


def test_words_that_are_right_are_not_corrected_because_of_a_filter(engine: Engine) -> None:
    found = finding.find(engine, "nước", SearchQuery(filters={"sector": ("Cầu",)}))
    assert (found.result.count, found.corrected, found.loosened) == (0, "", False)


def test_completing(engine: Engine) -> None:
    hits = finding.complete(engine, "khu đ", SearchQuery(limit=5))
    assert {hit.object_id for hit in hits} == {2, 4}


def test_a_scan_finds_what_the_list_finds(engine: Engine) -> None:
    asked = SearchQuery(sort="name", descending=False)
    assert list(finding.scan(engine, "khu cong ngiep", asked)) == [2]
    assert list(finding.scan(engine, "", asked)) == [1, 2, 4, 3]
