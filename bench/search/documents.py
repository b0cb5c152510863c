"""Documents like those of a real list: names, places and notes of the published projects, put together by chance.

Every fifth is English. Each has the facets, numbers and steps of a project, and a page of a few paragraphs; names are
in both languages, as papers mix them.
"""

# ruff: noqa: PLC0415 - Django has to be set up before its models can be imported.
from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.engines.base import Document

TODAY = date(2026, 11, 18)
_FILE = Path(__file__).resolve().parents[2] / "data" / "projects.csv"
_WARDS = 126
_STAGES = ("", "", "", " giai đoạn 2", " mở rộng", " (giai đoạn 1)", " khu A", " khu B")
_STEPS = {
    "vi": "Chấp thuận chủ trương đầu tư\nQuy hoạch chi tiết 1/500\nGiải phóng mặt bằng\nGiao đất, cho thuê đất\n"
    "Cấp giấy phép xây dựng",
    "en": "Approval of the investment policy\nDetailed plan 1/500\nSite clearance\nLand allocation and lease\n"
    "Construction permit",
}
_ABOUT = {
    "vi": "{name} nằm tại {place}, {province}. Dự án có quy mô khoảng {area} ha, tổng vốn đầu tư dự kiến {capital} tỷ "
    "đồng. Mục tiêu: xây dựng đồng bộ hạ tầng kỹ thuật và hạ tầng xã hội, khai thác lợi thế về giao thông, tạo việc "
    "làm và thu hút doanh nghiệp trong và ngoài nước. Nhà đầu tư được hưởng ưu đãi về tiền thuê đất và thuế thu nhập "
    "doanh nghiệp theo quy định. Hồ sơ nộp tại bộ phận một cửa. Gần đó có {near}, {other}.",
    "en": "{name} is at {place}, {province}. It covers about {area} ha; the total investment is expected to be VND "
    "{capital} billion. It builds technical and social infrastructure, makes use of the roads nearby, creates jobs and "
    "attracts enterprises. Investors have incentives in land rent and corporate income tax as the law provides. Near "
    "it are {near} and {other}.",
}


@cache
def _published() -> list[dict[str, str]]:
    with _FILE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def documents(count: int, *, first: int = 0) -> Iterator[Document]:
    """So many documents, always the same ones, one at a time."""
    chance = random.Random(7)
    for number in range(first, first + count):
        yield _document(number, chance)


def _document(number: int, chance: random.Random) -> Document:
    from investment import buckets, forms_of_investment
    from investment.provinces import province_today
    from search.engines.base import PUBLIC, Document, Kind

    locale = "en" if number % 5 == 4 else "vi"
    named, placed, near, other = chance.choices(_published(), k=4)
    capital = round(10 ** chance.uniform(1.5, 4.6)) if chance.random() < 0.7 else None
    area = round(10 ** chance.uniform(0, 3), 1) if chance.random() < 0.7 else None
    confirmed = TODAY - timedelta(days=chance.randrange(400))
    stage = chance.choice(_STAGES)
    title = named["name_en"] if locale == "en" and named["name_en"] else f"{named['name_vi']}{stage}"
    place, province = placed["district_or_place"], placed["province"]
    names = (
        place, province, province_today(province), f"BN-{number:05d}", named["investment_form"], named["sector"],
        placed["issuing_agency"], named["name_vi"], named["name_en"],
    )  # fmt: skip
    about = _ABOUT[locale].format(
        name=title, place=place, province=province, area=area or "-", capital=capital or "-",
        near=near["name_vi"], other=other["name_vi"],
    )  # fmt: skip
    numbers = {
        "capital_vnd": capital, "capital": capital, "area": area, "year": 2015 + number % 11,
        "confirmed": confirmed.toordinal(),
    }  # fmt: skip
    values = {
        "sector": named["sector_code"],
        "province": province,
        "form": forms_of_investment.classify(named["investment_form"]),
        "status": chance.choice(("published", "published", "published", "under_way")),
        "capital": buckets.capital_bucket(capital and Decimal(capital), None),
        "area": buckets.area_bucket(area and Decimal(str(area))),
        "ward": f"{chance.randrange(_WARDS):05d}",
    }
    return Document(
        kind=Kind.PROJECT,
        object_id=number,
        locale=locale,
        title=title,
        summary=f"{title}, {place}, {province}. {named['note']}".strip(),
        body=f"{about}\n{placed['note']}\n{_STEPS[locale]}",
        names=" · ".join(dict.fromkeys(text for text in names if text and text != title)),
        url=f"/{locale}/projects/bn-{number:05d}/",
        values={name: (str(value),) for name, value in values.items() if value},
        numbers={name: float(value) for name, value in numbers.items() if value is not None},
        # One in a hundred is for officers only.
        audience=("officers",) if number % 100 == 99 else (PUBLIC,),
        weight=chance.choice((0.5, 0.7, 0.85, 1.0)),
        own=province == "Hà Nội",
        fresh_until=confirmed + timedelta(days=180),
        version=1,
    )
