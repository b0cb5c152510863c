import sys
import time
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import MOST_MARKS, beginning, clean, fold, is_longer, normal, stream_safe, words
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
        ("\u00d0ầu tư, \u00f0ất, \u0189ông, \u0256ường", "dau tu, dat, dong, duong"),
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
    assert not [c for c in folded if unicodedata.category(c) == "Mn" or c in "đĐ\u00d0\u00f0\u0189\u0256"]


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


MARKS = {
    "one mark": "\u0301",
    "two classes": "\u0301\u0323",
    "a mark of two": "\u0344",
    "Tibetan, of class 0": "\u0f73",
    "grapheme joiner between": "\u0301\u034f",
    "zero-width joiner between": "\u0301\u200d",
    "outside of the first plane": "\U0001e8d0",
    "enclosing": "\u20dd",
    "halfwidth voicing": "\uff9e",
}


@pytest.mark.parametrize("marks", MARKS.values(), ids=MARKS)
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("base", ["a", "", "ế", "\u0958"])
def test_no_letter_has_endless_marks(base, marks, form):
    text = f"1{base}{marks * 20_000}z đất"
    for shortened in (stream_safe(text), clean(text), normal(text, form)):
        assert len(shortened) < 3 * MOST_MARKS + (20_100 if "\u200d" in marks else 20)
        assert shortened[0] == "1"
        assert unicodedata.normalize("NFC", shortened).endswith("z đất")
        assert all(len(run) <= MOST_MARKS for run in _runs(unicodedata.normalize("NFC", shortened)))
    assert fold(text)[0] == "1"
    assert fold(text).endswith("z dat")


def _runs(text: str) -> Iterator[list[str]]:
    """The marks of each letter; joiners end no run."""
    run: list[str] = []
    for char in text:
        if unicodedata.category(char) in ("Mn", "Me"):
            run.append(char)
        elif unicodedata.category(char) != "Cf":
            yield run
            run = []
    yield run


@pytest.mark.parametrize(
    "text",
    [
        "Đầu tư " * 1000,
        unicodedata.normalize("NFD", "Nguyễn Thị Ưng " * 1000),
        "กำลังดำเนินการที่กรุงเทพฯ น้ำ ผู้ใหญ่",
        "བོད་སྐད་ཀྱི་བརྡ་སྤྲོད",
        "שָׁלוֹם עֲלֵיכֶם",
        "👩🏽\u200d🚒👨\u200d👩\u200d👧\u200d👦 1\ufe0f\u20e3",
        "a" + "\u0301" * MOST_MARKS,
    ],
)
def test_text_that_people_write_is_kept_whole(text):
    assert stream_safe(text) == text


@given(
    st.text(
        alphabet=st.sampled_from("aế\u0958\ufb2c\u0301\u0323\u0344\u0f73\u034f\u200d\u302e\U0001d165ཀ"), min_size=15
    )
)
def test_endless_marks_change_nothing_that_holds_of_text(text):
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)
    assert stream_safe(stream_safe(text)) == stream_safe(text)


VIETNAMESE = "Đường Nguyễn Huệ, phường Bến Nghé"


@pytest.mark.parametrize(
    ("text", "most", "longer"),
    [
        ("abc", 3, False),
        ("abcd", 3, True),
        (unicodedata.normalize("NFD", VIETNAMESE), len(VIETNAMESE), False),
        (unicodedata.normalize("NFD", VIETNAMESE), len(VIETNAMESE) - 1, True),
        ("a\r\nb\r\nc", 5, False),
        ("a\r\nb\r\nc", 4, True),
        ("  abc" + "\n" * 50, 3, False),
        ("a" + "\u0301" * 20, 10, True),
        ("a" + "\u0301" * 100_000, 20_000, True),
        ("\u0301" * 100_000, 99_000, True),
    ],
)
def test_the_length_of_a_text_as_it_came_in(text, most, longer):
    assert is_longer(text, most) is longer


def test_the_beginning_of_a_text_is_clean_and_short():
    assert beginning("một\x00 " * 100_000, 9) == "một một m"
    assert beginning(unicodedata.normalize("NFD", "ế" * 100), 50) == "ế" * 50


def test_fold_is_fast_enough_for_every_search():
    text = "Đề nghị điều chỉnh kế hoạch sử dụng đất để thực hiện dự án " * 10  # 130 words
    fold(text)
    best = min(_elapsed(fold, text) for _ in range(50))
    assert best < 0.001


def _elapsed(function, argument):
    started = time.perf_counter()
    function(argument)
    return time.perf_counter() - started
