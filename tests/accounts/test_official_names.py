"""Nobody outside of the agencies is called like an officer."""

from typing import Any

import pytest
from django.test import Client

from accounts.actions.membership import request_membership
from accounts.actions.settings import change_settings
from accounts.models import Agency, Role, User
from accounts.official_names import is_name_of_agency, name_refused
from accounts.web.sign_in_forms import SignupForm
from core.errors import Invalid
from tests.factories.issues import make_agency, make_enterprise, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agencies() -> None:
    make_agency("STC", name_vi="Sở Tài chính", name_en="Department of Finance")
    make_agency("BDI", name_vi="Phường Ba Đình", level=Agency.Level.WARD)


LIKE_OFFICERS = [
    "Cán bộ STC-1", "cán  bộ stc-1", "CAN BO STC 1", "STC-1", "Ｃán bộ", "Cán\u200b bộ", "Ca\u0301n b\u1ed9",
    "Sở Tài chính", "Đại diện Sở Tài chính", "Department of Finance", "Điều phối viên 2", "Trưởng đơn vị STC",
    "Lãnh đạo thành phố 1", "Quản trị viên", "Phường Ba Đình", "Сán bộ", "Trong Ngày", "Nguyễn Văn А",
]  # fmt: skip
PEOPLE = [
    "Nguyễn Văn An", "Đại diện Công ty TNHH Thí Dụ", "Trần Thị Tài", "An", "Lê Sở", "Đại diện HTX phường Ba Đình",
    "Nguyễn Cán", "Иван Петров", "Kim Min-jun", "金敏俊", "O’Brien", "Giám đốc Lê An", "",
]  # fmt: skip


@pytest.mark.parametrize("name", LIKE_OFFICERS)
def test_imitations_are_refused(name: str) -> None:
    assert name_refused(name)
    assert "name" in SignupForm({"name": name, "email": "a@b.vn"}).errors
    member = make_user(Role.ENTERPRISE, enterprise=make_enterprise())
    member.name = "An"
    with pytest.raises(Invalid) as error:
        change_settings(actor=member, name=name, phone="", language="vi", time_format="24")
    assert "name" in error.value.fields


@pytest.mark.parametrize("name", PEOPLE)
def test_names_of_people_are_not(name: str) -> None:
    assert name_refused(name) == ""


@pytest.mark.parametrize("role", [Role.LEADER, Role.COORDINATOR, Role.ADMIN])
def test_those_who_work_for_the_city_have_the_name_of_their_post(role: str) -> None:
    assert name_refused("Cán bộ STC-1", person=make_user(role)) == ""


def test_a_name_that_stays_is_not_asked_about_again() -> None:
    member = make_user(Role.ENTERPRISE, enterprise=make_enterprise())
    User.objects.filter(pk=member.pk).update(name="Cán bộ STC-1")
    member.refresh_from_db()
    change_settings(actor=member, name="Cán bộ STC-1", phone="1", language="vi", time_format="24")


def test_the_page_says_so_and_loses_nothing(client: Client) -> None:
    member = make_user(Role.ENTERPRISE, enterprise=make_enterprise())
    client.force_login(member)
    form = {"name": "Cán bộ STC-1", "phone": "0912 345 678", "language": "vi", "time_format": "24"}
    answer: Any = client.post("/en/account/settings/", form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "reads like the name of an officer" in page
    assert "0912 345 678" in page
    member.refresh_from_db()
    assert member.phone == ""


def test_an_enterprise_is_not_called_like_an_agency() -> None:
    assert is_name_of_agency("SỞ TÀI CHÍNH")
    assert not is_name_of_agency("Công ty Tài chính")
    with pytest.raises(Invalid):
        request_membership(actor=make_user(), tax_code="0100109106", name="Sở Tài chính")
