"""Only thanks, or a reaction; and where a program may have written, whether the words object."""

import pytest

from issues.mail.inbound.reaction import is_only_thanks, objects


@pytest.mark.parametrize(
    "text",
    ["Cảm ơn anh/chị.", "Cam on nhieu", "Đã nhận được, xin cảm ơn.", "Thank you very much!", "Đã được giải quyết."],
)  # fmt: skip
def test_thanks(text: str) -> None:
    assert is_only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Chưa giải quyết được.", "chua giai quyet duoc", "Cảm ơn, nhưng hồ sơ vẫn chưa được cấp.", "Không đồng ý.",
        "Thanks, but it is not solved.", "It still doesn't work", "Vậy nộp ở đâu?", "Hồ sơ bị trả về lần nữa.", "",
        "Cảm ơn Sở, hồ sơ bị trả về hôm qua.", "Cảm ơn, đề xuất xem xét kỹ hơn.", "Thanks. The permit was refused.",
        "Cảm ơn. Khi nào có giấy?", "Đề nghị xem xét lại, xin cảm ơn.",
    ],
)  # fmt: skip
def test_reactions(text: str) -> None:
    assert not is_only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Chưa giải quyết được, hồ sơ vẫn bị trả.",
        "chua giai quyet duoc",
        "Tôi đang đi công tác, nhưng hồ sơ vẫn chưa được cấp.",
        "Không đồng ý với nội dung trả lời. Tôi đang nghỉ phép, sẽ gọi lại sau.",
        "Thông báo vắng mặt của Sở không đúng.",
        "Vậy nộp ở đâu? Tôi đang nghỉ phép.",
        "I am on leave, but it is not solved.",
        "It still doesn't work. I am out of office until Monday.",
        "I will be out until Monday. The permit was refused again.",
        "Why was it closed? I am away from my desk.",
        "Cảm ơn đã liên hệ. Giấy phép bị từ chối hôm qua.",
        "Đề nghị Sở xem xét lại, tôi đang nghỉ ốm.",
        "Cơ quan trả lời sai nội dung, tôi đang đi công tác.",
        "Thiếu câu trả lời cho ý 2. Tôi đang nghỉ phép.",
        "Tôi không chấp nhận câu trả lời này.",
        "We have not received the licence. I'm on leave.",
        "Tôi đang nghỉ lễ. Vẫn như cũ.",
        "I do not agree.",
        "Xin mở lại kiến nghị. Tôi đang nghỉ phép.",
        "This doesn't answer our question, I'll be back on Monday.",
        "Hồ sơ không được giải quyết; tôi đang nghỉ phép.",
        "Nobody answered our question. I am on leave.",
        "Tôi không thể nộp hồ sơ được.",
        "Không thấy giấy phép đâu. Tôi đang nghỉ phép.",
        "Chúng tôi chưa nhận được giấy phép",
    ],
)
def test_what_no_notice_of_absence_says(text: str) -> None:
    assert objects(text)


@pytest.mark.parametrize(
    "text",
    [
        "Tôi đang nghỉ phép đến thứ Sáu.",
        "I am currently out of the office until Monday.",
        "Hiện tôi đang đi công tác, sẽ trả lời sau.",
        "Tôi đang nghỉ phép và không thể trả lời thư. Việc gấp xin liên hệ chị Hoa 0903 111 222.",
        "Hộp thư này không được theo dõi. Vui lòng không trả lời.",
        "Cảm ơn anh/chị đã liên hệ. Chúng tôi sẽ trả lời trong thời gian sớm nhất.",
        "Tôi bị ốm, không thường xuyên kiểm tra thư. Nếu chưa nhận được phản hồi, xin gọi 024...",
        "On leave, with limited access to e-mail; not able to reply. Please contact Ms Hoa. I reply when back.",
        "This mailbox is not monitored. Do not reply to this email.",
        "Thank you for contacting A Ltd. We have received your message and will get back to you within 2 working days.",
        "I will be out but will still check my email occasionally. I may be slow to answer, not in the office.",
        "Tôi đang đi công tác nhưng vẫn kiểm tra email, có thể trả lời chậm.",
        "Yêu cầu của quý khách đã được ghi nhận và sẽ được xử lý.",
        "Tôi hiện không có mặt tại văn phòng và không thể đọc thư.",
        "Trong thời gian nghỉ tôi không truy cập được email.",
        "Hiện tôi không ở cơ quan. Tôi chưa thể trả lời ngay.",
        "Xin giới thiệu thiết bị mới của công ty. Thư này được gửi tự động.",
        "Chúng tôi nghỉ Tết, không làm việc từ 16/2.",
        "I'm not available. I can't answer your e-mail right now.",
        "Vâng.",
        "If you have not received an answer by Monday please call.",
        "https://x.vn/?a=b",
        "If it is not urgent, please wait. I don't have access to my mail.",
        "Tôi không trực điện thoại trong thời gian nghỉ.",
        "Văn phòng không mở cửa thứ Bảy.",
    ],
)
def test_what_notices_of_absence_say(text: str) -> None:
    assert not objects(text)
