"""Only thanks, or a reaction."""

import pytest

from issues.mail.inbound.reaction import is_only_thanks


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
