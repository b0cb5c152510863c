"""Words as they are indexed."""

from search.index_words import marked_words


def test_marked_words_are_those_with_marks() -> None:
    assert marked_words("Đầu tư KCN Quang Minh 5,5 ha") == "đầu tư"
