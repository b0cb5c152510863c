"""Counting what people search for: how often, what it found, what was opened, and never who."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from core import clock
from search import searched, tasks
from search.models import SearchedText, WordGroup
from tests.issues.conftest import at

pytestmark = pytest.mark.django_db


def counts() -> list[tuple[str, str, int, int, int, int]]:
    names = ("text", "locale", "searches", "results", "clicks", "positions")
    return list(SearchedText.objects.order_by("day", "text", "locale").values_list(*names))


def test_a_search_is_counted_with_what_it_found_last() -> None:
    searched.record("Nhà  giá rẻ ", "vi", 3)
    searched.record("nha\u0300 gia\u0301 re\u0309", "vi", 0)
    searched.record("nhà giá rẻ", "en", 1)
    assert counts() == [("nhà giá rẻ", "en", 1, 1, 0, 0), ("nhà giá rẻ", "vi", 2, 0, 0, 0)]


def test_each_day_has_its_row() -> None:
    for moment in ("2026-11-18 23:59", "2026-11-19 00:01"):
        with clock.at(at(moment)):
            searched.record("KCN", "vi", 1)
    assert [row[2] for row in counts()] == [1, 1]


def test_clicks_are_counted_with_their_positions() -> None:
    searched.record("KCN", "vi", 41)
    searched.record_click("kcn ", "vi", 1)
    searched.record_click("KCN", "vi", 7)
    assert counts() == [("kcn", "vi", 1, 41, 2, 8)]


@pytest.mark.parametrize(("text", "position"), [("KCN", 0), ("KCN", -1), ("KCN", 10**6), ("other", 1), ("", 1)])
def test_a_click_that_can_be_none_is_not_counted(text: str, position: int) -> None:
    searched.record("KCN", "vi", 41)
    searched.record_click(text, "vi", position)
    assert counts() == [("kcn", "vi", 1, 41, 0, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "ba@example.vn",
        "dự án của Ba.Nguyen@example.vn ở đâu",
        "ba＠example.vn",
        "0912345678",
        "0912 345 678",
        "chị Ba 0912.345.678",
        "+84 (91) 234-5678",
        "(024) 3825 3536",
        "024/3825-3536",
        "012345678",  # identity card, nine digits
        "001085012345",
        "001 085 012 345",
        "0100109106",  # tax code
        "0100109106-001",
        "MST 0100109106",
        "０９１２３４５６７８",
        "B1234567",
        "7K3M-9QXT-2HVD",  # a follow-up code
        "tn_" + "x" * 40,
        "https://example.vn/vi/follow/KN-2026-0034/7K3M9QXT2HVD/",
    ],
)
def test_what_looks_like_personal_data_is_not_kept(text: str) -> None:
    searched.record(text, "vi", 0)
    assert counts() == []


@pytest.mark.parametrize(
    "text",
    [
        "quốc lộ 13",
        "QL1A",
        "metro 3a 2025",
        "2020-2025",
        "31/2021/NĐ-CP",
        "khu công nghiệp",
        "8.000 tỷ",
        "KN-2026-0034",
    ],
)
def test_ordinary_numbers_are(text: str) -> None:
    searched.record(text, "vi", 1)
    assert len(counts()) == 1


@pytest.mark.parametrize("text", ["", "  ", "???", "\u200b", "\x00"])
def test_nothing_is_not_counted(text: str) -> None:
    searched.record(text, "vi", 0)
    assert counts() == []


@pytest.mark.parametrize("text", ["dự án " * 200, "İ " * 100, "e\u0301 " * 200])
def test_a_long_text_is_cut(text: str) -> None:
    searched.record(text, "vi", 0)
    ((kept, *_),) = counts()
    assert 0 < len(kept) <= 100


def test_a_broken_database_breaks_no_page(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise DatabaseError("disk full")

    with transaction.atomic():
        monkeypatch.setattr(SearchedText.objects, "filter", broken)
        searched.record("KCN", "vi", 1)
        searched.record_click("KCN", "vi", 1)
        assert WordGroup.objects.exists()  # the transaction of the page goes on
    assert "not counted" in caplog.text


def test_a_wrong_number_leaves_the_transaction_usable() -> None:
    """The database itself refuses: on PostgreSQL only a savepoint keeps the page's transaction alive."""
    with transaction.atomic():
        searched.record("KCN", "vi", -1)
        assert WordGroup.objects.exists()
    assert counts() == []


def test_old_counts_are_deleted(settings: Any) -> None:
    assert settings.SEARCHES_DAYS == 90
    with clock.at(at("2026-11-18 10:00")):
        for days in (0, 90, 91, 400):
            with clock.at(clock.now() - timedelta(days=days)):
                searched.record(f"word {days}", "vi", 1)
        tasks.purge_searches()
    assert [row[0] for row in counts()] == ["word 90", "word 0"]
