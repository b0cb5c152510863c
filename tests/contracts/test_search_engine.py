"""What every search engine must do. An engine joins by one entry in ENGINES and its own skip rule."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import connection

from search.engines.base import Document, Engine, EngineUnavailable, Kind, SearchQuery
from search.engines.sqlite_fts import SqliteEngine

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)


def _sqlite() -> Engine:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite FTS5 needs SQLite as the database")
    return SqliteEngine()


ENGINES: dict[str, Callable[[], Engine]] = {"sqlite-fts5": _sqlite}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    made = ENGINES[request.param]()
    made.start_rebuild().finish()  # empty, whatever stood there
    return made


def project(number: int, title: str, **more: object) -> Document:
    facts = {"kind": Kind.PROJECT, "locale": "vi", "fresh_until": TODAY + timedelta(days=30)} | more
    return Document(object_id=number, title=title, **facts)


def ask(engine: Engine, text: str = "", **more: object) -> list[int]:
    """The objects found, best first."""
    return [hit.object_id for hit in engine.search(SearchQuery(text=text, today=TODAY, **more)).hits]


class TestWords:
    @pytest.mark.parametrize(
        "typed",
        [
            "đầu tư",
            "dau tu",
            "ĐẦU TƯ",
            "Đau tư",
            unicodedata.normalize("NFD", "đầu tư"),
            "tư đầu",
            "  đầu,   tư!! ",
            '"đầu" (tư)',
        ],
    )
    def test_found_with_and_without_marks(self, engine: Engine, typed: str) -> None:
        engine.put([project(1, "Dự án kêu gọi đầu tư"), project(2, "Khu đô thị")])
        assert ask(engine, typed) == [1]

    def test_a_decomposed_document_is_found(self, engine: Engine) -> None:
        engine.put([project(1, unicodedata.normalize("NFD", "Giải phóng mặt bằng"))])
        assert ask(engine, "giải phóng mặt bằng") == ask(engine, "giai phong mat bang") == [1]

    def test_every_term_must_be_found_anywhere(self, engine: Engine) -> None:
        engine.put([project(1, "Khu đô thị", names="Đông Anh", body="hồ điều hòa"), project(2, "Khu đô thị")])
        assert ask(engine, "đô thị đông anh hồ") == [1]

    @pytest.mark.parametrize("typed", ["KCN Quang Minh", "khu công nghiệp quang minh", "kcn quang minh"])
    def test_abbreviations_go_both_ways(self, engine: Engine, typed: str) -> None:
        engine.put([project(1, "KCN Quang Minh"), project(2, "Khu công nghiệp Quang Minh"), project(3, "Quang Minh")])
        assert sorted(ask(engine, typed)) == [1, 2]

    def test_exact_marks_rank_higher(self, engine: Engine) -> None:
        titles = ["Dầu tư nhân", "Đầu tư nhân", "Dâu tư nhân", "Dấu tư nhân"]
        engine.put([project(number, title) for number, title in enumerate(titles)])
        for number, title in enumerate(titles):
            found = ask(engine, title.split()[0])
            assert found[0] == number
            assert len(found) == 4

    def test_the_title_outranks_the_body(self, engine: Engine) -> None:
        engine.put([project(1, "Nhà máy", body="cạnh bến cảng"), project(2, "Bến cảng", body="có nhà máy")])
        assert ask(engine, "bến cảng") == [2, 1]

    def test_words_side_by_side_outrank_scattered_ones(self, engine: Engine) -> None:
        engine.put([project(1, "Công viên và xây nghiệp vụ cho khu"), project(2, "Xây khu công viên nghiệp vụ")])
        assert ask(engine, "công viên nghiệp vụ")[0] == 2

    def test_numbers(self, engine: Engine) -> None:
        engine.put([project(1, "Quy hoạch 1/500, 5,5 ha"), project(2, "Quy hoạch 1/2000, 55 ha")])
        assert ask(engine, "1/500") == ask(engine, "5,5") == [1]

    @pytest.mark.parametrize(
        "typed",
        [
            '"', "'", "*", "a*", "NEAR(đầu tư, 2)", "title:đầu", "{title} : x", "-đầu", "+", "^đầu", "(((", "đầu AND",
            "OR", "NOT", "AND OR NOT", "; DROP TABLE search_document; --", "%", "%s", "%(a)s", "\\", "\x00", "😀",
            "\ud800", "a" * 10_000, "đầu tư " * 2_000, '"unbalanced', "🏗️ đầu tư", "1/", "..", "\u202e",
        ],
    )  # fmt: skip
    def test_hostile_text_is_only_text(self, engine: Engine, typed: str) -> None:
        engine.put([project(1, "Dự án đầu tư")])
        engine.search(SearchQuery(text=typed, with_facets=True))
        engine.suggest(typed, locale="vi", kinds=(Kind.PROJECT,), limit=5)
        assert engine.count() == 1

    def test_signs_alone_find_nothing_and_no_text_finds_all(self, engine: Engine) -> None:
        engine.put([project(1, "Dự án đầu tư")])
        assert ask(engine, "😀") == []
        assert ask(engine, "") == ask(engine, "   ") == [1]

    def test_languages_are_apart(self, engine: Engine) -> None:
        engine.put([project(1, "Cầu Trần Hưng Đạo"), project(1, "Tran Hung Dao bridge", locale="en")])
        assert [h.title for h in engine.search(SearchQuery(text="trần hưng đạo", locale="en")).hits] == [
            "Tran Hung Dao bridge"
        ]

    def test_kinds_are_apart(self, engine: Engine) -> None:
        engine.put([project(1, "Đất"), Document(kind=Kind.PAGE, object_id=1, locale="vi", title="Đất")])
        assert [h.kind for h in engine.search(SearchQuery(text="đất")).hits] == [Kind.PROJECT]
        assert engine.search(SearchQuery(text="đất", kinds=Kind.ALL)).count == 2


class TestDocuments:
    def test_putting_again_replaces(self, engine: Engine) -> None:
        engine.put([project(1, "Cũ"), project(2, "Khác")])
        engine.put([project(1, "Mới")])
        assert ask(engine, "cũ") == []
        assert ask(engine, "mới") == [1]
        assert engine.count() == 2

    def test_of_two_with_one_id_the_last_counts(self, engine: Engine) -> None:
        engine.put([project(1, "Cũ"), project(1, "Mới")])
        assert (ask(engine, "cũ"), ask(engine, "mới")) == ([], [1])

    def test_removing(self, engine: Engine) -> None:
        engine.put([project(1, "Một"), project(2, "Hai")])
        engine.remove([project(1, "").id, "project:99:vi"])
        assert ask(engine) == [2]
        engine.remove([])
        engine.put([])
        assert engine.count() == 1

    def test_a_hit_shows_originals_and_marks_safely(self, engine: Engine) -> None:
        engine.put(
            [project(1, "Cầu <Đông> & bến", summary="Ở Đông Anh", names="Hà Nội", url="/vi/x/", body="<i>phà</i>")]
        )
        [hit] = engine.search(SearchQuery(text="đông")).hits
        assert (hit.title, hit.summary, hit.url) == ("Cầu <Đông> & bến", "Ở Đông Anh", "/vi/x/")
        assert hit.marked_title == "Cầu &lt;<mark>Đông</mark>&gt; &amp; bến"
        assert hit.marked_text == "Ở <mark>Đông</mark> Anh"
        [hit] = engine.search(SearchQuery(text="pha")).hits
        assert hit.marked_text == "&lt;i&gt;<mark>phà</mark>&lt;/i&gt;"

    def test_health(self, engine: Engine) -> None:
        engine.put([project(1, "Một")])
        health = engine.health()
        assert (health.ok, health.documents, health.name) == (True, 1, engine.name)


class TestFiltersAndOrder:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        def values(sector: str, province: str, ward: str = "") -> dict[str, str]:
            return {"sector": sector, "province": province, "ward": ward, "status": "published"}

        engine.put(
            [
                project(1, "Nước A", values=values("water", "Hà Nội", "00004"), capital_vnd=10, area_ha=3, year=2020),
                project(2, "Nước B", values=values("water", "Huế"), capital_vnd=300, confirmed_on=date(2026, 11, 1)),
                project(3, "Điện C", values=values("energy", "Hà Nội"), area_ha=9, confirmed_on=date(2026, 10, 1)),
                project(4, "Nước D", values=values("water", "Hà Nội"), capital_vnd=20, year=2024),
            ]
        )

    def test_values_of_a_filter_are_alternatives_and_filters_add_up(self, engine: Engine) -> None:
        assert sorted(ask(engine, filters={"sector": ("water", "energy")})) == [1, 2, 3, 4]
        assert sorted(ask(engine, filters={"sector": ("water",), "province": ("Hà Nội",)})) == [1, 4]
        assert ask(engine, filters={"ward": ("00004",)}) == [1]
        assert ask(engine, filters={"sector": ("'; --",)}) == []

    def test_ranges_hold_their_ends_and_leave_out_blanks(self, engine: Engine) -> None:
        assert sorted(ask(engine, ranges={"capital_vnd": (10, 20)})) == [1, 4]
        assert ask(engine, ranges={"capital_vnd": (20.001, None)}) == [2]
        assert ask(engine, ranges={"area_ha": (None, 3)}) == [1]

    def test_restricted_to_some_objects(self, engine: Engine) -> None:
        assert ask(engine, "nước", object_ids=(2, 3)) == [2]
        assert ask(engine, object_ids=()) == []

    def test_facets_ignore_their_own_filter_and_respect_all_others(self, engine: Engine) -> None:
        found = engine.search(
            SearchQuery(filters={"sector": ("water",)}, ranges={"capital_vnd": (None, 100)}, with_facets=True)
        )
        assert found.count == 2
        assert found.facets["sector"] == {"water": 2}
        assert found.facets["province"] == {"Hà Nội": 2}
        found = engine.search(SearchQuery(text="nuoc", filters={"province": ("Huế",)}, with_facets=True))
        assert found.facets["province"] == {"Huế": 1, "Hà Nội": 2}
        assert found.facets["sector"] == {"water": 1}

    def test_a_chosen_value_without_matches_is_counted_as_none(self, engine: Engine) -> None:
        found = engine.search(SearchQuery(text="điện", filters={"sector": ("water",)}, with_facets=True))
        assert found.count == 0
        assert found.facets["sector"] == {"water": 0, "energy": 1}

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("capital", [2, 4, 1, 3]),
            ("area", [3, 1, 2, 4]),
            ("year", [4, 1, 2, 3]),
            ("confirmed", [2, 3, 1, 4]),
            ("name", [3, 1, 2, 4]),
        ],
    )
    def test_orders_put_blanks_last(self, engine: Engine, sort: str, expected: list[int]) -> None:
        assert ask(engine, sort=sort) == expected

    def test_orders_hold_for_words_too(self, engine: Engine) -> None:
        assert ask(engine, "nước", sort="capital") == [2, 4, 1]

    def test_pages(self, engine: Engine) -> None:
        pages = [engine.search(SearchQuery(sort="name", offset=start, limit=3)) for start in (0, 3, 6)]
        assert [[hit.object_id for hit in page.hits] for page in pages] == [[3, 1, 2], [4], []]
        assert {page.count for page in pages} == {4}


class TestFreshness:
    def test_past_confirmation_sinks_among_equals(self, engine: Engine) -> None:
        engine.put([project(1, "Bến cảng", fresh_until=TODAY - timedelta(days=1)), project(2, "Bến cảng")])
        assert ask(engine, "bến cảng") == ask(engine) == [2, 1]

    def test_the_last_day_still_counts(self, engine: Engine) -> None:
        engine.put([project(1, "Bến", fresh_until=TODAY), project(2, "Bến cảng và rất nhiều chữ nữa ở đây")])
        assert ask(engine, "bến") == [1, 2]

    def test_a_better_match_still_wins(self, engine: Engine) -> None:
        stale = project(1, "Bến cảng", fresh_until=TODAY - timedelta(days=1))
        engine.put([stale, project(2, "Nhà máy", body="xa bến có cảng")])
        assert ask(engine, "bến cảng") == [1, 2]


class TestSuggestAndSimilar:
    def test_the_last_word_may_be_unfinished(self, engine: Engine) -> None:
        engine.put([project(1, "Khu đô thị Đông Anh"), project(2, "Khu đô thị Đan Phượng"), project(3, "Nhà máy")])

        def suggested(text: str) -> set[int]:
            return {h.object_id for h in engine.suggest(text, locale="vi", kinds=(Kind.PROJECT,), limit=8)}

        assert suggested("khu đ") == suggested("do thi d") == {1, 2}
        assert suggested("đông a") == {1}
        assert suggested("kh đông") == set()
        assert suggested("") == set()

    def test_suggestions_are_by_name_not_by_body(self, engine: Engine) -> None:
        engine.put([project(1, "Nhà máy", body="Đông Anh"), project(2, "Trường", names="Đông Anh")])
        found = engine.suggest("đông anh", locale="vi", kinds=(Kind.PROJECT,), limit=8)
        assert [hit.object_id for hit in found] == [2]

    def test_an_unfinished_short_form(self, engine: Engine) -> None:
        engine.put([project(1, "Khu công nghiệp Quang Minh")])
        found = engine.suggest("kcn qu", locale="vi", kinds=(Kind.PROJECT,), limit=8)
        assert [hit.object_id for hit in found] == [1]

    def test_similar_shares_rare_words(self, engine: Engine) -> None:
        engine.put(
            [
                project(1, "Nhà máy xử lý rác Sóc Sơn"),
                project(2, "Xử lý rác Xuân Sơn"),
                project(3, "Khu đô thị mới"),
                project(1, "Waste treatment Soc Son", locale="en"),
            ]
        )
        assert [hit.object_id for hit in engine.similar("project:1:vi", limit=3)] == [2]
        assert engine.similar("project:77:vi", limit=3) == []

    def test_known_words(self, engine: Engine) -> None:
        engine.put([project(1, "Nước sạch"), project(2, "Nước thải", body="nước nước")])
        assert engine.known_words("nu") == {"nuoc": 2}


class TestRebuild:
    def test_the_new_index_replaces_the_old_at_the_end(self, engine: Engine) -> None:
        engine.put([project(1, "Cũ")])
        new = engine.start_rebuild()
        new.put([project(2, "Mới")])
        assert ask(engine) == [1]
        assert new.finish() == 1
        assert ask(engine) == [2]
        assert engine.known_words("moi") == {"moi": 1}

    def test_changes_in_the_meantime_reach_both(self, engine: Engine) -> None:
        engine.put([project(1, "Một"), project(2, "Hai")])
        new = engine.start_rebuild()
        new.put([project(1, "Một"), project(2, "Hai")])
        engine.put([project(1, "Uno")])
        engine.remove(["project:2:vi"])
        assert ask(engine, "uno") == [1]
        new.finish()
        assert ask(engine) == ask(engine, "uno") == [1]

    def test_abandoning_keeps_the_old(self, engine: Engine) -> None:
        engine.put([project(1, "Cũ")])
        new = engine.start_rebuild()
        new.put([project(2, "Mới")])
        new.abandon()
        assert ask(engine) == [1]

    def test_a_later_rebuild_stops_an_earlier_one(self, engine: Engine) -> None:
        first, second = engine.start_rebuild(), engine.start_rebuild()
        with pytest.raises(EngineUnavailable):
            first.put([project(1, "Một")])
        with pytest.raises(EngineUnavailable):
            first.finish()
        second.put([project(2, "Hai")])
        assert second.finish() == 1
