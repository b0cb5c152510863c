"""How numbers, money and time are written in Vietnamese and in English. Pages, mail and the HTTP interface share it.

Functions take the language ("vi" or "en"; by default the active one) and return plain text. A value that is not known
is None and gives None: the caller decides how to say so (`blank`).

Vietnamese dates follow Decree 30/2020/ND-CP, appendix I: days below 10 and the months 1 and 2 carry a leading zero.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import get_language

Number = int | float | Decimal


@dataclass(frozen=True)
class Wording:
    """What differs between the languages and is no sentence."""

    thousands: str
    decimal: str
    percent: str
    billion_vnd: str
    million_usd: str
    hectares: str
    days: tuple[str, str]  # one, several
    hours: str
    minutes: str
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    today: str
    tomorrow: str
    yesterday: str
    dated: str  # a time of day with its date and time zone
    vietnam: str
    blank: str


_VI = Wording(
    thousands=".",
    decimal=",",
    percent="{} %",
    billion_vnd="{} tỷ đồng",
    million_usd="{} triệu USD",
    hectares="{} ha",
    days=("{} ngày", "{} ngày"),
    hours="{} giờ",
    minutes="{} phút",
    weekdays=("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    weekdays_short=("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
    today="hôm nay",
    tomorrow="ngày mai",
    yesterday="hôm qua",
    dated="{time} ngày {date} ({zone})",
    vietnam="giờ Việt Nam",
    blank="chưa công bố",
)
_EN = Wording(
    thousands=",",
    decimal=".",
    percent="{}%",
    billion_vnd="VND {} billion",
    million_usd="USD {} million",
    hectares="{} ha",
    days=("{} day", "{} days"),
    hours="{} h",
    minutes="{} min",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    weekdays_short=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    today="today",
    tomorrow="tomorrow",
    yesterday="yesterday",
    dated="{time} on {date} ({zone})",
    vietnam="Vietnam time",
    blank="not published",
)
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def wording(language: str | None = None) -> Wording:
    """The words of a language; Vietnamese for anything but English."""
    return _EN if _is_english(language) else _VI


def blank(language: str | None = None) -> str:
    """How a fact that the source does not give is written."""
    return wording(language).blank


def number(value: Number | None, *, digits: int = 2, language: str | None = None) -> str | None:
    """A number with separators, at most `digits` decimals and no trailing zeros: 27,7 and 8.000."""
    if value is None:
        return None
    words = wording(language)
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    whole, _, rest = f"{abs(rounded):,f}".partition(".")
    rest = rest.rstrip("0")
    text = whole.replace(",", words.thousands) + (words.decimal + rest if rest else "")
    return f"−{text}" if rounded < 0 else text


def plain_number(text: str, *, language: str | None = None) -> str:
    """A number as people type it, for `float`: "8.000,5" in Vietnamese and "8,000.5" in English give "8000.5".

    What is no such number is given back as it is.
    """
    words = wording(language)
    bare = "".join(text.split())
    thousands, decimal = re.escape(words.thousands), re.escape(words.decimal)
    if re.fullmatch(rf"\d{{1,3}}(?:{thousands}\d{{3}})+(?:{decimal}\d+)?|\d+{decimal}\d+", bare, re.ASCII):
        return bare.replace(words.thousands, "").replace(words.decimal, ".")
    return bare


def percent(share: Number | None, *, digits: int = 0, language: str | None = None) -> str | None:
    """A share (0.91) as a percentage: "91 %", "91%"."""
    if share is None:
        return None
    value = number(Decimal(str(share)) * 100, digits=digits, language=language)
    return wording(language).percent.format(value)


def money(billion: Number | None, usd_million: Number | None = None, *, language: str | None = None) -> str | None:
    """Capital in VND billion, in USD million, or both; None where neither is known."""
    words = wording(language)
    parts = []
    if billion is not None:
        parts.append(words.billion_vnd.format(number(billion, language=language)))
    if usd_million is not None:
        parts.append(words.million_usd.format(number(usd_million, language=language)))
    return "; ".join(parts) or None


def area(hectares: Number | None, *, language: str | None = None) -> str | None:
    """An area in hectares."""
    return None if hectares is None else wording(language).hectares.format(number(hectares, language=language))


def file_size(size: int, *, language: str | None = None) -> str:
    """A file's size from bytes, in KB or MB."""
    if size < 1_000_000:
        return f"{number(max(1, round(size / 1000)), language=language)} KB"
    return f"{number(size / 1_000_000, digits=1, language=language)} MB"


