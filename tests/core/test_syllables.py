"""Vietnamese or not, by spelling."""

import unicodedata

import pytest

from core.syllables import evidence, is_syllable, is_vietnamese


@pytest.mark.parametrize("word", ["nghiêng", "Quốc", "quyền", "giếng", "gì", "ĐƯỢC", "thuở", "khuỷu", "yến", "à"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize(
    "word", ["", "Müller", "café", "C«ng", "®îc", "Ä‘Æ°á»£c", "ốc̀", "ươ" * 9, "ach̀", "còc", "жить"]
)
def test_what_is_none(word: str) -> None:
    assert not is_syllable(word)


def test_only_words_with_marks_count() -> None:
    assert evidence("Công ty ABC, Hà Nội (“ừ”) m²") == (4, 1)
    assert is_vietnamese("Xin chào, Müller! Được chứ? Vâng ạ.")
    assert not is_vietnamese("Müller")
    assert not is_vietnamese("plain words")
