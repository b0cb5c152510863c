"""The judged queries are complete, stay in their halves, and their mistakes are named."""

import json
import re
from dataclasses import replace
from unicodedata import is_normalized, normalize

import pytest
from django.core.management import call_command

from bench.relevance import queries
from bench.relevance.queries import Query
from core.text import fold
from issues.queries.answers import published_answers
from tests.long import IS_LONG

GOOD = Query(
    id="vi-001",
    text="sân golf",
    locale="vi",
    query_class="vi",
    task="see golf courses",
    kinds=("project",),
    grades={"QNI-008": 3, "QNI-019": 2},
)
LINE = json.dumps(
    {
        "id": "vi-001",
        "class": "vi",
        "locale": "vi",
        "kinds": ["project"],
        "text": "sân golf",
        "task": "see golf courses",
        "fits": {"3": "QNI-008", "2": "QNI-019"},
    }
)


def _problems(*several: Query) -> str:
    return "\n".join(queries.problems(several, queries.known_keys()))


def test_the_set_is_whole() -> None:
    assert len(queries.load()) >= queries.FEWEST


def test_there_are_documents_of_every_kind_to_judge() -> None:
    judged = {queries.known_keys()[key] for query in queries.load() for key in query.grades}
    assert judged == set(queries.KINDS)
    projects = [key for key, kind in queries.known_keys().items() if kind == "project"]
    assert len(projects) == 260


def test_a_line_is_a_query() -> None:
    assert list(queries.read([LINE])) == [GOOD]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "line 2"),
        ("[]", "line 2"),
        (LINE.replace('"task"', '"tusk"'), "task"),
        (LINE.replace("QNI-019", "QNI-008"), "two grades"),
        (LINE.replace('"2"', '"good"'), "good"),
        (LINE.replace('"QNI-019"', '["QNI-019"]'), "line 2"),
    ],
)
def test_a_line_that_is_none_is_named(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"line 2 is no query") as caught:
        list(queries.read([LINE, line]))
    assert reason in str(caught.value)


def test_a_good_query_has_no_problem() -> None:
    assert _problems(GOOD) == ""
    assert _problems(replace(GOOD, id="nothing-001", query_class="nothing", grades={})) == ""


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"id": "en-001"}, "class"),
        ({"id": "fr-001", "query_class": "fr"}, "fr"),
        ({"locale": "fr"}, "fr"),
        ({"kinds": ()}, "none"),
        ({"kinds": ("project", "ticket")}, "ticket"),
        ({"text": " "}, "no text"),
        ({"task": ""}, "no task"),
        ({"grades": {}}, "nothing fits"),
        ({"id": "nothing-001", "query_class": "nothing"}, "something fits"),
        ({"grades": {"QNI-008": 4}}, "grade 4"),
        ({"grades": {"QNI-008": 0}}, "grade 0"),
        ({"grades": {"QNI-999": 3}}, "there is no QNI-999"),
        ({"grades": {"guide": 3}}, "not searched"),
        ({"grades": {"P008": 3}, "kinds": ("answer",)}, "there is no P008"),  # a proposal without a published answer
    ],
)
def test_what_is_wrong_with_a_query_is_named(wrong: dict[str, object], named: str) -> None:
    assert named in _problems(replace(GOOD, **wrong))  # type: ignore[arg-type]


def test_what_stands_there_twice_is_named() -> None:
    other = replace(GOOD, id="vi-002", text="SÂN  golf")
    assert "stands there 2 times" in _problems(GOOD, other)
    assert "stands there 2 times" in _problems(GOOD, replace(GOOD, text="khách sạn"))
    assert _problems(GOOD, replace(other, text="san golf")) == ""
    assert _problems(GOOD, replace(other, locale="en")) == ""
    assert "order" in _problems(replace(other, text="khách sạn"), GOOD)


def test_a_set_that_proves_little_is_named() -> None:
    assert list(queries.uneven(queries.load())) == []
    assert any("too few" in line for line in queries.uneven(queries.load()[:100]))
    without_english = [query for query in queries.load() if query.query_class != "en"]
    assert any(line.startswith("0 of") for line in queries.uneven(without_english))


def test_every_query_has_one_half_that_other_queries_do_not_move() -> None:
    tuning, test = queries.half("tuning"), queries.half("test")
    assert sorted(query.id for query in (*tuning, *test)) == [query.id for query in queries.load()]
    for name in (*queries.SHARES, queries.NOTHING):
        sizes = [sum(query.query_class == name for query in side) for side in (tuning, test)]
        assert min(sizes) >= sum(sizes) / 3, f"{name}: {sizes}"
    assert GOOD.half == replace(GOOD, id="vi-999", grades={}, text=normalize("NFD", GOOD.text)).half
    # Written down, so that a change of the hash is seen: it would mix what was tuned by with what proves it.
    assert (GOOD.half, replace(GOOD, text="sân bay").half) == ("test", "tuning")


def test_damaged_queries_are_of_every_kind() -> None:
    """One expression for each kind of damage that people do; several queries each."""
    texts = [query.text for query in queries.load() if query.query_class == "damaged"]
    without_marks = [text for text in texts if " " in text and text == fold(text) and text.islower()]
    assert len(without_marks) >= 20
    for kind, pattern in {
        "telex": r"\b(ddo|nhaf|xax|coong|beej|caau)",
        "VNI": r"[a-z]\d",
        "short forms": r"\b(KCN|GPMB|NƠXH|BĐS)\b",
        "codes": r"(?i)\b(hn|dn|qni|vn)[-_ ]?0\d\d\b",
        "numbers of roads": r"(?i)\bql ?\d",
        "joined words": r"\b(danang|haiphong|hanoi|nhatrang|khucongnghiep)\b",
        "letters that look like Đ": r"[ÐƉ]",
    }.items():
        assert any(re.search(pattern, text) for text in texts), kind
    assert any(not is_normalized("NFC", text) for text in texts)


@pytest.mark.skipif(not IS_LONG, reason="plays the whole demonstration")
@pytest.mark.django_db
def test_the_judged_answers_are_those_that_the_demonstration_publishes(settings: object) -> None:
    settings.TN_DEMO = True  # type: ignore[attr-defined]
    call_command("load_demo", now=queries.PLAYED_UNTIL, verbosity=0)
    rows = json.loads((queries.DATA / "proposals.json").read_text(encoding="utf-8"))
    ids = {row["title_vi"]: row["id"] for row in rows}
    assert {ids[ticket.public_title] for ticket in published_answers()} == queries.ANSWERED
