"""Small filters of boards and figures."""

import pytest

from issues.templatetags import boards


@pytest.mark.parametrize(("share", "percent"), [(0, 0), (0.854, 85), (0.856, 86), (1, 100)])
def test_a_share_as_a_whole_number(share: float, percent: int) -> None:
    assert boards.whole_percent(share) == percent


@pytest.mark.parametrize(("text", "first", "rest"), [("2 giờ 10", "2", "giờ 10"), ("hạn", "hạn", ""), ("", "", "")])
def test_the_first_word_and_the_rest(text: str, first: str, rest: str) -> None:
    assert (boards.first_word(text), boards.other_words(text)) == (first, rest)
    assert " " not in boards.unbroken(text)
    assert list(boards.times(3)) == [0, 1, 2]


def test_a_row_without_a_clock_is_empty() -> None:
    assert boards.daybar_wall({}, None) == {}
