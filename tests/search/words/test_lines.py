"""Lines of words: what is kept of them, and what is refused with which sentence."""

import pytest

from search.words import lines


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("KCN\nkhu công nghiệp", ("KCN", "khu công nghiệp")),
        ("  KCN \r\n\r\n khu\t công  nghiệp ", ("KCN", "khu công nghiệp")),
        ("khu co\u0302ng nghie\u0323\u0302p", ("khu công nghiệp",)),
        ("K\u200bCN\ufeff", ("KCN",)),
        ("", ()),
        (" \n\u200b\n", ()),
    ],
)
def test_lines_are_kept_clean(text: str, kept: tuple[str, ...]) -> None:
    assert lines.split(text) == kept


@pytest.mark.parametrize(
    "line",
    [
        "khu công nghiệp",
        "R&D",
        "Bà Rịa - Vũng Tàu",
        "people's committee",
        "x" * 60,
        "a b c d e f g h",
        "quy hoạch 1/500",
    ],
)
def test_words_that_can_be_used(line: str) -> None:
    assert not list(lines.problems([line]))


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("x" * 61, "60"),
        ("a b c d e f g h i", "8"),
        ("???", "???"),
        ("khu\u3164công", "khu"),  # Hangul filler: a letter that shows nothing
        ("khu\ue000công", "khu"),
    ],
)
def test_a_line_that_cannot_be_used_is_quoted(line: str, part: str) -> None:
    (problem,) = lines.problems([line])
    assert part in problem.messages[0]
    assert "%" not in problem.messages[0]


def test_too_many_lines_are_one_problem() -> None:
    (problem,) = lines.problems(["?"] * 31)
    assert "31" in problem.messages[0]
    assert not list(lines.problems(["a"] * 30))


@pytest.mark.parametrize(
    ("given", "again"),
    [
        (["KCN", "khu công nghiệp", "kcn"], ["kcn"]),
        (["e-commerce", "E commerce"], ["E commerce"]),
        (["Đà Nẵng", "đà na\u0306\u0303ng"], ["đà na\u0306\u0303ng"]),
        (["Đà Nẵng", "Da Nang"], []),  # other marks are other words
        (["cầu", "cau"], []),
    ],
)
def test_the_same_words_with_the_same_marks_are_repeated(given: list[str], again: list[str]) -> None:
    assert lines.repeated(given) == again
