"""Looking ahead before filing."""

from typing import Any

from django.core.cache import caches

from accounts import people
from accounts.models import Role
from issues.models import Ticket
from issues.queries.preview import preview
from tests.factories.issues import make_enterprise, make_user
from tests.issues.conftest import TaskForce

TEXT = "Xin cấp giấy phép xây dựng nhà xưởng hai tầng tại phường Việt Hưng"
OTHERS = (
    "Thuế giá trị gia tăng chậm hoàn cho hàng xuất khẩu",
    "Đường vào cụm công nghiệp hư hỏng, xe không vào được",
    "Hỏi về giấy phép lao động cho chuyên gia nước ngoài",
)


def file_as(force: TaskForce, user: Any, title: str = TEXT, **fields: Any) -> Ticket:
    force.filer = user
    return force.file(title=title, body="Hồ sơ nộp từ tháng trước, chưa có kết quả.", **fields)


def strangers(force: TaskForce, number: int) -> None:
    for _ in range(number):
        file_as(force, make_user(Role.ENTERPRISE, enterprise=make_enterprise()))
    for title in OTHERS:
        file_as(force, force.other_filer, title)
    caches["process"].clear()


def test_the_preview_has_them(force: TaskForce) -> None:
    mine = force.filer
    file_as(force, mine)
    strangers(force, 2)
    found = preview(title=TEXT, person=people.of(mine)).open_cases
    assert (len(found.own), found.groups[0].enterprises) == (1, 2)
