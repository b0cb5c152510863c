"""Words as the text vote reads them."""

from issues.routing.tokens import marked


def test_marked_keeps_what_makes_words_differ():
    assert marked("Đất") != marked("dat")
    assert marked("hoá") == marked("hóa") != marked("hoa")
