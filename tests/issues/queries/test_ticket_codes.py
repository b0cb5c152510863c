"""A code is meant whichever way it is typed."""

import pytest

from core import clock
from core.text import fold
from issues.queries.ticket_codes import codes_meant, whole_code
from tests.issues.conftest import MORNING


@pytest.mark.parametrize(
    "typed",
    [
        "KN-2026-0034", "kn-2026-0034", "KN20260034", "kn 2026 0034", "KN-2026-34", "kn202634", "kn.2026.0034",
        "KN_2026_0034", "KN–2026–0034", "  KN/2026/0034 ", "2026-0034", "2026/34",
    ],
)  # fmt: skip
def test_a_whole_code(typed: str) -> None:
    assert whole_code(typed) == "KN-2026-0034"
    assert codes_meant(typed)[0] == "KN-2026-0034"


@pytest.mark.parametrize("typed", ["34", "0034", "#34", "kn34", "kn-0034", "số 34", "No. 34"])
def test_a_number_alone_is_of_this_year_or_of_one_before(typed: str) -> None:
    with clock.at(MORNING):
        meant = [code for code in codes_meant(typed) if code.startswith("KN-20")]
    assert meant[:2] == ["KN-2026-0034", "KN-2025-0034"]
    assert whole_code(typed) == ""


def test_a_code_among_words() -> None:
    assert "KN-2026-0034" in codes_meant("trả lời cho kn-2026-34 đâu rồi")
    assert whole_code("trả lời cho kn-2026-34 đâu rồi") == ""


@pytest.mark.parametrize("typed", ["", "!!!", "giấy phép", "x" * 10_000, "9" * 10_000, "\x00", "2026-"])
def test_other_texts_are_no_codes(typed: str) -> None:
    assert whole_code(typed) == ""
    assert codes_meant(typed) in ([], [fold(typed).strip().upper()])
