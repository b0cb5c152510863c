import pytest

from core.text import words
from search.abbreviations import FULL_FORMS, full_forms, short_forms
from search.index_words import folded_words
from search.query_text import parse


@pytest.mark.parametrize("short", FULL_FORMS)
def test_every_short_form_goes_both_ways(short: str) -> None:
    [folded] = words(short)
    assert full_forms(folded)
    assert all(folded in short_forms(full) for full in full_forms(folded))


def test_a_text_with_a_short_form_holds_the_full_words_too() -> None:
    assert " khu cong nghiep" in folded_words("KCN Quang Minh")
    assert " thanh pho" in folded_words("Tp. Hà Nội")


def test_a_word_with_other_marks_is_not_an_abbreviation() -> None:
    assert folded_words("Bột giấy") == "bot giay"
    assert [term.spellings for term in parse("bột").terms] == [(("bot",),)]
    assert len(parse("bot").terms[0].spellings) > 1


def test_two_small_letters_are_not_taken_for_an_abbreviation() -> None:
    assert folded_words("cp bt") == "cp bt"
