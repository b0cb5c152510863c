"""Placeholders of saved replies."""

import pytest

from issues.sentences.reply_placeholders import unknown_placeholders

pytestmark = pytest.mark.usefixtures("half_past_nine")


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("{code} {due}", []), ("{ten} {ten} {Code}", ["{ten}", "{Code}"]), ("{}", ["{}"]), ("{ một { hai }", ["{ hai }"])],
)
def test_what_is_no_placeholder(text: str, unknown: list[str]) -> None:
    assert unknown_placeholders(text) == unknown
