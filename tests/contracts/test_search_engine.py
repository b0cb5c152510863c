"""What every search engine must do. An engine joins by one entry in ENGINES and its own skip rule."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import connection

from search import finding
from search.engines.base import Document, Engine, EngineUnavailable, Hit, Kind, Scope, SearchQuery, SearchResult
from search.engines.sqlite_fts import SqliteEngine
from search.words import groups
from search.words.groups import Group
from tests.search.engines.elastic import elastic_engine

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)
FACETS = ("sector", "province")


def _sqlite() -> Engine:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite FTS5 needs SQLite as the database")
    return SqliteEngine()


GROUPS = (
    Group(("khu công nghiệp", "KCN", "industrial park", "industrial zone")),
    Group(("đường cao tốc", "cao tốc", "expressway", "motorway")),
    Group(("nhà ở xã hội", "NƠXH"), ("nhà ở thu nhập thấp",)),
)

ENGINES: dict[str, Callable[[], Engine]] = {"sqlite-fts5": _sqlite, "elasticsearch": elastic_engine}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr(groups, "load", lambda: GROUPS)
    made = ENGINES[request.param]()
    made.start_rebuild().finish()  # empty, whatever stood there
    return made


def project(number: int, title: str, **more: object) -> Document:
    facts = {"kind": Kind.PROJECT, "locale": "vi", "fresh_until": TODAY + timedelta(days=30)} | more
    return Document(object_id=number, title=title, **facts)


def ask(engine: Engine, text: str = "", **more: object) -> list[int]:
    """The objects found, best first."""
    return [hit.object_id for hit in found(engine, text, **more).hits]


def found(engine: Engine, text: str = "", **more: object) -> SearchResult:
    """The answer to a text as people type it."""
    return finding.find(engine, text, SearchQuery(today=TODAY, **more)).result


def suggested(engine: Engine, text: str, **more: object) -> list[Hit]:
    """The completions of a text."""
    return finding.complete(engine, text, SearchQuery(limit=8, **more))


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
        found(engine, typed, facets=FACETS)
        suggested(engine, typed)
        assert engine.count() == 1

    def test_signs_alone_find_nothing_and_no_text_finds_all(self, engine: Engine) -> None:
        engine.put([project(1, "Dự án đầu tư")])
        assert ask(engine, "😀") == []
        assert ask(engine, "") == ask(engine, "   ") == [1]

    def test_languages_are_apart(self, engine: Engine) -> None:
        engine.put([project(1, "Cầu Trần Hưng Đạo"), project(1, "Tran Hung Dao bridge", locale="en")])
        assert [h.title for h in found(engine, "trần hưng đạo", locale="en").hits] == ["Tran Hung Dao bridge"]

    def test_kinds_are_apart(self, engine: Engine) -> None:
        engine.put([project(1, "Đất"), Document(kind=Kind.PAGE, object_id=1, locale="vi", title="Đất")])
        assert [h.kind for h in found(engine, "đất").hits] == [Kind.PROJECT]
        assert found(engine, "đất", kinds=(Kind.PROJECT, Kind.PAGE)).count == 2


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
        [hit] = found(engine, "đông").hits
        assert (hit.title, hit.summary, hit.url) == ("Cầu <Đông> & bến", "Ở Đông Anh", "/vi/x/")
        assert hit.marked_title == "Cầu &lt;<mark>Đông</mark>&gt; &amp; bến"
        assert hit.marked_text == "Ở <mark>Đông</mark> Anh"
        [hit] = found(engine, "pha").hits
        assert hit.marked_text == "&lt;i&gt;<mark>phà</mark>&lt;/i&gt;"

    def test_health(self, engine: Engine) -> None:
        engine.put([project(1, "Một")])
        health = engine.health()
        assert (health.ok, health.documents, health.name) == (True, 1, engine.name)


class TestFiltersAndOrder:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        def values(sector: str, province: str, ward: str = "") -> dict[str, tuple[str, ...]]:
            return {"sector": (sector,), "province": (province,), "ward": (ward,)}

        engine.put(
            [
                project(1, "Nước A", values=values("water", "Hà Nội", "00004"), numbers={"capital": 10, "area": 3}),
                project(2, "Nước B", values=values("water", "Huế"), numbers={"capital": 300, "year": 2025}),
                project(3, "Điện C", values=values("energy", "Hà Nội"), numbers={"area": 9}),
                project(4, "Nước D", values=values("water", "Hà Nội"), numbers={"capital": 20, "year": 2024}),
            ]
        )

    def test_values_of_a_filter_are_alternatives_and_filters_add_up(self, engine: Engine) -> None:
        assert sorted(ask(engine, filters={"sector": ("water", "energy")})) == [1, 2, 3, 4]
        assert sorted(ask(engine, filters={"sector": ("water",), "province": ("Hà Nội",)})) == [1, 4]
        assert ask(engine, filters={"ward": ("00004",)}) == [1]
        assert ask(engine, filters={"sector": ("'; --",)}) == []

    def test_ranges_hold_their_ends_and_leave_out_blanks(self, engine: Engine) -> None:
        assert sorted(ask(engine, ranges={"capital": (10, 20)})) == [1, 4]
        assert ask(engine, ranges={"capital": (20.001, None)}) == [2]
        assert ask(engine, ranges={"area": (None, 3)}) == [1]

    @pytest.mark.parametrize(
        ("limits", "expected"),
        [((500, None), {1, 3}), ((None, 20), {2, 3}), ((100, 200), {3}), ((None, None), {1, 2, 3})],
    )
    def test_a_range_lets_blanks_pass_where_that_is_asked(
        self, engine: Engine, limits: tuple[float | None, float | None], expected: set[int]
    ) -> None:
        some = [project(1, "a", numbers={"area": 900}), project(2, "b", numbers={"area": 10}), project(3, "c")]
        engine.put(some)
        asked = {"ranges": {"area": limits}, "unknown": frozenset({"area"})}
        everything = {hit.object_id for hit in found(engine, **asked).hits}
        assert everything & {1, 2, 3} == expected

    def test_restricted_to_some_objects(self, engine: Engine) -> None:
        assert ask(engine, "nước", object_ids=(2, 3)) == [2]
        assert ask(engine, object_ids=()) == []

    def test_facets_ignore_their_own_filter_and_respect_all_others(self, engine: Engine) -> None:
        answer = found(engine, filters={"sector": ("water",)}, ranges={"capital": (None, 100)}, facets=FACETS)
        assert answer.count == 2
        assert answer.facets["sector"] == {"water": 2}
        assert answer.facets["province"] == {"Hà Nội": 2}
        answer = found(engine, "nuoc", filters={"province": ("Huế",)}, facets=FACETS)
        assert answer.facets["province"] == {"Huế": 1, "Hà Nội": 2}
        assert answer.facets["sector"] == {"water": 1}

    def test_a_filter_that_is_no_facet_narrows_the_counts_too(self, engine: Engine) -> None:
        answer = found(engine, filters={"ward": ("00004",)}, facets=FACETS)
        assert (answer.count, answer.facets["sector"]) == (1, {"water": 1})

    def test_a_chosen_value_without_matches_is_counted_as_none(self, engine: Engine) -> None:
        answer = found(engine, "điện", filters={"sector": ("water",)}, facets=FACETS)
        assert answer.count == 0
        assert answer.facets["sector"] == {"water": 0, "energy": 1}

    def test_a_document_with_several_values_counts_under_each_and_is_found_by_each(self, engine: Engine) -> None:
        engine.put([project(5, "Cầu", values={"province": ("Hà Nội", "Huế"), "sector": ("road",)})])
        assert ask(engine, filters={"sector": ("road",), "province": ("Huế",)}) == [5]
        answer = found(engine, filters={"sector": ("road",)}, facets=FACETS)
        assert answer.facets["province"] == {"Hà Nội": 1, "Huế": 1}
        answer = found(engine, "cầu", filters={"province": ("Huế",)}, facets=FACETS)
        assert answer.facets["province"] == {"Hà Nội": 1, "Huế": 1}

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("capital", [2, 4, 1, 3]),
            ("-capital", [1, 4, 2, 3]),
            ("area", [3, 1, 2, 4]),
            ("-area", [1, 3, 2, 4]),
            ("year", [2, 4, 1, 3]),
            ("-name", [3, 1, 2, 4]),
            ("name", [4, 2, 1, 3]),
        ],
    )
    def test_orders_put_blanks_last_both_ways(self, engine: Engine, sort: str, expected: list[int]) -> None:
        assert ask(engine, sort=sort.removeprefix("-"), descending=not sort.startswith("-")) == expected

    def test_orders_hold_for_words_too(self, engine: Engine) -> None:
        assert ask(engine, "nước", sort="capital") == [2, 4, 1]

    def test_a_scan_goes_through_all_in_order(self, engine: Engine) -> None:
        assert list(engine.scan(SearchQuery(sort="name", descending=False, limit=1))) == [3, 1, 2, 4]
        asked = SearchQuery(filters={"sector": ("water",)}, sort="capital")
        assert list(engine.scan(asked)) == [2, 4, 1]

    def test_pages(self, engine: Engine) -> None:
        pages = [found(engine, sort="name", descending=False, offset=start, limit=3) for start in (0, 3, 6)]
        assert [[hit.object_id for hit in page.hits] for page in pages] == [[3, 1, 2], [4], []]
        assert {page.count for page in pages} == {4}

    def test_one_facet_alone_counts_each_value_of_a_document(self, engine: Engine) -> None:
        engine.put([project(1, "Bến cảng", values={"sector": ("port", "energy"), "province": ("Hà Nội",)})])
        engine.put([project(2, "Bến xe")])
        assert found(engine, "bến", facets=("sector",)).facets == {"sector": {"port": 1, "energy": 1}}


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

        def ids(text: str) -> set[int]:
            return {h.object_id for h in suggested(engine, text)}

        assert ids("khu đ") == ids("do thi d") == {1, 2}
        assert ids("đông a") == {1}
        assert ids("kh đông") == set()
        assert ids("") == set()

    def test_suggestions_are_by_name_not_by_body(self, engine: Engine) -> None:
        engine.put([project(1, "Nhà máy", body="Đông Anh"), project(2, "Trường", names="Đông Anh")])
        found = suggested(engine, "đông anh")
        assert [hit.object_id for hit in found] == [2]

    def test_an_unfinished_short_form(self, engine: Engine) -> None:
        engine.put([project(1, "Khu công nghiệp Quang Minh")])
        found = suggested(engine, "kcn qu")
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

    def test_known_runs_stand_side_by_side_in_the_scope(self, engine: Engine) -> None:
        engine.put([project(1, "Nước sạch"), project(2, "Sewage", locale="en"), project(3, "Nước", body="thải")])
        asked = {("nuoc",), ("nuoc", "sach"), ("sach", "nuoc"), ("sewag",), ("nuoc", "thai")}
        assert engine.known(asked, Scope()) == {("nuoc",), ("nuoc", "sach")}
        assert engine.known(asked, Scope(locale="en")) == {("sewag",)}
        assert engine.known(asked, Scope(kinds=(Kind.PAGE,))) == set()
        assert engine.known([], Scope()) == set()

    def test_any_number_of_runs_may_be_asked_about(self, engine: Engine) -> None:
        engine.put([project(1, "Nước sạch")])
        asked = [(f"w{number}",) for number in range(600)]
        assert engine.known([*asked, ("nuoc",)], Scope()) == {("nuoc",)}

    def test_near_words(self, engine: Engine) -> None:
        engine.put([project(1, "Khu công nghiệp Quang Minh"), project(2, "Bệnh viện")])
        assert "nghiep" in engine.near("ngiep", Scope())
        assert "minh" in engine.near("mnih", Scope())
        assert "benh" not in engine.near("quang", Scope())


class TestVersions:
    def test_an_older_version_changes_nothing(self, engine: Engine) -> None:
        engine.put([project(1, "Mới", version=5)])
        engine.put([project(1, "Cũ", version=4)])
        assert (ask(engine, "mới"), ask(engine, "cũ")) == ([1], [])
        engine.put([project(1, "Sửa", version=5)])
        assert ask(engine, "sửa") == [1]

    def test_an_older_version_of_a_removed_document_stays_away(self, engine: Engine) -> None:
        engine.put([project(1, "Một", version=5)])
        engine.remove(["project:1:vi"], version=4)
        assert ask(engine) == [1]
        engine.remove(["project:1:vi", "project:2:vi"], version=6)
        engine.put([project(1, "Một", version=5), project(2, "Hai", version=5)])
        assert ask(engine) == []
        engine.put([project(1, "Một", version=7)])
        assert ask(engine) == [1]


class TestAudience:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put(
            [
                project(1, "Đất công khai", values={"sector": ("a",)}),
                project(2, "Đất bí mật", audience=("agency:STC", "enterprise:7"), values={"sector": ("b",)}),
                project(3, "Đất riêng tư", audience=("enterprise:8",), values={"sector": ("c",)}),
            ]
        )

    @pytest.mark.parametrize(
        ("groups", "expected"),
        [
            (("public",), [1]),
            (("public", "agency:STC"), [1, 2]),
            (("public", "enterprise:7", "enterprise:8"), [1, 2, 3]),
            (("enterprise:8",), [3]),
            ((), []),
            (("public", "agency:*", "agency", "%"), [1]),
        ],
    )
    def test_only_what_the_reader_may_see(self, engine: Engine, groups: tuple[str, ...], expected: list[int]) -> None:
        assert sorted(ask(engine, "đất", audience=groups)) == expected
        assert sorted(ask(engine, audience=groups)) == expected
        answer = found(engine, "đất", audience=groups, facets=FACETS)
        assert sum(answer.facets["sector"].values()) == answer.count == len(expected)
        assert sorted(engine.scan(SearchQuery(audience=groups))) == expected
        assert sorted(hit.object_id for hit in suggested(engine, "đ", audience=groups)) == expected

    def test_words_of_others_are_not_known(self, engine: Engine) -> None:
        asked = [("mat",), ("tu",), ("khai",)]
        assert engine.known(asked, Scope()) == {("khai",)}
        assert engine.known(asked, Scope(audience=("agency:STC",))) == {("mat",)}
        assert found(engine, "riêng tư").count == 0

    def test_nothing_private_is_similar(self, engine: Engine) -> None:
        assert engine.similar("project:1:vi", limit=5) == []
        assert engine.similar("project:2:vi", limit=5) == []

    def test_a_document_that_becomes_private_is_gone_at_once(self, engine: Engine) -> None:
        engine.put([project(1, "Đất công khai", audience=("agency:STC",))])
        assert ask(engine, "đất") == []


class TestRebuild:
    def test_the_new_index_replaces_the_old_at_the_end(self, engine: Engine) -> None:
        engine.put([project(1, "Cũ")])
        new = engine.start_rebuild()
        new.put([project(2, "Mới")])
        assert ask(engine) == [1]
        assert new.finish() == 1
        assert ask(engine) == [2]
        assert engine.known([("moi",), ("cu",)], Scope()) == {("moi",)}

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

    def test_an_unfinished_one_is_gone_on_with(self, engine: Engine) -> None:
        new = engine.start_rebuild()
        new.put([project(1, "Một")])
        again = engine.resume_rebuild(new.name)
        assert again is not None
        again.put([project(2, "Hai")])
        assert again.finish() == 2
        assert engine.resume_rebuild(new.name) is None
        assert engine.resume_rebuild("") is None
