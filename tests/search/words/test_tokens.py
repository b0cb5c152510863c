import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, words
from search.words.tokens import composed, tokens


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_point_into_the_text_as_written(form: str) -> None:
    text = unicodedata.normalize(form, "Khu đô thị Đông Anh, 5,5 ha (1/500) ﬁn ß")
    assert [token.word for token in tokens(text)] == words(text)
    assert [composed(text[t.start : t.end]) for t in tokens(text)][:5] == ["khu", "đô", "thị", "đông", "anh"]


@given(st.text(max_size=60))
def test_any_text_gives_the_folded_words_with_valid_offsets(text: str) -> None:
    found = tokens(text)
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found)) or not text.isascii()
    assert all(fold(t.word) == t.word for t in found)


def test_a_decomposed_word_keeps_its_last_marks() -> None:
    text = unicodedata.normalize("NFD", "tế chợ")
    assert [text[t.start : t.end] for t in tokens(text)] == unicodedata.normalize("NFD", "tế chợ").split()


@pytest.mark.parametrize("letter", "Đđ\u00d0\u00f0\u0189\u0256")
def test_letters_that_look_like_d_with_a_stroke_are_one(letter: str) -> None:
    assert [token.word for token in tokens(f"{letter}ất")] == ["dat"]
    assert composed(f"{letter}ất") == "đất"


def test_endless_marks_end() -> None:
    assert composed("a" + "\u0323" * 20_000) == "ạ" + "\u0323" * 7
