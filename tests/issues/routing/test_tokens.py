"""Words as the text vote reads them."""

import pytest

from issues.routing.tokens import READ_AT_MOST, marked, read


def test_marked_keeps_what_makes_words_differ():
    assert marked("Đất") != marked("dat")
    assert marked("hoá") == marked("hóa") != marked("hoa")


@pytest.mark.parametrize("letter", "Đđ\u00d0\u00f0\u0189\u0256")
def test_letters_that_look_like_d_with_a_stroke_are_one(letter: str) -> None:
    words = read(f"{letter}ất")
    assert (words.folded, marked(words.written[0])) == (["dat"], "đât\u0301")


def test_endless_letters_and_marks_are_read_within_bounds() -> None:
    for text in ("a" * 100_000, "a" + "\u0301" * 100_000, ("a" + "\u0301" * 8) * 10_000):
        assert sum(map(len, read(text).written)) <= READ_AT_MOST