def duration(
    amount: int | float | timedelta | None,
    *,
    day_minutes: int | None = None,
    brief: bool = False,
    language: str | None = None,
) -> str | None:
    """Working time in words, from minutes or a timedelta, cut (not rounded) to the minute: "2 giờ 10 phút".

    With `day_minutes` (working minutes of one day) longer times are given in days: "1 ngày 2 giờ".
    `brief` leaves out the word for minutes after hours, for tight rows: "2 giờ 10".
    """
    if amount is None:
        return None
    seconds = amount.total_seconds() if isinstance(amount, timedelta) else amount * 60
    minutes = int(abs(seconds) // 60)
    words = wording(language)
    days, minutes = divmod(minutes, day_minutes) if day_minutes else (0, minutes)
    hours, minutes = divmod(minutes, 60)
    if days:
        text = words.days[days > 1].format(days)
        return f"{text} {words.hours.format(hours)}" if hours else text
    if not hours:
        return words.minutes.format(minutes)
    text = words.hours.format(hours)
    if not minutes:
        return text
    rest = f"{minutes:02d}"
    return f"{text} {rest}" if brief else f"{text} {words.minutes.format(rest)}"


def local_time(moment: datetime | None, *, clock: str = "24", language: str | None = None) -> str | None:
    """The time of day, local: "17:30", or "5:30 PM" when the person prefers twelve hours."""
    if moment is None:
        return None
    local = timezone.localtime(moment)
    if clock != "12":
        return f"{local:%H:%M}"
    half = ("AM", "PM") if _is_english(language) else ("SA", "CH")
    return f"{local.hour % 12 or 12}:{local.minute:02d} {half[local.hour >= 12]}"


def local_date(moment: date | datetime | None, *, style: str = "short", language: str | None = None) -> str | None:
    """The local date.

    `style`: "short" 28/9/2026, 28 Sep 2026; "long" with the weekday, as a heading: Thứ Hai, 28/9/2026;
    "day" with the weekday inside a sentence, without the year: thứ Hai 28/9; "start" the same at its beginning: Thứ Hai
    28/9; "month" 9/2026, September 2026.
    """
    if moment is None:
        return None
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    weekday = wording(language).weekdays[day.weekday()]
    if _is_english(language):
        month = _MONTHS_EN[day.month - 1]
        return {
            "short": f"{day.day} {month[:3]} {day.year}",
            "long": f"{weekday}, {day.day} {month} {day.year}",
            "day": f"{weekday[:3]} {day.day} {month[:3]}",
            "start": f"{weekday[:3]} {day.day} {month[:3]}",
            "month": f"{month} {day.year}",
        }[style]
    capital = weekday[0].upper() + weekday[1:]
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return {
        "short": f"{day.day:02d}/{month}/{day.year}",
        "long": f"{capital}, {day.day:02d}/{month}/{day.year}",
        "day": f"{weekday} {day.day:02d}/{month}",
        "start": f"{capital} {day.day:02d}/{month}",
        "month": f"{month}/{day.year}",
    }[style]


def local_moment(
    moment: datetime | None,
    *,
    now: datetime,
    clock: str = "24",
    brief: bool = False,
    language: str | None = None,
) -> str | None:
    """Time and day as people say it: "17:30 hôm nay", "09:30 thứ Năm 19/11", "14:10 02/01/2025".

    Only days of the same year within six days before or after are named by weekday. `brief` is for tight rows: today
    is left out and a weekday is short ("T5 09:30").
    """
    if moment is None:
        return None
    day, today = timezone.localtime(moment).date(), timezone.localtime(now).date()
    time = local_time(moment, clock=clock, language=language)
    words = wording(language)
    distance = (day - today).days
    if brief:
        if distance == 0:
            return time
        near = abs(distance) <= 6
        return f"{words.weekdays_short[day.weekday()] if near else _day_and_month(day, language)} {time}"
    named = {0: words.today, 1: words.tomorrow, -1: words.yesterday}.get(distance)
    if named is None:
        style = "day" if abs(distance) <= 60 and day.year == today.year else "short"
        named = local_date(day, style=style, language=language)
    return f"{time} {named}"


def dated_moment(moment: datetime | None, *, clock: str = "24", language: str | None = None) -> str | None:
    """A time that is read later, or elsewhere: "17:30 ngày 12/11/2026 (giờ Việt Nam, UTC+7)".

    For mails and files: "today" is another day when they are opened, and their reader may be in another country.
    """
    if moment is None:
        return None
    words = wording(language)
    return words.dated.format(
        time=local_time(moment, clock=clock, language=language),
        date=local_date(moment, language=language),
        zone=f"{words.vietnam}, {_offset(timezone.localtime(moment))}",
    )


def _offset(local: datetime) -> str:
    """How far ahead of UTC: "UTC+7", "UTC+5:30"."""
    minutes = int((local.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def _day_and_month(day: date, language: str | None) -> str:
    return (local_date(day, style="day", language=language) or "").split(" ", 1 if _is_english(language) else 2)[-1]


def _is_english(language: str | None) -> bool:
    return (language or get_language() or "vi").startswith("en")
