import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Scope
from search.highlight import highlight, snippet
from search.query.expansions import expansions
from search.query.parsed import ParsedText
from search.query.understand import understand
from tests.search.query.conftest import GROUPS, Texts


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Khu đô thị Đông Anh", "dong anh", "Khu đô thị <mark>Đông Anh</mark>"),
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
    assert highlight(text, parse(query, text)) == expected


def test_a_decomposed_text_is_marked_whole() -> None:
    text = unicodedata.normalize("NFD", "đất nền")
    assert highlight(text, parse("nền", text)) == unicodedata.normalize("NFD", "đất <mark>nền</mark>")


@given(st.text(alphabet="<>&\"'đất nền=/", max_size=80), st.text(alphabet="đất nền<>&mark", max_size=20))
def test_the_only_markup_is_ours(text: str, query: str) -> None:
    for made in (highlight(text, parse(query, text)), snippet(text, parse(query, text), length=20)):
        rest = made.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in rest
        assert ">" not in rest


def test_a_snippet_shows_the_match_and_says_what_it_leaves_out() -> None:
    text = "đầu " * 100 + "kim cương " + "cuối " * 100
    piece = snippet(text, parse("kim cương", text), length=60)
    assert "<mark>kim cương</mark>" in piece
    assert piece.startswith("…")
    assert piece.endswith("…")
    assert len(piece) < 120


def test_a_short_text_is_its_own_snippet() -> None:
    assert snippet("Đất ở", parse("đất", "Đất ở"), length=60) == "<mark>Đất</mark> ở"


def parse(query: str, text: str) -> ParsedText:
    """The query as it is understood where `text` is what there is."""
    return understand(query, expansions(GROUPS), Texts(text), Scope())  # type: ignore[arg-type]
