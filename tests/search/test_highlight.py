import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search.query_text import parse

from search.highlight import highlight, snippet


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Khu đô thị Đông Anh", "dong anh", "Khu đô thị <mark>Đông</mark> <mark>Anh</mark>"),
        ("KCN Quang Minh", "khu công nghiệp", "<mark>KCN</mark> Quang Minh"),
        ("Khu công nghiệp Quang Minh", "kcn", "<mark>Khu công nghiệp</mark> Quang Minh"),
        (
            "a < b & <script>x</script>",
            "script",
            "a &lt; b &amp; &lt;<mark>script</mark>&gt;x&lt;/<mark>script</mark>&gt;",
        ),
        ("Rộng 5,5 ha", "5,5", "Rộng <mark>5,5</mark> ha"),
        ("Nothing here", "đất", "Nothing here"),
        ("", "đất", ""),
    ],
)
def test_what_was_found_is_marked_in_the_original(text: str, query: str, expected: str) -> None:
    assert highlight(text, parse(query)) == expected


def test_a_decomposed_text_is_marked_whole() -> None:
    text = unicodedata.normalize("NFD", "đất nền")
    assert highlight(text, parse("nền")) == unicodedata.normalize("NFD", "đất <mark>nền</mark>")


@given(st.text(alphabet="<>&\"'đất nền=/", max_size=80), st.text(alphabet="đất nền<>&mark", max_size=20))
def test_the_only_markup_is_ours(text: str, query: str) -> None:
    for made in (highlight(text, parse(query)), snippet(text, parse(query), length=20)):
        rest = made.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in rest
        assert ">" not in rest


def test_a_snippet_shows_the_match_and_says_what_it_leaves_out() -> None:
    text = "đầu " * 100 + "kim cương " + "cuối " * 100
    piece = snippet(text, parse("kim cương"), length=60)
    assert "<mark>kim</mark> <mark>cương</mark>" in piece
    assert piece.startswith("…")
    assert piece.endswith("…")
    assert len(piece) < 120


def test_a_short_text_is_its_own_snippet() -> None:
    assert snippet("Đất ở", parse("đất"), length=60) == "<mark>Đất</mark> ở"
