"""Why a document is found: where its words stand, what else raises it, and what lowers it."""

from datetime import date
from typing import Any

from search import ranking
from search.engines.base import Document, Kind, SearchResult
from search.explaining.reasons import Bonus, Reason, reason
from search.explaining.understood import understood
from search.finding import Found
from search.query.expansions import expansions
from search.query.understand import understand
from tests.search.query.conftest import GROUPS, Texts

TODAY = date(2026, 11, 18)


def why(text: str, *others: str, **facts: Any) -> Reason:
    """Why a document is found among texts that have the words, too."""
    document = Document(kind=Kind.PROJECT, object_id=1, locale="vi", **({"title": "Dự án"} | facts))
    texts = (document.title, document.names, document.summary, document.body, *others)
    words = understand(text, expansions(GROUPS), Texts(*texts), None)  # type: ignore[arg-type]
    read = understood(text, Found(SearchResult(1), words, ignored=words.ignored), GROUPS)
    return reason(document, words, read.parts, TODAY)


def bonuses(found: Reason) -> list[Bonus]:
    return [extra.bonus for extra in found.extras]


def test_each_part_names_the_texts_that_have_it() -> None:
    found = why("kcn nước", title="Khu công nghiệp <A>", body="có nước; KCN", summary="không")
    park, water = found.parts
    assert [(match.field, match.weight, match.piece) for match in park.matches] == [
        ("title", ranking.FIELDS["title"], "<mark>Khu công nghiệp</mark> &lt;A&gt;"),
        ("body", ranking.FIELDS["body"], "có nước; <mark>KCN</mark>"),
    ]
    assert [match.way.text for match in park.matches] == ["khu công nghiệp", "kcn"]
    assert [match.field for match in water.matches] == ["body"]


def test_what_is_missing_matches_nowhere() -> None:
    found = why("cầu nước", "nước", title="Cầu")
    assert [bool(part.matches) for part in found.parts] == [True, False]


def test_a_name_may_stand_apart_only_if_all_its_words_are_there() -> None:
    for body, there in (("hội xã ở nhà", True), ("hội ở nhà", False)):
        found = why("nhà ở xã hội", "social housing", "xã", title="Cầu", body=body)
        assert any(match.field == "body" for match in found.parts[0].matches) == there


def test_the_very_title() -> None:
    assert bonuses(why("cau vuot", title="Cầu vượt"))[0] == Bonus.TITLE
    assert bonuses(why("cầu vượt", title="Cầu vượt số 3"))[0] == Bonus.BEGINS
    assert not {Bonus.TITLE, Bonus.BEGINS} & set(bonuses(why("cầu vượt", title="Xây cầu vượt")))
    assert Bonus.BEGINS not in bonuses(why("cầu vượt", "cầu vượt", title="Cầu vượtt"))


def test_words_side_by_side_in_the_text_that_counts_most() -> None:
    found = why("hồ điều hòa", title="Hồ và điều hòa", summary="hồ điều hòa", body="hồ điều hòa")
    assert [(extra.bonus, extra.words, extra.field, extra.points) for extra in found.extras[:3]] == [
        (Bonus.PHRASE, "hồ điều hòa", "summary", ranking.PHRASE * ranking.FIELDS["summary"]),
        (Bonus.PAIR, "hồ điều", "summary", ranking.PAIR * ranking.FIELDS["summary"]),
        (Bonus.PAIR, "điều hòa", "title", ranking.PAIR * ranking.FIELDS["title"]),
    ]


def test_marks_as_typed() -> None:
    found = why("hoà bình", title="Hòa Binh", body="hoa bình")
    (marks,) = [extra for extra in found.extras if extra.bonus == Bonus.MARKS]
    assert (marks.words, marks.points) == ("hoà, bình", 2 * ranking.MARKED)
    assert Bonus.MARKS not in bonuses(why("hoa binh", title="Hòa Bình"))


def test_completeness_freshness_and_own() -> None:
    found = why("cầu", title="Cầu", weight=0.5, fresh_until=date(2026, 11, 17), own=True)
    assert (found.complete, found.aged, found.own) == (0.5, True, True)
    assert found.factor == ranking.factor(0.5, aged=True)
    found = why("cầu", title="Cầu", fresh_until=TODAY)
    assert (found.complete, found.aged, found.own, found.factor) == (1, False, False, 1)
