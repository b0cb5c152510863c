"""What is asked: a mix of what people type, with the filters of the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """One question of a page of the list."""

    kind: str
    text: str
    locale: str = "vi"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)


FACETS = ("sector", "province", "status")

MIX = (
    Asked("a common word", "khu"),
    Asked("a common word", "đường"),
    Asked("a common word", "dự án"),
    Asked("two words", "nhà máy"),
    Asked("two words", "bệnh viện"),
    Asked("two words", "khách sạn"),
    Asked("two words", "cau vuot"),
    Asked("several words", "khu đô thị mới Đông Anh"),
    Asked("several words", "xử lý chất thải rắn sinh hoạt"),
    Asked("several words", "quy hoạch chi tiết 1/500"),
    Asked("a group of words", "khu công nghiệp"),
    Asked("a group of words", "nhà ở xã hội"),
    Asked("a group of words", "đường cao tốc"),
    Asked("a group of words", "nhà ở thu nhập thấp"),
    Asked("an abbreviation and a place", "KCN Đông Anh"),
    Asked("an abbreviation and a place", "KĐT Hà Nội"),
    Asked("an abbreviation and a place", "GPMB Đà Nẵng"),
    Asked("a place", "Quảng Ninh"),
    Asked("a place", "tphcm"),
    Asked("a code", "BN-04242"),
    Asked("a code", "bn 123"),
    Asked("a code", "QL1A"),
    Asked("a code", "metro số 5"),
    Asked("English", "industrial park", "en"),
    Asked("English", "motorway in Hanoi", "en"),
    Asked("English", "social housing", "en"),
    Asked("English", "waste treatment plant", "en"),
    Asked("English", "harbour Da Nang", "vi"),
    Asked("mistyped", "khu cong nghiep hoa cam"),
    Asked("mistyped", "bệnh vịen đà nẵg"),
    Asked("mistyped", "khucongnghiep"),
    Asked("mistyped", "dduwowngf cao toocs"),
    Asked("mistyped", "nhà may dieen"),
    Asked("filters", "khu đô thị", filters={"sector": ("urban_housing",)}),
    Asked("filters", "cảng", filters={"province": ("Quảng Ninh", "Hải Phòng"), "status": ("published",)}),
    Asked("filters", "du lịch", ranges={"capital_vnd": (1_000.0, 5_000.0), "area": (None, 100.0)}),
    Asked("no words", ""),
    Asked("no words", "", filters={"sector": ("transport", "energy")}),
    Asked("no words", "", ranges={"area": (10.0, 100.0)}),
    Asked("no words", "", "en"),
)

# Texts as they stand in the box while somebody types.
TYPED = tuple(
    text[:end]
    for text in ("khu công nghiệp", "bệnh viện đà nẵng", "Quảng Ninh", "KCN Đông", "BN-042", "san bay long thanh")
    for end in range(1, len(text) + 1)
)
