import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.words.keys import folded_words, keys_of, marked_key, marked_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("QL1A", "ql 1a"), ("HN-001", "hn001"), ("kỹ thuật", "kĩ thuật"), ("Quy hoạch", "qui hoach"),
        ("industries", "industry"), ("harbours", "Harbor"), ("centre", "centers"), ("organisation", "organization"),
        ("programme", "programs"), ("cities", "city"), ("storeys", "story"), ("Ðông Anh", "đông anh"),
        ("fibre", "fiber"), ("labour", "labor"), ("licences", "license"), ("travelling", "traveling"),
    ],
)  # fmt: skip
def test_spellings_with_the_same_keys(one: str, other: str) -> None:
    assert keys_of(one) == keys_of(other)
    assert keys_of(unicodedata.normalize("NFD", one)) == keys_of(other)


@pytest.mark.parametrize(("one", "other"), [("Thủy", "thùi"), ("five", "fine"), ("1/500", "1/50"), ("G3", "G13")])
def test_words_that_stay_apart(one: str, other: str) -> None:
    assert keys_of(one) != keys_of(other)


def test_numbers_with_separators_are_runs() -> None:
    assert folded_words("1/500, 5,5 ha và 12.000") == "1 500 5 5 ha va 12 000"


@pytest.mark.parametrize(("one", "other"), [("hoà", "hòa"), ("thuỷ", "thủy"), ("HOÀ", "hòa"), ("loá", "lóa")])
def test_the_place_of_a_tone_makes_no_difference(one: str, other: str) -> None:
    assert marked_key(one) == marked_key(other)
    assert marked_key(unicodedata.normalize("NFD", one)) == marked_key(other)


def test_other_marks_make_one() -> None:
    assert len({marked_key(word) for word in ("dau", "đau", "đâu", "đầu", "đấu", "dầu")}) == 6


def test_only_words_with_marks_are_kept_as_marked() -> None:
    assert marked_words("Khu đô thị G3") == "đô thi5"


@given(st.text(max_size=200))
def test_keys_of_keys_are_the_same_words(text: str) -> None:
    assert all(key and not key.isspace() and " " not in key for key in keys_of(text))
