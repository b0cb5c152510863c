"""What resolved tickets teach: likeness, and words that go with a category."""

from collections import Counter

import pytest

from issues.routing.examples import Example, Examples
from issues.routing.tokens import features, read

ROWS = [
    Example("1", "Xin cấp giấy phép xây dựng nhà xưởng", "construction"),
    Example("2", "Gia hạn giấy phép xây dựng nhà ở", "construction"),
    Example("3", "Hoàn thuế giá trị gia tăng", "tax"),
    Example("4", "Khấu trừ thuế giá trị gia tăng đầu vào", "tax"),
]


def counts(text: str) -> Counter[str]:
    return Counter(features(read(text).folded))


def test_the_nearest_first_and_no_more_than_asked_for() -> None:
    found = Examples(ROWS).nearest(counts("Hoàn thuế giá trị gia tăng"), 2)
    assert [row.id for row, _ in found] == ["3", "4"]
    assert found[0][1] > found[1][1]
    assert found[0][1] == pytest.approx(1.0)


def test_marks_do_not_matter() -> None:
    assert Examples(ROWS).nearest(counts("hoan thue gia tri gia tang"), 1)[0][0].id == "3"


def test_a_text_of_other_words_is_like_nothing() -> None:
    assert Examples(ROWS).nearest(counts("container stuck customs"), 3) == []
    assert Examples(ROWS).nearest(Counter(), 3) == []


def test_words_of_one_category_lift_it_alone() -> None:
    lifts = Examples(ROWS).lifts("gia tang")
    assert set(lifts) == {"tax"}
    assert lifts["tax"] > 0


def test_a_word_seen_once_or_never_teaches_nothing() -> None:
    examples = Examples(ROWS)
    assert examples.lifts("hoan thue") == {}
    assert examples.lifts("nothing here") == {}
    assert examples.lifts("thue") == {}  # a lone syllable means too many things


def test_nothing_is_learnt_from_nothing() -> None:
    examples = Examples([])
    assert examples.nearest(counts("thuế"), 3) == []
    assert examples.lifts("thue") == {}
