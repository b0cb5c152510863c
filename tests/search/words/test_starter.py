"""The words that an installation begins with: usable, tight, and in every database."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from core.text import words
from search.models import WordGroup
from search.words import starter
from search.words.groups import Group, load
from search.words.lines import split

# The abbreviations of everyday papers, each with what it stands for.
FULL_FORMS = {
    "BĐS": ("bất động sản",), "BOT": ("xây dựng kinh doanh chuyển giao",), "BQL": ("ban quản lý",),
    "BT": ("xây dựng chuyển giao",), "CCN": ("cụm công nghiệp",), "CNC": ("công nghệ cao",),
    "CNTT": ("công nghệ thông tin",), "CP": ("cổ phần", "chính phủ"), "ĐKKD": ("đăng ký kinh doanh",),
    "ĐTM": ("đánh giá tác động môi trường",), "ĐTNN": ("đầu tư nước ngoài",), "FDI": ("đầu tư trực tiếp nước ngoài",),
    "GPMB": ("giải phóng mặt bằng", "site clearance"), "GPXD": ("giấy phép xây dựng",), "GTVT": ("giao thông vận tải",),
    "HTKT": ("hạ tầng kỹ thuật",), "KCN": ("khu công nghiệp", "industrial park"), "KCNC": ("khu công nghệ cao",),
    "KCX": ("khu chế xuất",), "KĐT": ("khu đô thị",), "KĐTM": ("khu đô thị mới",), "KKT": ("khu kinh tế",),
    "NƠXH": ("nhà ở xã hội",), "NLTT": ("năng lượng tái tạo",), "PCCC": ("phòng cháy chữa cháy",),
    "PPP": ("đối tác công tư", "public private partnership"), "QSDĐ": ("quyền sử dụng đất",), "TĐC": ("tái định cư",),
    "TMĐT": ("tổng mức đầu tư", "thương mại điện tử"), "TTHC": ("thủ tục hành chính",), "UBND": ("ủy ban nhân dân",),
    "XLNT": ("xử lý nước thải",), "XLCT": ("xử lý chất thải",),
}  # fmt: skip

PROJECTS = Path(__file__).resolve().parents[3] / "data" / "projects.csv"

# Short forms with two meanings, and words that are one thing for some people and another for others.
TWO_MEANINGS = {("tmdt",), ("cp",), ("town",), ("township",)}
# A syllable of everyday Vietnamese is no form; these are hardly used but for what they mean here.
LONELY = {"cảng"}


def groups() -> list[Group]:
    return [Group(split(row.forms), split(row.also_typed)) for row in starter.read()]


def found_by(text: str) -> set[tuple[str, ...]]:
    """The folded forms that a search for exactly `text` looks for."""
    typed = tuple(words(text))
    return {
        tuple(words(form))
        for group in groups()
        if typed in {tuple(words(line)) for line in (*group.forms, *group.also_typed)}
        for form in group.forms
    }


def test_every_row_is_a_good_group() -> None:
    for row in starter.read():
        WordGroup(forms=row.forms, also_typed=row.also_typed, note=row.note).full_clean()


@pytest.mark.django_db
def test_they_are_in_the_database_from_the_beginning() -> None:
    assert load() == tuple(groups())


@pytest.mark.parametrize(("short", "full"), [(short, full) for short, fulls in FULL_FORMS.items() for full in fulls])
def test_every_abbreviation_and_its_full_form_find_each_other(short: str, full: str) -> None:
    """A long full form may stand in its group as its telling part."""
    wanted, text = tuple(words(short)), " ".join(words(full))
    assert any(
        wanted in forms and any(f" {' '.join(form)} " in f" {text} " for form in forms - {wanted})
        for forms in ({tuple(words(form)) for form in group.forms} for group in groups())
    )


def test_a_form_stands_in_one_group() -> None:
    counts = Counter(form for group in groups() for form in {tuple(words(form)) for form in group.forms})
    places = {tuple(words(form)) for group in groups() if len(group.forms) == 1 for form in group.forms}
    assert {form for form, n in counts.items() if n > 1} - places == TWO_MEANINGS


def test_no_common_syllable_stands_alone() -> None:
    with PROJECTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [f"{row['name_vi']} {row['district_or_place']} {row['contact_agency']}" for row in rows]
    common = Counter(word for text in texts for word in set(words(text)))
    names = {"huế", "hue", "city"}  # a city, and what papers call it
    lonely = {
        line
        for group in groups()
        for line in (*group.forms, *group.also_typed)
        if len(found := words(line)) == 1 and common[found[0]] > 2 and not line.isupper()
    }
    assert {line for line in lonely if line.lower() not in names} == LONELY


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("motorway", "cao tốc"),
        ("highway", "đường cao tốc"),
        ("highway", "quốc lộ"),
        ("harbour", "cảng"),
        ("terminal", "bến xe"),
        ("landfill", "xử lý chất thải"),
        ("refuse", "chất thải"),
        ("warehouse", "trung tâm logistics"),
        ("industrial estate", "khu công nghiệp"),
        ("subway", "đường sắt đô thị"),
        ("đường sắt trên cao", "đường sắt đô thị"),
        ("nhà ở thu nhập thấp", "nhà ở xã hội"),
        ("low-income housing", "nhà ở xã hội"),
        ("lò mổ", "giết mổ"),
        ("rác", "chất thải"),
        ("sổ đỏ", "giấy chứng nhận quyền sử dụng đất"),
        ("IT park", "công viên phần mềm"),
        ("medical", "bệnh viện"),
        ("photovoltaic", "điện mặt trời"),
        ("park", "công viên"),
        ("HCMC", "Hồ Chí Minh"),
        ("Sài Gòn", "TP HCM"),
        ("Hanoi", "Hà Nội"),
        ("Danang", "Đà Nẵng"),
        ("Ban Mê Thuột", "Buôn Ma Thuột"),
        ("Huế", "Thừa Thiên Huế"),
        ("Đắk Lắk", "Phú Yên"),
        ("Hà Tây", "Hà Nội"),
    ],
)
def test_what_people_type_means(typed: str, means: str) -> None:
    assert tuple(words(means)) in found_by(typed)


@pytest.mark.parametrize(
    ("typed", "not_meant"),
    [
        ("cổ phần", "chính phủ"),
        ("tổng mức đầu tư", "thương mại điện tử"),
        ("nhà ở xã hội", "nhà giá rẻ"),
        ("đường cao tốc", "highway"),
        ("khu công nghiệp", "cụm công nghiệp"),
        ("công viên", "park"),
        ("Phú Yên", "Đắk Lắk"),
    ],
)
def test_what_it_does_not_mean(typed: str, not_meant: str) -> None:
    assert tuple(words(not_meant)) not in found_by(typed)
