"""How the listed phrases are heard: with the marks of the text, or without any."""

import unicodedata

import pytest

from issues.routing.terms import UNMARKED, Term, TermIndex
from issues.routing.tokens import read


def heard(text, *phrases, weight=4.0):
    index = TermIndex([Term("utilities", phrase, weight) for phrase in phrases])
    return [(found.written, found.weights["utilities"]) for found in index.find(read(text))]


def test_marks_that_contradict_silence_a_phrase():
    assert heard("Diện tích của công ty", "điện") == []
    assert heard("Cho hỏi thủ tục", "chợ") == []
    assert heard("Chất lượng nước", "lương") == []
    assert heard("Mất điện", "điện") == [("điện", 4.0)]


def test_a_text_without_marks_is_taken_as_it_is():
    assert heard("cong ty bi mat dien", "mất điện") == [("mat dien", 4.0)]
    assert heard("dien tich", "điện") == [("dien", 4.0 * UNMARKED)]  # may be several words


def test_one_word_typed_without_marks_does_not_silence_a_phrase():
    assert heard("Bị mat điện", "mất điện") == [("mat điện", 4.0)]
    assert heard("Bị mắt điện", "mất điện") == []


@pytest.mark.parametrize("text", ["hoà mạng", "hòa mạng", "HÒA MẠNG", unicodedata.normalize("NFD", "hoà mạng")])
def test_the_place_of_the_tone_does_not_matter(text):
    assert heard(text, "hoà mạng") == heard(text, "hòa mạng") == [(unicodedata.normalize("NFC", text), 4.0)]


def test_two_spellings_of_one_folded_phrase_are_two_phrases():
    index = TermIndex([Term("utilities", "điện", 4.0), Term("land", "diện", 2.0)])
    assert [dict(found.weights) for found in index.find(read("điện và diện"))] == [{"utilities": 4.0}, {"land": 2.0}]
    assert [dict(f.weights) for f in index.find(read("dien"))] == [{"utilities": 4 * UNMARKED, "land": 2 * UNMARKED}]


def test_a_shorter_phrase_is_heard_where_the_longer_is_contradicted():
    assert heard("hỏi mất điện diện rộng", "mất điện", "mất điện điện") == [("mất điện", 4.0)]


def test_without_marks_a_syllable_that_is_rarely_meant_is_not_heard():
    index = TermIndex([Term("trade", "chợ", 4), Term("environment", "bụi", 4)])
    assert index.find(read("xin cho thue dat")) == []
    assert [found.written for found in index.find(read("bui bay ca ngay"))] == ["bui"]
    assert [found.written for found in index.find(read("chợ đầu mối"))] == ["chợ"]
