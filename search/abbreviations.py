"""Abbreviations of Vietnamese investment papers, expanded both ways.

A text that writes the short form is also indexed under the full one; a query for the short form also looks for the
full one. Together these find every pairing. Full forms are written with their marks, and compared folded.
"""

from __future__ import annotations

from functools import cache

from core.text import words

# Short form → what it stands for. Several meanings are alternatives; English ones come last.
FULL_FORMS: dict[str, tuple[str, ...]] = {
    "ATTP": ("an toàn thực phẩm",),
    "BCC": ("hợp đồng hợp tác kinh doanh",),
    "BĐS": ("bất động sản", "real estate"),
    "BHXH": ("bảo hiểm xã hội",),
    "BLT": ("xây dựng thuê dịch vụ chuyển giao",),
    "BOO": ("xây dựng sở hữu kinh doanh", "build own operate"),
    "BOT": ("xây dựng kinh doanh chuyển giao", "build operate transfer"),
    "BQL": ("ban quản lý", "management board"),
    "BT": ("xây dựng chuyển giao", "build transfer"),
    "BTO": ("xây dựng chuyển giao kinh doanh", "build transfer operate"),
    "BTHT": ("bồi thường hỗ trợ",),
    "CCN": ("cụm công nghiệp", "industrial cluster"),
    "CNC": ("công nghệ cao", "high technology"),
    "CNHT": ("công nghiệp hỗ trợ", "supporting industry"),
    "CNTT": ("công nghệ thông tin", "information technology"),
    "CP": ("cổ phần", "chính phủ"),
    "CSHT": ("cơ sở hạ tầng", "infrastructure"),
    "CTCP": ("công ty cổ phần", "joint stock company"),
    "DNNVV": ("doanh nghiệp nhỏ và vừa",),
    "ĐKKD": ("đăng ký kinh doanh", "business registration"),
    "ĐTM": ("đánh giá tác động môi trường", "environmental impact assessment"),
    "ĐTNN": ("đầu tư nước ngoài", "foreign investment"),
    "EIA": ("environmental impact assessment", "đánh giá tác động môi trường"),
    "FDI": ("đầu tư trực tiếp nước ngoài", "foreign direct investment"),
    "GCN": ("giấy chứng nhận", "certificate"),
    "GCNĐKĐT": ("giấy chứng nhận đăng ký đầu tư", "investment registration certificate"),
    "GDP": ("tổng sản phẩm trong nước",),
    "GPMB": ("giải phóng mặt bằng", "site clearance"),
    "GPXD": ("giấy phép xây dựng", "construction permit"),
    "GTGT": ("giá trị gia tăng", "value added"),
    "GTVT": ("giao thông vận tải", "transport"),
    "HCM": ("Hồ Chí Minh", "Ho Chi Minh"),
    "HĐND": ("hội đồng nhân dân", "people's council"),
    "HTKT": ("hạ tầng kỹ thuật", "technical infrastructure"),
    "HTX": ("hợp tác xã", "cooperative"),
    "KCN": ("khu công nghiệp", "industrial park", "industrial zone"),
    "KCNC": ("khu công nghệ cao", "high tech park"),
    "KCX": ("khu chế xuất", "export processing zone"),
    "KĐT": ("khu đô thị", "urban area"),
    "KĐTM": ("khu đô thị mới", "new urban area"),
    "KHĐT": ("kế hoạch và đầu tư", "kế hoạch đầu tư", "planning and investment"),
    "KKT": ("khu kinh tế", "economic zone"),
    "KTXH": ("kinh tế xã hội",),
    "MTTQ": ("mặt trận tổ quốc",),
    "NƠXH": ("nhà ở xã hội", "social housing"),
    "NĐT": ("nhà đầu tư", "investor"),
    "NLTT": ("năng lượng tái tạo", "renewable energy"),
    "NNCNC": ("nông nghiệp công nghệ cao", "high tech agriculture"),
    "NTM": ("nông thôn mới",),
    "ODA": ("hỗ trợ phát triển chính thức", "official development assistance"),
    "PCCC": ("phòng cháy chữa cháy", "phòng cháy và chữa cháy", "fire safety"),
    "PPP": ("đối tác công tư", "public private partnership"),
    "QHCT": ("quy hoạch chi tiết", "detailed planning"),
    "QHPK": ("quy hoạch phân khu", "zone planning"),
    "QLDA": ("quản lý dự án", "project management"),
    "QSDĐ": ("quyền sử dụng đất", "land use right"),
    "SXKD": ("sản xuất kinh doanh",),
    "TĐC": ("tái định cư", "resettlement"),
    "TDTT": ("thể dục thể thao", "sport"),
    "THCS": ("trung học cơ sở", "lower secondary school"),
    "THPT": ("trung học phổ thông", "upper secondary school"),
    "TMĐT": ("tổng mức đầu tư", "thương mại điện tử"),
    "TMDV": ("thương mại dịch vụ", "trade and services"),
    "TNHH": ("trách nhiệm hữu hạn", "limited liability"),
    "TNMT": ("tài nguyên và môi trường", "tài nguyên môi trường"),
    "TOD": ("phát triển đô thị theo định hướng giao thông", "transit oriented development"),
    "TP": ("thành phố", "city"),
    "TPHCM": ("thành phố Hồ Chí Minh", "Ho Chi Minh City"),
    "TTHC": ("thủ tục hành chính", "administrative procedure"),
    "TTTM": ("trung tâm thương mại", "shopping centre"),
    "UBND": ("ủy ban nhân dân", "people's committee"),
    "VLXD": ("vật liệu xây dựng", "building material"),
    "VSMT": ("vệ sinh môi trường",),
    "XLNT": ("xử lý nước thải", "wastewater treatment"),
    "XLCT": ("xử lý chất thải", "waste treatment"),
}

Words = tuple[str, ...]


@cache
def _by_short() -> dict[str, tuple[Words, ...]]:
    return {
        words(short)[0]: tuple(dict.fromkeys(tuple(words(full)) for full in fulls))
        for short, fulls in FULL_FORMS.items()
    }


@cache
def _by_full() -> dict[Words, tuple[str, ...]]:
    found: dict[Words, list[str]] = {}
    for short, fulls in _by_short().items():
        for full in fulls:
            found.setdefault(full, []).append(short)
    return {full: tuple(shorts) for full, shorts in found.items()}


@cache
def longest_full_form() -> int:
    """The number of words of the longest full form."""
    return max(len(full) for full in _by_full())


@cache
def _written_short() -> frozenset[str]:
    return frozenset(short.lower() for short in FULL_FORMS)


def is_short_form(folded: str, written: str) -> bool:
    """Whether a word, `written` in lower case, may be a short form: "bđs" or "bds", but never "bột" for BOT."""
    return folded in _by_short() and (written == folded or written in _written_short())


def full_forms(short: str) -> tuple[Words, ...]:
    """What a folded short form stands for, as folded words: ``kcn`` → ``(khu, cong, nghiep)``, …; else nothing."""
    return _by_short().get(short, ())


def short_forms(full: Words) -> tuple[str, ...]:
    """The folded short forms of folded words: ``(khu, cong, nghiep)`` → ``kcn``; else nothing."""
    return _by_full().get(full, ())
