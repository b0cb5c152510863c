import sys
import time
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import clean, fold, words
from tests.long import IS_LONG

ANY_TEXT = st.text(alphabet=st.characters())  # every code point, lone surrogates included


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đầu tư", "dau tu"),
        ("đường", "duong"),
        ("GIẢI PHÓNG MẶT BẰNG", "giai phong mat bang"),
        ("Cụm công nghiệp Phú Nghĩa", "cum cong nghiep phu nghia"),
        ("VAT refund 2024", "vat refund 2024"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Đặng 😀", "dang 😀"),
        ("", ""),
    ],
)
def test_fold(text, expected):
    assert fold(text) == expected


def test_fold_is_idempotent_for_every_single_character():
    changed = [code for code in _characters() if fold(fold(chr(code))) != fold(chr(code))]
    assert changed == []


def _characters() -> Iterator[int]:
    """Every character that has a meaning; in the long form every number that could have one."""
    unassigned = ("Cn", "Co", "Cs")
    numbers = range(sys.maxunicode + 1)
    return (code for code in numbers if IS_LONG or unicodedata.category(chr(code)) not in unassigned)


@given(ANY_TEXT)
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_fold_ignores_composition(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(ANY_TEXT)
def test_fold_leaves_no_mark_and_no_stroke(text):
    folded = fold(text)
    assert not [c for c in folded if unicodedata.category(c) == "Mn" or c in "đĐ"]


@given(st.text(alphabet="aáảãạăắằđĐêếIƯớ b"))
def test_fold_ignores_case_of_vietnamese(text):
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dự án 5,5 ha, giá 1.200 tỷ.", ["du", "an", "5,5", "ha", "gia", "1.200", "ty"]),
        ("quy hoạch 1/500", ["quy", "hoach", "1/500"]),
        ("PCCC&CNCH", ["pccc", "cnch"]),
        ("snake_case e-mail", ["snake", "case", "e", "mail"]),
        ("10ha; 2024.", ["10ha", "2024"]),
        (" \n\t… ", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@given(ANY_TEXT)
def test_words_are_folded_and_not_empty(text):
    assert all(word and word == fold(word) for word in words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x07c", "abc"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("cột\tcột\n", "cột\tcột\n"),
        ("x\ud800y", "xy"),
        ("abc\u202edef\ufeff", "abcdef"),
        ("đ\u00adất", "đất"),
        ("👩\u200d💻", "👩\u200d💻"),
        (unicodedata.normalize("NFD", "Đầu tư"), "Đầu tư"),
    ],
)
def test_clean(text, expected):
    assert clean(text) == expected


@given(ANY_TEXT)
def test_clean_is_idempotent_and_storable(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode("utf-8")
    assert not [c for c in cleaned if unicodedata.category(c) == "Cc" and c not in "\n\t"]


def test_fold_is_fast_enough_for_every_search():
    text = "Đề nghị điều chỉnh kế hoạch sử dụng đất để thực hiện dự án " * 10  # 130 words
    fold(text)
    best = min(_elapsed(fold, text) for _ in range(50))
    assert best < 0.001


def _elapsed(function, argument):
    started = time.perf_counter()
    function(argument)
    return time.perf_counter() - started
