"""What somebody wrote, told apart from what their mail program added. Each case is the form of a real program."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.mail.inbound.quotes import own_words, split

GMAIL = "On Wed, Nov 18, 2026 at 10:02 AM Trong Ngày <no-reply@x.vn> wrote:"
GMAIL_VI = "Vào Th 4, 18 thg 11, 2026 vào lúc 10:02 Trong Ngày <no-reply@x.vn> đã viết:"
BROKEN = "On Wed, Nov 18, 2026 at 10:02 AM Trong Ngày, Ủy ban nhân dân\n<no-reply@x.vn> wrote:"
OUTLOOK = "From: Trong Ngày <no-reply@x.vn>\nSent: Wednesday, 18 November\nTo: A <a@x.vn>\nSubject: Hỏi\n\nHỏi?"
OUTLOOK_VI = "Từ: Trong Ngày <no-reply@x.vn>\nĐã gửi: Thứ Tư, 18 tháng 11\nĐến: A <a@x.vn>\nChủ đề: Hỏi\n\nHỏi?"
BETWEEN = "On Wed, Nov 18, 2026 Trong Ngày wrote:\n> Diện tích?\n1.200 m²\n> Năm?\n2012\n"
CASES = {
    "gmail": (f"Diện tích 1.200 m².\n\n{GMAIL}\n\n> Hỏi?\n> -- \n", "Diện tích 1.200 m²."),
    "gmail in Vietnamese": (f"Đã gửi bản vẽ.\n\n{GMAIL_VI}\n> Hỏi?", "Đã gửi bản vẽ."),
    "a long attribution in two lines": (f"Được.\n\n{BROKEN}\n> Hỏi?", "Được."),
    "outlook": (f"Vâng.\n\n________________________________\n{OUTLOOK}", "Vâng."),
    "outlook in Vietnamese": (f"Vâng.\n\n{OUTLOOK_VI}", "Vâng."),
    "original message": ("Vâng.\n-----Original Message-----\nFrom: x\n\nHỏi?", "Vâng."),
    "thunderbird": ("Vâng.\n\nOn 18/11/2026 10:02, Trong Ngày wrote:\n> Hỏi?\n", "Vâng."),
    "answers in between": (BETWEEN, "> Diện tích?\n1.200 m²\n> Năm?\n2012"),
    "a signature": ("Vâng.\n\n-- \nCán bộ 1\n0912", "Vâng."),
    "a phone": (f"Vâng.\n\nSent from my iPhone\n\n{GMAIL}\n> Hỏi?", "Vâng."),
    "a phone in Vietnamese": ("Vâng.\n\nGửi từ iPhone của tôi\n", "Vâng."),
    "no quotation at all": ("Dòng một.\n\n\n\nDòng hai.", "Dòng một.\n\nDòng hai."),
    "words that look like a header": ("Từ: Cầu Giấy\nchuyển về Đống Đa.", "Từ: Cầu Giấy\nchuyển về Đống Đa."),
    "nothing of one's own": ("> Hỏi?\n> Hỏi?", ""),
    "only an attribution": (f"{GMAIL}\n> Hỏi?", ""),
    "other line ends": ("Vâng.\r\n\r\n> Hỏi?\r\n", "Vâng."),
}


@pytest.mark.parametrize("name", CASES)
def test_own_words(name: str) -> None:
    text, expected = CASES[name]
    assert own_words(text) == expected


# Characters of marks, attributions and signatures, so that they meet often.
HOSTILE = st.text(alphabet=">-_:@<> \n\rabTừwroteviết,0129/", max_size=400)


@given(st.one_of(st.text(max_size=400), HOSTILE))
def test_no_line_of_any_text_is_lost(text: str) -> None:
    words = split(text)
    told_apart = [line.strip() for part in words for line in part.split("\n") if line.strip() and line != "> […]"]
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert sorted(told_apart) == sorted(line.strip() for line in plain.split("\n") if line.strip())


@given(st.text(alphabet=st.characters(categories=["L", "Nd"]), min_size=1, max_size=80))
def test_plain_words_are_never_lost(text: str) -> None:
    assert own_words(f"{text}\n\n> trích\n") == text


@pytest.mark.parametrize(
    "line",
    [
        "On Wed, Nov 18, 2026 at 10:02 AM Trong Ngày <no-reply@x.vn> wrote:", "Trong Ngày đã viết:",
        "-----Original Message-----", "Từ: Trong Ngày <no-reply@x.vn>", "From: A", "-- ", "--", ">", "> x",
        "________________________________",
    ],
)  # fmt: skip
def test_a_line_with_nothing_quoted_below_it_is_kept(line: str) -> None:
    text = f"Một.\n{line}\nHai, và đây là ý chính của thư.\n{'Ba. ' * 120}"
    assert own_words(text) == "\n".join(part.rstrip() for part in text.split("\n"))


def test_a_long_quotation_above_an_answer_is_shortened() -> None:
    lines = "\n".join(f"> dòng {number}" for number in range(9))
    text = f"On Wed, Nov 18, 2026 Trong Ngày wrote:\n{lines}\nĐáp một\n{lines}\nĐáp hai"
    context = "> […]\n> dòng 6\n> dòng 7\n> dòng 8"
    words = split(text)
    assert words.own == f"{context}\nĐáp một\n{context}\nĐáp hai"
    assert "> dòng 5" in words.cut


@pytest.mark.parametrize(
    "line",
    [
        "Đã gửi từ iPhone của tôi", "Gửi từ iPad của tôi", "Được gửi từ thiết bị Samsung Galaxy của tôi",
        "Đã gửi từ Outlook cho iOS<https://aka.ms/o0ukef>", "Tải Outlook cho Android", "Gửi từ Yahoo Mail trên Android",
        "Gửi từ Thư dành cho Windows", "Đã gửi từ điện thoại thông minh Xiaomi của tôi",
        "Đã gửi từ điện thoại của tôi.", "Sent from my iPhone",
        "Sent from my Galaxy S24 Ultra", "Sent from Outlook for iOS",
        "Sent from Mail for Windows 10",
        "Sent from Yahoo Mail on Android", "Get Outlook for iOS", "Sent from my Redmi Note 12",
    ],
)  # fmt: skip
def test_what_phones_add_is_no_message(line: str) -> None:
    assert own_words(f"\n{line}\n") == ""
    assert own_words(f"Đủ.\n\n{line}\n") == "Đủ."


@pytest.mark.parametrize(
    "line",
    [
        "Gửi từ ngày 12/11/2026 đến nay chưa có trả lời.", "Đã gửi từ tuần trước.", "Đã gửi qua thư.", "Gửi qua mail.",
        "Đã gửi từ điện thoại của giám đốc lúc 10 giờ.", "Sent from my office by courier.", "Gửi từ Hà Nội",
        "Get Outlook for the staff", "Được gửi từ bưu điện Cầu Giấy",
    ],
)  # fmt: skip
def test_words_about_sending_are_the_persons(line: str) -> None:
    assert own_words(f"Đủ.\n{line}") == f"Đủ.\n{line}"
