import pytest
from hypothesis import given
from hypothesis import strategies as st
from search.query_text import MAX_WORDS, parse


def spellings(text: str) -> list[set[str]]:
    return [{" ".join(spelling) for spelling in term.spellings} for term in parse(text).terms]


def test_a_short_form_is_looked_for_in_full_too() -> None:
    assert {"kcn", "khu cong nghiep"} <= spellings("KCN")[0]
    assert {"gpmb", "giai phong mat bang"} <= spellings("gpmb")[0]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("khu công nghiệp", "kcn"),
        ("giai phong mat bang", "gpmb"),
        ("Uỷ ban nhân dân", "ubnd"),
        ("ỦY BAN NHÂN DÂN", "ubnd"),
        ("bất động sản", "bds"),
        ("đầu tư nước ngoài", "dtnn"),
        ("đối tác công tư", "ppp"),
        ("nhà ở xã hội", "noxh"),
        ("phòng cháy và chữa cháy", "pccc"),
        ("hợp tác xã", "htx"),
    ],
)
def test_a_full_form_is_looked_for_in_short_too(full: str, short: str) -> None:
    assert short in spellings(full)[0]


def test_the_longest_full_form_wins() -> None:
    assert "kdtm" in spellings("khu đô thị mới Mê Linh")[0]
    assert "kdt" in spellings("khu đô thị Mê Linh")[0]


def test_stop_words_go_with_their_marks_only() -> None:
    assert parse("chợ ở Đông Anh").words == ("cho", "dong", "anh")
    assert parse("dự án cho thuê").words == ("du", "an", "cho", "thue")


def test_english_words_that_are_vietnamese_without_marks_are_kept() -> None:
    assert parse("hoi an, the thao").words == ("hoi", "an", "the", "thao")


def test_while_typing_every_word_tells() -> None:
    assert parse("bất động sản của", unfinished=True).words[-1] == "cua"


def test_a_phrase_has_short_forms_in_full() -> None:
    assert parse("KCN Đông Anh").phrase == ("khu", "cong", "nghiep", "dong", "anh")


def test_nothing_but_stop_words_is_still_looked_for() -> None:
    assert parse("of").words == ("of",)


def test_a_word_twice_is_one_term() -> None:
    assert parse("Hà Nội Hà Nội").words == ("ha", "noi")


@pytest.mark.parametrize("text", ["", "   ", '"', "*", "😀", "()^:-+", "\x00", "\ud800"])
def test_nothing_to_look_for(text: str) -> None:
    assert not parse(text)


@given(st.text(max_size=2000))
def test_any_text_is_understood(text: str) -> None:
    assert len(parse(text).terms) <= MAX_WORDS
    assert all(term.words and all(term.words) for term in parse(text).terms)


def test_of_a_very_long_text_the_beginning_counts() -> None:
    assert len(parse("đầu tư " + " ".join(f"w{i}" for i in range(5000))).words) <= MAX_WORDS
