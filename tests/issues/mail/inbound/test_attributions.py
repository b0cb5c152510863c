"""Which lines introduce a quotation, and what is below them."""

import pytest

from issues.mail.inbound.attributions import Below, introductions, is_quoted, names_a_sender

GMAIL = "Vào Th 4, 18 thg 11, 2026 vào lúc 10:02 Trong Ngày <no-reply@x.vn> đã viết:"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Vâng.", GMAIL, "> Hỏi?"], {1: (1, Below.MARKED)}),
        (["Vâng.", *GMAIL.replace(" <", "\n<").split("\n"), "> Hỏi?"], {1: (2, Below.MARKED)}),
        (["Vâng.", GMAIL, "", "Hỏi?"], {1: (1, Below.ALL)}),
        ([GMAIL, "", "Hỏi?"], {}),
        (["Vâng.", GMAIL, "Hỏi?"], {}),
        (["Vâng.", GMAIL], {}),
        (["Vâng.", "", "Trong Ngày đã viết:", "> Hỏi?"], {2: (1, Below.MARKED)}),
        (["Vâng.", "Trong Ngày đã viết:", "> Hỏi?"], {}),
        (["Bài viết:", "> Hỏi?"], {}),
        (["----- Thông điệp gốc -----", "Từ: A", "Hỏi?"], {0: (1, Below.ALL)}),
        (["----- Thông điệp gốc -----", "của chúng tôi"], {}),
        (["Từ: a@x.vn", "Chủ đề: B", "Đến: b@x.vn", "", "Hỏi?"], {0: (1, Below.ALL)}),
        (["Từ: a@x.vn", "Chủ đề: B", "Đến: b@x.vn", "Hỏi?"], {}),
        (["Từ: Km0", "Chủ đề: B", "Đến: Km5", "", "Hỏi?"], {}),
        (["Từ: a@x.vn", "Chủ đề: B", "Đến: b@x.vn"], {}),
        (["Có thư sau:", "", "Từ: a@x.vn", "Chủ đề: B", "Đến: b@x.vn", "", "Hỏi?", "", "Xin xem."], {}),
        (["Ngày 12/11/2026 chúng tôi nhận thư, trong đó bà B <b@x.vn> viết:", "> Hỏi?", "Xong."], {}),
        (["On 12/11/2026 we had a letter in which Mr B <b@x.vn> wrote:", "> Hỏi?", "Xong."], {}),
        (["Ngày 12/11/2026 chúng tôi đã nộp hồ sơ tại bộ phận một cửa của Sở Xây dựng",
          "Trong Ngày <r@x.vn> đã viết:", "> Hỏi?"], {1: (1, Below.MARKED)}),
    ],
)  # fmt: skip
def test_introductions(lines: list[str], found: dict[int, tuple[int, Below]]) -> None:
    assert introductions(lines) == found


def test_an_attribution_inside_of_the_quotation_is_known() -> None:
    assert names_a_sender(f"> {GMAIL}")
    assert not names_a_sender("> Ngày 12/11/2026, hồ sơ gồm:")
    assert not names_a_sender(GMAIL)


def test_marked_lines() -> None:
    assert is_quoted(" > Hỏi?")
    assert not is_quoted("Hỏi > đáp")
