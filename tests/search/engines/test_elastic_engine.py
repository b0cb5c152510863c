"""What Elasticsearch does its own way, beyond the contract of every engine: scores, streams, facets, health."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search import ranking
from search.engines import elastic_engine, elastic_mapping
from search.engines.base import PUBLIC, Document, EngineUnavailable, Kind, Scope, SearchQuery
from search.engines.elastic_engine import ElasticEngine
from search.query.expansions import expansions
from search.query.parsed import Alternative, ParsedText, Part
from search.query.understand import begin, understand
from search.words.groups import Group
from tests.search.engines.elastic import PREFIX, elastic_url
from tests.search.engines.elastic import elastic_engine as make_engine

TODAY = date(2026, 11, 18)
TABLE = expansions((Group(("KCN", "khu công nghiệp", "industrial park")),))


def project(number: int, title: str, **more: Any) -> Document:
    facts = {"kind": Kind.PROJECT, "locale": "vi", "fresh_until": TODAY + timedelta(days=30)} | more
    return Document(object_id=number, title=title, **facts)


def words(*parts: tuple[str, ...], **more: Any) -> ParsedText:
    """Parts of one alternative each, words side by side."""
    return ParsedText(tuple(Part((Alternative(run),)) for run in parts), **more)


def ask(engine: ElasticEngine, text: str | ParsedText = "", **more: Any) -> list[int]:
    """The objects found, best first."""
    if isinstance(text, str):
        text = understand(text, TABLE, engine, Scope())
    return [hit.object_id for hit in engine.search(SearchQuery(words=text, today=TODAY, **more)).hits]


class TestWords:
    def test_a_synonym_counts_as_a_phrase(self, elastic: ElasticEngine) -> None:
        elastic.put(
            [
                project(1, "KCN Quang Minh"),
                project(2, "Khu công nghiệp Quang Minh"),
                project(3, "Khu nghiệp vụ công minh"),
            ]
        )
        assert sorted(ask(elastic, "kcn quang minh")) == sorted(ask(elastic, "khu công nghiệp quang minh")) == [1, 2]

    def test_no_phrase_reaches_from_one_text_into_the_next(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Bến", names="cảng", summary="nước", body="sâu"), project(2, "Bến cảng")])
        assert ask(elastic, words(("ben", "cang"))) == [2]
        assert ask(elastic, words(("ben",), ("sau",))) == [1]

    def test_words_apart_where_a_part_says_so(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Đường số 5", names="metro"), project(2, "Đường số 6")])
        apart = ParsedText((Part((Alternative(("metro", "5"), together=False),)),))
        assert ask(elastic, apart) == [1]

    def test_fewer_parts_than_all(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Một hai"), project(2, "Hai ba"), project(3, "Ba")])
        parts = (("mot",), ("hai",), ("ba",))
        assert ask(elastic, words(*parts)) == []
        assert sorted(ask(elastic, words(*parts, minimum=2))) == [1, 2]
        assert sorted(ask(elastic, words(*parts, minimum=1))) == [1, 2, 3]

    def test_an_optional_part_only_raises_the_rank(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Cầu mới"), project(2, "Cầu lớn tại đây")])
        required, optional = Part((Alternative(("cau",)),)), Part((Alternative(("lon",)),), required=False)
        assert ask(elastic, ParsedText((required, optional))) == [2, 1]

    def test_a_better_field_wins_and_a_typed_word_beats_its_synonym(self, elastic: ElasticEngine) -> None:
        elastic.put(
            [
                project(1, "Nhà máy", body="gần bến cảng"),
                project(2, "Bến cảng", body="gần nhà máy"),
                project(3, "Nhà máy", names="bến cảng"),
            ]
        )
        assert ask(elastic, "bến cảng") == [2, 3, 1]
        either = ParsedText((Part((Alternative(("ben",)), Alternative(("nha",), 0.5))),))
        assert ask(elastic, either)[0] == 2

    def test_marks_typed_rank_higher(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Căng tin"), project(2, "Cảng tin"), project(3, "Càng tin")])
        assert ask(elastic, "cảng")[0] == 2
        assert ask(elastic, "càng")[0] == 3
        assert len(ask(elastic, "cang")) == 3

    def test_neighbours_side_by_side_rank_higher(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Công viên và xây nghiệp vụ cho khu"), project(2, "Xây khu công viên nghiệp vụ")])
        assert ask(elastic, words(("vien",), ("nghiep",), ("vu",)))[0] == 2

    def test_the_exact_title_comes_first(self, elastic: ElasticEngine) -> None:
        stale = project(1, "Cầu Tứ Liên", weight=0.0, fresh_until=date(2020, 1, 1))
        other = project(2, "Cầu Tứ Liên, cầu Tứ Liên", names="cầu Tứ Liên", summary="Cầu Tứ Liên", body="Cầu Tứ Liên")
        elastic.put([other, stale])
        assert ask(elastic, "cau tu lien") == [1, 2]

    def test_a_title_that_begins_with_it_comes_before_one_that_holds_it(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Đường nối cầu Tứ Liên, cầu Tứ Liên"), project(2, "Cầu Tứ Liên và đường hai đầu")])
        assert ask(elastic, "cầu tứ liên") == [2, 1]
        assert ask(elastic, words(("cau", "tu", "lie"))) == []

    def test_an_essential_part_is_never_left_out(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Cầu", names="Huế"), project(2, "Cầu cảng"), project(3, "Nhà", names="Huế")])
        place = Part((Alternative(("hue",)),), essential=True)
        others = [Part((Alternative((word,)),)) for word in ("cau", "cang")]
        assert ask(elastic, ParsedText((place, *others), minimum=1)) == [1]
        assert sorted(ask(elastic, ParsedText((place, *others), minimum=0))) == [1, 3]

    def test_completeness_and_freshness_divide_equals(self, elastic: ElasticEngine) -> None:
        elastic.put(
            [
                project(1, "Cầu", weight=0.2),
                project(2, "Cầu", weight=1.0),
                project(3, "Cầu", weight=1.0, fresh_until=TODAY - timedelta(days=1)),
                project(4, "Cầu", weight=1.0, fresh_until=None, own=True),
            ]
        )
        best = [4, 2, *sorted((1, 3), key=lambda n: -ranking.factor(0.2 if n == 1 else 1, aged=n == 3))]
        assert ask(elastic, "cầu lớn") == best
        assert ask(elastic) == best

    def test_unfindable_text_asks_nothing(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Cầu", values={"sector": ("bridge",)})])
        query = SearchQuery(
            words=ParsedText(unfindable=True), filters={"sector": ("bridge",)}, facets=("sector",), today=TODAY
        )
        assert elastic.search(query).count == 0
        assert elastic.search(query).facets == {"sector": {"bridge": 0}}
        assert list(elastic.scan(query)) == []

    @pytest.mark.parametrize(
        "text", ["\ud800", "\x00", "a" * 40_000, "1" * 400, "đầu tư " * 500, "\u202e", '"*:(', "İı"]
    )
    def test_hostile_text_is_only_text(self, elastic: ElasticEngine, text: str) -> None:
        nasty = {"summary": text, "body": text, "names": text, "url": text}
        elastic.put([project(1, f"Cầu {text}", values={"sector": (text,)}, numbers={"n": float("nan")}, **nasty)])
        for parsed in (understand(text, TABLE, elastic, Scope()), begin(text, TABLE), words((text[:300],), title=text)):
            query = SearchQuery(words=parsed, filters={"sector": (text,)}, facets=("sector", "form"), today=TODAY)
            assert elastic.search(query).facets["form"] == {}
            elastic.suggest(query)
        assert ask(elastic, "cầu", filters={"sector": (text,)}) == [1]
        assert ask(elastic, ranges={"n": (float("-inf"), float("inf"))}) == []
        assert elastic.similar("project:1:vi", limit=1) == []
        assert elastic.near(text, Scope()) is not None

    def test_as_many_words_as_can_be_typed(self, elastic: ElasticEngine) -> None:
        titles = [f"từ{chr(97 + n)} khu{chr(97 + n)}" for n in range(24)]
        elastic.put([project(1, " ".join(titles))])
        parts = [
            Part(tuple(Alternative((f"w{n}x{m}", f"v{m}")) for m in range(12)), marked=("tu2",)) for n in range(24)
        ]
        assert ask(elastic, ParsedText(tuple(parts), minimum=12)) == []


class TestScope:
    def test_an_audience_in_common_is_enough_and_needed(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Hồ sơ"), project(2, "Hồ sơ", audience=("agency:1", "agency:2"))])
        assert ask(elastic) == [1]
        assert sorted(ask(elastic, audience=(PUBLIC, "agency:2"))) == [1, 2]
        assert ask(elastic, audience=("agency:3",)) == []
        assert ask(elastic, audience=()) == []
        assert ask(elastic, kinds=()) == []

    def test_known_and_similar_stay_inside(self, elastic: ElasticEngine) -> None:
        secret = project(2, "Bến phà Vạn Phúc", audience=("agency:1",))
        elastic.put([project(1, "Bến phà Vạn Phúc"), secret, project(3, "Bến xe", locale="en")])
        everything = [("ben", "pha"), ("ben",), ("pha", "phuc"), ("van", "phuc"), ("xe",), ()]
        assert elastic.known(everything, Scope()) == {("ben", "pha"), ("ben",), ("van", "phuc")}
        assert elastic.known(everything, Scope(audience=("agency:2",))) == set()
        assert elastic.known([("ben",), ("xe",)], Scope(locale="en")) == {("ben",), ("xe",)}
        assert elastic.similar("project:1:vi", limit=5) == []
        assert elastic.similar("project:9:vi", limit=5) == []

    def test_similar_shares_the_rarest_words(self, elastic: ElasticEngine) -> None:
        titles = ["Cầu Tứ Liên", "Đường Tứ Liên", "Cầu Hàm Luông", *(f"Cầu số {n}" for n in range(20))]
        elastic.put([project(number, title) for number, title in enumerate(titles)])
        found = [hit.object_id for hit in elastic.similar("project:0:vi", limit=3)]
        assert found[0] == 1
        assert 0 not in found
        assert len(found) == 3

    def test_nothing_is_similar_to_what_is_private(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Bến phà"), project(2, "Bến phà", audience=("agency:1",)), project(3, "Bến phà")])
        assert elastic.similar("project:2:vi", limit=5) == []
        assert [hit.object_id for hit in elastic.similar("project:1:vi", limit=5)] == [3]

    def test_near_words(self, elastic: ElasticEngine) -> None:
        elastic.put([project(1, "Quang Trung"), project(2, "Quảng trường")])
        assert elastic.near("quag", Scope())[0] == "quang"
        assert "trung" in elastic.near("trunng", Scope())
        assert elastic.near("qu", Scope()) == []


class TestSuggest:
    def test_the_last_word_may_be_unfinished(self, elastic: ElasticEngine) -> None:
        elastic.put(
            [
                project(1, "Bến cảng Trần Đề"),
                project(2, "Đường ven cảng", names="Bến Tre"),
                project(3, "Nhà máy", body="bến cảng"),
                project(4, "KCN Trần Đề"),
            ]
        )

        def typed(text: str) -> list[int]:
            return [hit.object_id for hit in elastic.suggest(SearchQuery(words=begin(text, TABLE), today=TODAY))]

        assert typed("ben ca") == [1, 2]
        assert typed("bến cảng tr") == [1, 2]
        assert typed("bến cảng trầ") == [1]
        assert sorted(typed("tran de")) == sorted(typed("trần đ")) == [1, 4]
        assert typed("industrial park") == [4]
        assert sorted(typed("cang be")) == [1, 2]
        assert typed("") == []


class TestStreams:
    @pytest.fixture
    def many(self, elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[ElasticEngine]:
        """Ten documents where four are many."""
        monkeypatch.setattr(elastic_engine, "_SCANNED", 4)
        numbers = [{"capital": float(n)} if n % 3 else {} for n in range(10)]
        values = [{"sector": ("even",) if n % 2 == 0 else ("odd",)} for n in range(10)]
        elastic.put([project(n, f"Cầu {'a' * n}", numbers=numbers[n], values=values[n]) for n in range(10)])
        return elastic

    @pytest.mark.parametrize(
        "query",
        [
            SearchQuery(today=TODAY),
            SearchQuery(words=words(("cau",)), today=TODAY),
            SearchQuery(sort="capital", today=TODAY),
            SearchQuery(sort="capital", descending=False, today=TODAY),
            SearchQuery(sort="nothing has it", today=TODAY),
            SearchQuery(sort="name", descending=False, words=words(("cau",)), today=TODAY),
        ],
    )
    def test_all_in_order_and_every_page_of_it(self, many: ElasticEngine, query: SearchQuery) -> None:
        found = list(many.scan(query))
        assert sorted(found) == list(range(10))
        for offset in range(0, 12, 3):
            page = many.search(replace(query, offset=offset, limit=3))
            assert (page.count, [hit.object_id for hit in page.hits]) == (10, found[offset : offset + 3])

    def test_blanks_come_last_both_ways(self, many: ElasticEngine) -> None:
        assert list(many.scan(SearchQuery(sort="capital", today=TODAY))) == [8, 7, 5, 4, 2, 1, 0, 3, 6, 9]
        ascending = SearchQuery(sort="capital", descending=False, today=TODAY)
        assert list(many.scan(ascending)) == [1, 2, 4, 5, 7, 8, 0, 3, 6, 9]

    def test_pages_beyond_the_last(self, many: ElasticEngine) -> None:
        for offset in (10, 10_000, 999_999, 10**12):
            page = many.search(SearchQuery(offset=offset, limit=20, today=TODAY))
            assert (page.count, page.hits) == (10, [])

    def test_filters_of_facets_hold_in_a_stream(self, many: ElasticEngine) -> None:
        query = SearchQuery(filters={"sector": ("odd",)}, facets=("sector",), today=TODAY)
        assert list(many.scan(query)) == [1, 3, 5, 7, 9]

    def test_a_stream_shows_one_state_and_may_end_early(self, many: ElasticEngine) -> None:
        stream = many.scan(SearchQuery(today=TODAY))
        first = next(stream)
        many.remove([f"project:{n}:vi" for n in range(10)])
        assert sorted([first, *stream]) == list(range(10))
        stream = many.scan(SearchQuery(today=TODAY))
        assert list(stream) == []
        stream.close()  # type: ignore[attr-defined]


class TestFacets:
    def test_each_ignores_its_own_filter_and_only_that(self, elastic: ElasticEngine) -> None:
        def values(province: str, *sectors: str) -> dict[str, tuple[str, ...]]:
            return {"sector": sectors, "province": (province,), "form": ("ppp",)}

        elastic.put(
            [
                project(1, "A", values=values("Hà Nội", "water", "energy")),
                project(2, "B", values=values("Huế", "water")),
                project(3, "C", values=values("Hà Nội", "road")),
                project(4, "D", values={}),
            ]
        )
        chosen = {"sector": ("water", "bridge"), "province": ("Hà Nội",)}
        found = elastic.search(SearchQuery(filters=chosen, facets=("sector", "province", "form"), today=TODAY))
        assert (found.count, [hit.object_id for hit in found.hits]) == (1, [1])
        assert found.facets == {
            "sector": {"water": 1, "energy": 1, "road": 1, "bridge": 0},
            "province": {"Hà Nội": 1, "Huế": 1},
            "form": {"ppp": 1},
        }
        [only] = [elastic.search(SearchQuery(filters=chosen, facets=("form",), today=TODAY))]
        assert (only.count, only.facets) == (1, {"form": {"ppp": 1}})


class TestHealth:
    def test_no_index_yet(self) -> None:
        engine = make_engine(f"{PREFIX}-none")
        health = engine.health()
        assert (health.ok, "search_rebuild" in health.problem) == (False, True)
        for call in (lambda: engine.put([project(1, "Một")]), engine.count, lambda: engine.search(SearchQuery())):
            with pytest.raises(EngineUnavailable):
                call()

    def test_documents_and_an_older_form(self, elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        elastic.put([project(1, "Một"), project(2, "Hai")])
        assert (elastic.health().ok, elastic.health().documents, elastic.health().problem) == (True, 2, "")
        monkeypatch.setattr(elastic_engine, "form", lambda: "0123456789")
        assert elastic.health().ok
        assert "search_rebuild" in elastic.health().problem

    def test_a_red_index(self, server: Elasticsearch) -> None:
        prefix = f"{PREFIX}-red"
        name = elastic_mapping.Names(prefix).new()
        server.indices.create(
            index=name,
            settings={"number_of_replicas": 0, "routing.allocation.require._name": "nobody"},
            aliases={prefix: {}, f"{name}.write": {}},
            wait_for_active_shards="0",
            timeout="1s",
        )
        engine = ElasticEngine(elastic_url(), prefix, timeout=1.5)
        health = engine.health()
        assert (health.ok, "red" in health.problem) == (False, True)
        for call in (lambda: engine.search(SearchQuery()), lambda: engine.put([project(1, "Một")])):
            with pytest.raises(EngineUnavailable):
                call()
