"""An explanation in words: every code has its sentence, and nothing of it is markup but the marks."""

from typing import Any

import pytest
from django.utils.translation import override

from search import ranking
from search.engines.base import Kind
from search.explaining import sentences
from search.explaining.explain import ExplainedHit
from search.explaining.reasons import Bonus, Extra, Match, PartMatch, Reason
from search.explaining.understood import Origin, Repair, Role, Sought, Understood, Way

WAY = Way("cầu", Origin.TYPED, 1)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with override("en"):
        yield


def hit(reason: Reason | None) -> ExplainedHit:
    return ExplainedHit("project:1:vi", Kind.PROJECT, "Cầu", "/", 1234.5, reason, 1)


def why(**facts: Any) -> Reason:
    return Reason(**({"parts": (), "extras": (), "complete": 1, "aged": False, "factor": 1.0, "own": False} | facts))


def test_every_code_has_words() -> None:
    for role in Role:
        for origin in Origin:
            for repair in Repair:
                sought = Sought("cau", role, (Way("cầu", origin, 1),), meant="cầu", repair=repair)
                (line,) = sentences.parts(Understood("cau", (sought,)))
                assert "cầu" in line.read
                assert line.role
                assert line.ways[0][1]
    lines = {sentences.hit_line(hit(why(extras=(Extra(bonus, "a b", 8, "title"),)))).others[0] for bonus in Bonus}
    assert len(lines) == len(Bonus)
    assert set(sentences.FIELDS) == set(ranking.FIELDS)


def test_what_happened_to_the_text() -> None:
    read = Understood("x", (), ("xyzzyq",), ("cho", "tôi"), loosened=True, needed=2, choice=3, is_cut=True)
    said = " ".join(sentences.notes(read))
    for word in ("xyzzyq", "cho, tôi", "2 of these 3", "beginning"):
        assert word in said
    assert sentences.notes(Understood("cầu", (Sought("cầu", Role.REQUIRED, (WAY,)),))) == []


def test_where_a_word_stands_and_where_not() -> None:
    sought = Sought("cầu", Role.REQUIRED, (WAY,))
    match = Match("title", 8.0, WAY, "<mark>Cầu</mark> &lt;vượt&gt;")
    other = Match("body", 1.0, Way("bridge", Origin.GROUP, 0.7), "the <mark>bridge</mark>")
    line = sentences.hit_line(hit(why(parts=(PartMatch(sought, (match, other)), PartMatch(sought, ())))))
    (typed, missing, found), (_typed, lacking, nowhere) = line.parts
    assert (typed, missing, nowhere) == ("cầu", "", ())
    assert lacking
    assert [(one.weight, one.plain) for one in found] == [("8", "[Cầu] <vượt>"), ("1", "the [bridge]")]
    assert (found[0].way, found[1].way.split()[0]) == ("", "bridge")


def test_a_document_that_has_gone_and_what_lowers_one() -> None:
    assert len(sentences.hit_line(hit(None)).others) == 1
    said = " ".join(sentences.hit_line(hit(why(complete=0.43, aged=True, factor=0.82, own=True))).others)
    assert "43 %" in said
    assert "0.82" in said
    assert len(sentences.hit_line(hit(why(aged=True, factor=0.9, own=True))).others) == 3
    assert sentences.hit_line(hit(why())).others == ()
    assert sentences.hit_line(hit(why())).score == "1234.50"
