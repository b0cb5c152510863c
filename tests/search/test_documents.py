"""Sources of documents, one for each kind."""

from collections.abc import Iterator

import pytest

from search import documents
from search.documents import Source


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Iterator[Source]:
    monkeypatch.setattr(documents, "_sources", dict(documents._sources))
    made = Source(kind="tests", all_ids=lambda: (1, 2), build=lambda ids: [f"document {pk}" for pk in ids])  # type: ignore[misc]
    documents.register(made)
    return made


def test_a_registered_kind_can_be_found(source: Source) -> None:
    assert "tests" in documents.kinds()
    assert documents.all_ids("tests") == [1, 2]
    assert list(documents.build("tests", [2])) == ["document 2"]


def test_a_kind_without_a_source_makes_no_documents() -> None:
    assert list(documents.build("gone", [1])) == []


def test_the_product_finds_projects_answers_and_pages() -> None:
    assert {"project", "answer", "page", "ticket", "agency", "place", "procedure"} <= set(documents.kinds())


def test_documents_are_in_both_languages() -> None:
    assert set(documents.locales()) == {"vi", "en"}
