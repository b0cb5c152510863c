"""Saved replies for the demonstration: a few of one officer, a few that a head shares."""

from accounts.models import User
from accounts.personas import DOMAIN
from issues.actions.replies import create_reply
from issues.actor import Actor
from issues.models import SavedReply

_SHARED = (
    (
        "Đã tiếp nhận",
        "Kính gửi {enterprise},\nCơ quan đã tiếp nhận kiến nghị {code} và sẽ trả lời trước {due}.",
    ),
    (
        "Đề nghị bổ sung hồ sơ",
        "Để giải quyết kiến nghị {code}, đề nghị {enterprise} gửi bản chụp văn bản đã được cấp.",
    ),
)
_OWN = (
    (
        "Hướng dẫn nộp trực tuyến",
        "Hồ sơ nộp trên Cổng dịch vụ công; kết quả trả bản điện tử, không phải đến trực tiếp.",
    ),
)


def load_replies() -> None:
    """Keep them unless there are any."""
    if SavedReply.objects.exists():
        return
    for code in ("stc", "sxd"):
        head, officer = _post(f"head-{code}"), _post(f"officer-{code}")
        for title, body in _SHARED:
            create_reply(actor=head, title=title, body=body, agency=code.upper())
        for title, body in _OWN:
            create_reply(actor=officer, title=title, body=body)


def _post(name: str) -> Actor:
    return Actor.of(User.objects.get(email=f"{name}@{DOMAIN}"))
