"""Where provinces named before 1 July 2025 belong now: Resolution 202/2025/QH15 of the National Assembly."""

from __future__ import annotations

from core.text import fold

_MERGED = {
    "Tuyên Quang": ("Hà Giang",),
    "Lào Cai": ("Yên Bái",),
    "Thái Nguyên": ("Bắc Kạn",),
    "Phú Thọ": ("Vĩnh Phúc", "Hòa Bình"),
    "Bắc Ninh": ("Bắc Giang",),
    "Hưng Yên": ("Thái Bình",),
    "Hải Phòng": ("Hải Dương",),
    "Ninh Bình": ("Hà Nam", "Nam Định"),
    "Quảng Trị": ("Quảng Bình",),
    "Đà Nẵng": ("Quảng Nam",),
    "Quảng Ngãi": ("Kon Tum",),
    "Gia Lai": ("Bình Định",),
    "Khánh Hòa": ("Ninh Thuận",),
    "Lâm Đồng": ("Đắk Nông", "Bình Thuận"),
    "Đắk Lắk": ("Phú Yên",),
    "TP. Hồ Chí Minh": ("Bình Dương", "Bà Rịa - Vũng Tàu"),
    "Đồng Nai": ("Bình Phước",),
    "Tây Ninh": ("Long An",),
    "Cần Thơ": ("Sóc Trăng", "Hậu Giang"),
    "Vĩnh Long": ("Bến Tre", "Trà Vinh"),
    "Đồng Tháp": ("Tiền Giang",),
    "Cà Mau": ("Bạc Liêu",),
    "An Giang": ("Kiên Giang",),
}
_UNCHANGED = (
    "Hà Nội", "Huế", "Lai Châu", "Điện Biên", "Sơn La", "Lạng Sơn", "Quảng Ninh", "Thanh Hóa", "Nghệ An", "Hà Tĩnh",
    "Cao Bằng",
)  # fmt: skip
# Every name, of before and of today.
NAMES = (*_UNCHANGED, *_MERGED, *(old for merged in _MERGED.values() for old in merged))
_TODAY = {fold(old): today for today, merged in _MERGED.items() for old in merged}
_BEFORE = {fold(today): merged for today, merged in _MERGED.items()}


def province_today(name: str) -> str:
    """The province or city that a name of before belongs to now; nothing for one that kept its name."""
    return _TODAY.get(fold(name.strip()), "")


def names_before(name: str) -> tuple[str, ...]:
    """The provinces that belong to this one since then; none for one that took in no other."""
    return _BEFORE.get(fold(name.strip()), ())
