"""The words of a mail that has only HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.mail.inbound.plain import text_of_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Vâng.</p><div class='gmail_quote'>Ai:<blockquote>Hỏi?</blockquote></div>", "Vâng.\nAi:\n> Hỏi?"),
        ("<head><title>x</title><style>p{}</style></head><body>A<br>B &amp; C<script>f()</script></body>", "A\nB & C"),
        ("<div>Một</div><div>hai <b>ba</b></div>", "\nMột\n\nhai ba\n"),
        ("<blockquote>Hỏi?<br><p>nữa</blockquote>Đáp", "> Hỏi?\n>\n> nữa\nĐáp"),
        ("không có thẻ", "không có thẻ"),
        ("<p>hở <b>chưa đóng", "hở chưa đóng"),
    ],
)  # fmt: skip
def test_words_of_html(html: str, text: str) -> None:
    assert text_of_html(html).strip().split() == text.split()


@given(st.text(alphabet="<>/abpdiv \"'=!-&;", max_size=200))
def test_any_html_is_survived(html: str) -> None:
    text_of_html(html)


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "blockquote", "ul><li", "a href=x", "p", "font"])
def test_deep_nesting_is_survived(tag: str) -> None:
    text = text_of_html(f"<{tag}>" * 50_000 + "lời cuối")
    assert text.endswith("lời cuối")
