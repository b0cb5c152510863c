"""Who wrote: a person, a machine, or perhaps one."""

from email.parser import BytesParser
from email.policy import compat32

import pytest

from issues.mail.inbound.automatic import Author, judge_head, judge_words


def author(text: str = "Diện tích 1.200 m².", *fields: str, subject: str = "Re: [KN-2026-0034] Câu hỏi") -> Author:
    raw = "\n".join(["From: a@x.vn", *fields]).encode() + b"\n\n"
    head = BytesParser(policy=compat32).parsebytes(raw, headersonly=True)
    return judge_words(judge_head(head, subject), text).author


@pytest.mark.parametrize(
    "field",
    [
        "Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated (x); y=z", "X-Autoreply: yes",
        "X-Autorespond: x", "Precedence: bulk", "Precedence: auto_reply", "Return-Path: <>",
        "Content-Type: multipart/report; report-type=delivery-status",
        "Content-Type: multipart/report; report-type=disposition-notification",
        "Content-Type: text/calendar; method=REPLY", "X-Failed-Recipients: a@x.vn",
    ],
)  # fmt: skip
def test_machines_by_their_fields(field: str) -> None:
    assert author("Vâng.", field) == Author.MACHINE


@pytest.mark.parametrize(
    "subject",
    [
        "Trả lời tự động: [KN-2026-0034] Câu hỏi", "TRA LOI TU DONG: x", "Automatic reply: x", "[Auto-Reply] x",
        "Autoreply: x", "Out of Office: x", "Vắng mặt: x", "Thư trả lời tự động", "Réponse automatique : x",
        "Undeliverable: x", "Mail delivery failed: returning message", "Read: x", "Đã đọc: x", "자동 회신: x",
        "Automatische Antwort: x", "Recall: x", "Không gửi được: x",
        "Hồi đáp tự động: x", "Out of Office AutoReply: x", "Automatic reply to: x", "Trả lời tự động – x",
    ],
)  # fmt: skip
def test_machines_by_their_subjects(subject: str) -> None:
    assert author("Vâng.", subject=subject) == Author.MACHINE


@pytest.mark.parametrize(
    "text",
    [
        "I am currently out of the office until Monday.", "Hiện tôi đang đi công tác, sẽ trả lời sau.",
        "Tôi đang nghỉ phép từ ngày 12/11/2026.", "Chúng tôi đã nhận được email của anh/chị và sẽ phản hồi sớm.",
        "Tôi sẽ trả lời anh ngay khi quay lại.", "This is an automatic reply.", "Thư này được gửi tự động.",
        "I'm on annual leave.", "Cảm ơn anh/chị đã liên hệ với Công ty A.", "Thank you for contacting A Ltd.",
        "Hiện không có mặt tại văn phòng; tôi sẽ phản hồi trong thời gian sớm nhất.",
        "Tôi đang nghỉ thai sản đến tháng 3.", "Xin chào, tôi đang trong kỳ nghỉ.", "I will be out until Monday.",
        "Vui lòng không trả lời email này.", "Hộp thư này không được theo dõi.",
    ],
)  # fmt: skip
def test_words_alone_are_not_certain(text: str) -> None:
    assert author(text) == Author.UNSURE


def test_a_field_that_some_people_have_too_is_not_certain() -> None:
    assert author("Vâng.", "X-Auto-Response-Suppress: All") == Author.UNSURE
    assert author("Vâng.", subject="Re: tôi đang nghỉ phép") == Author.UNSURE
    assert author("Vâng.", subject="Thông báo vắng mặt") == Author.UNSURE


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Vâng.", "Precedence: list"), ("Vâng.", "Auto-Submitted: no"), ("Vâng.", "List-Id: <a.x.vn>"),
        ("Vâng.", "Return-Path: <a@x.vn>"),
        ("Ba lao động của chúng tôi nghỉ thai sản, hai người nghỉ việc.", "X: y"),
        ("Khu nghỉ dưỡng có 40 phòng; văn phòng ở tầng 2.", "X: y"),
        ("Anh trả lời giúp chúng tôi trước thứ Sáu.", "X: y"),
        ("The office is out of reach of the fire engine.", "X: y"),
        ("Diện tích 1.200 m². Mong quý cơ quan phản hồi sớm nhất.", "X: y"),
        ("Đã đủ hồ sơ, đề nghị Sở trả lời trong thời gian sớm nhất.", "X: y"),
    ],
)  # fmt: skip
def test_people(text: str, field: str) -> None:
    assert author(text, field) == Author.PERSON


@pytest.mark.parametrize(
    "subject",
    [
        "Không gửi được hồ sơ qua mạng", "Không chuyển được tiền thuê đất", "Thu hồi: đất ở khu công nghiệp",
        "Undelivered goods at the port", "Auto response of the fire alarm", "Tự động trả lời sai trên cổng",
        "Failure notice of the lift",
    ],
)  # fmt: skip
def test_a_subject_that_only_begins_like_a_machines_is_not_swallowed(subject: str) -> None:
    assert author(subject=subject) != Author.MACHINE


def test_a_person_may_answer_a_mail_of_a_machine() -> None:
    assert author("Vâng.", subject="Re: Automatic reply: x") != Author.MACHINE


def test_an_answer_to_an_invitation() -> None:
    head = judge_head(BytesParser(policy=compat32).parsebytes(b"From: a@x.vn\n\n", headersonly=True), "x")
    assert judge_words(head, "", answers_invitation=True).author == Author.MACHINE
    assert judge_words(head, "Tôi sẽ đến.", answers_invitation=True).author == Author.UNSURE
