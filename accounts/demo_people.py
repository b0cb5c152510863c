"""The people of the demonstration: numbered posts, never invented names (all accounts are made up)."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from stdnum.vn import mst

from accounts import groups
from accounts.models import Agency, Enterprise, Membership, Role, User
from accounts.personas import DOMAIN, PASSWORD

# Name of the enterprise → beginning of its tax code; the check digit is computed.
_ENTERPRISES = (
    ("Công ty TNHH Thí Dụ", "019900001"),
    ("Công ty cổ phần Ví Dụ", "019900002"),
    ("Công ty TNHH Minh Họa 3", "019900003"),
    ("Công ty cổ phần Minh Họa 4", "019900004"),
    ("Công ty TNHH Minh Họa 5", "019900005"),
    ("Hợp tác xã Minh Họa 6", "019900006"),
)
_CITY_POSTS = (
    ("coordinator", "Điều phối viên 1", Role.COORDINATOR),
    ("leader", "Lãnh đạo thành phố 1", Role.LEADER),
    ("editor", "Biên tập viên 1", Role.EDITOR),
    ("publisher", "Người duyệt đăng 1", Role.PUBLISHER),
    ("admin", "Quản trị viên 1", Role.ADMIN),
)
OFFICERS_PER_DEPARTMENT = 2


@dataclass(frozen=True)
class _Post:
    email: str
    name: str
    role: str = ""
    agency: Agency | None = None
    enterprise: Enterprise | None = None


@transaction.atomic
def load_people() -> None:
    """Create the missing demo accounts with their roles. Existing ones are not changed.

    Only for demo mode: everybody knows the password. The caller checks that.
    """
    posts = [*_city(), *_enterprises(), *_agencies()]
    present = set(User.objects.filter(email__endswith=f"@{DOMAIN}").values_list("email", flat=True))
    missing = [post for post in posts if post.email not in present]
    password = make_password(PASSWORD)  # once: 260 hashes would take a minute
    users = User.objects.bulk_create(
        User(email=post.email, name=post.name, password=password, is_staff=post.role == Role.ADMIN, is_demo=True)
        for post in missing
    )
    Membership.objects.bulk_create(
        Membership(user=user, role=post.role, agency=post.agency, enterprise=post.enterprise)
        for user, post in zip(users, missing, strict=True)
        if post.role
    )
    groups.apply_to(User.objects.filter(email__in=[f"{name}@{DOMAIN}" for name, _, _ in _CITY_POSTS]))


def _city() -> list[_Post]:
    return [
        _Post(f"investor@{DOMAIN}", "Nhà đầu tư 1"),
        *(_Post(f"{local}@{DOMAIN}", name, role) for local, name, role in _CITY_POSTS),
    ]


def _enterprises() -> list[_Post]:
    posts = []
    for number, (name, head) in enumerate(_ENTERPRISES, start=1):
        code = head + mst.calc_check_digit(head)
        enterprise, _created = Enterprise.objects.get_or_create(tax_code=code, defaults={"name": name})
        local = "enterprise" if number == 1 else f"enterprise{number}"
        posts.append(_Post(f"{local}@{DOMAIN}", f"Đại diện {name}", Role.ENTERPRISE, enterprise=enterprise))
    return posts


def _agencies() -> list[_Post]:
    posts = []
    for agency in Agency.objects.exclude(stage=Agency.Stage.OFF).order_by("pk"):
        local, short = agency.code.lower(), _short(agency)
        officers = 1 if agency.level == Agency.Level.WARD else OFFICERS_PER_DEPARTMENT
        posts += [
            _Post(
                f"officer{'' if number == 1 else number}-{local}@{DOMAIN}",
                f"Cán bộ {short}-{number}",
                Role.OFFICER,
                agency=agency,
            )
            for number in range(1, officers + 1)
        ]
        posts.append(_Post(f"head-{local}@{DOMAIN}", f"Trưởng đơn vị {short}", Role.HEAD, agency=agency))
    return posts


def _short(agency: Agency) -> str:
    return agency.name_vi if agency.level == Agency.Level.WARD else agency.code
