"""Lines by which mail programs introduce a quotation, in Vietnamese and English. Pure.

A line is one only with a date or an address, and with quoted text below; where that is unsure it is the person's own.
"""

import re
from collections.abc import Sequence
from enum import Enum

BEGIN_OF_QUOTE = "-----Original Message-----"
SIGNATURE = "-- "  # RFC 3676, 4.3
_LONGEST_LINE = 300  # characters of an attribution
_MOST_LINES = 4  # over which programs break one
_WRAPPED_FROM = 66  # columns: a shorter line was not broken by a program

_ADDRESS = r"[<(\[]\s*(?:mailto:)?[^<>()\[\]\s@]{1,80}@[^<>()\[\]\s@]{1,80}\s*(?:<mailto:[^<>\s]{1,160}>)?\s*[>)\]]"
_HAS_ADDRESS = re.compile(r"[^<>()\[\]\s@:;,\"]{1,80}@[^<>()\[\]\s@:;,\"]{1,80}\.[a-z]{2,}", re.IGNORECASE)
_VERB = r"(?<![^\s>)\]])(?:wrote|has\s+written|schrieb|a\s+écrit|đã\s+viết|viết)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?|thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|th\s?[2-7]|t[2-7]"
    r"|cn|chủ\s+nhật)"
)
_TIME = r"(?:\d{1,2}(?::|h|g)\d{2}(?::\d{2})?(?:\s*(?:am|pm|sa|ch)\b)?|\d{1,2}\s+giờ(?:\s+\d{1,2})?(?:\s+phút)?)"
_DATE = (
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{1,2}\s+(?:thg|tháng)\s*\d{1,2},?\s+(?:năm\s+)?\d{4})"
)
# One or more of these, and nothing else, make a moment as programs write it.
_MOMENT = (
    rf"(?:(?:{_DATE}|{_TIME}|{_WEEKDAY}|(?:GMT|UTC)(?:[+-]\d{{1,2}}(?::?\d{{2}})?)?|[+-]\d{{4}}"
    r"|vào|lúc|ngày|at|on|um|à|\d{1,2}(?=\s))(?:\s*,\s*|\s+|(?=:\s*$)|$))+"
)
_BEGINS_WITH_MOMENT = re.compile(rf"(?P<moment>(?:On|Vào|Lúc|Ngày|Am|Le)\s+{_MOMENT})(?P<rest>.*)$", re.IGNORECASE)
_BY_WHOM = re.compile(rf"(?P<name>[^<>]{{0,160}}?)\s*,?\s*(?P<address>{_ADDRESS})?\s*,?\s*{_VERB}\s?:$", re.IGNORECASE)
_WHEN_BEHIND = re.compile(
    rf"(?P<name>[^<>]{{1,160}}?)\s*(?P<address>{_ADDRESS})?\s+{_VERB}\s+(?P<moment>(?:vào|lúc|ngày|on|at)\s+{_MOMENT}):$",
    re.IGNORECASE,
)
_A_DATE, _A_TIME, _A_DAY = (re.compile(part, re.IGNORECASE) for part in (_DATE, _TIME, rf"\b{_WEEKDAY}(?=[\s,])"))
# The end of a sentence about a text, not of a name.
_SENTENCE = re.compile(r"[,.;!?]|\d|\b(tôi|trong đó|như sau|rằng|có|từng|we|I)\b", re.IGNORECASE)
# The same, certain enough also beside an address: "… we received a letter in which Mr B <b@x.vn> wrote:".
_SPEAKS = re.compile(r"\b(tôi|trong đó|như sau|rằng|đã|nhận được|we|which|that|received)\b", re.IGNORECASE)
_HAS_WRITTEN = re.compile(r"(wrote|đã\s+viết)\s?:$", re.IGNORECASE)
_MOST_WORDS = 10  # of a name

_SEPARATOR = re.compile(
    r"""\s*(?:[-_=*]{2,}\s*(?:
        Original\s+(?:Message|Email|Mail)|Forwarded\s+message|Reply\s+message
      | (?:Thư|Thông\s+điệp|Tin\s+nhắn|Thông\s+báo|Nội\s+dung|Email)\s+(?:gốc|ban\s+đầu)
      | (?:Thư|Thông\s+điệp|Tin\s+nhắn)\s+(?:đã|được)\s+chuyển\s+tiếp|Bắt\s+đầu\s+thư\s+được\s+chuyển\s+tiếp
    )\s*:?\s*[-_=*]{2,}
      | (?:Begin\s+forwarded\s+message|Bắt\s+đầu\s+(?:thư|tin\s+nhắn)\s+được\s+chuyển\s+tiếp)\s*:)\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_RULE = re.compile(r"\s*_{10,}\s*$")
_HEADERS = {
    "from": "from|từ|người gửi",
    "sent": "sent|đã gửi|ngày gửi|gửi lúc|date sent",
    "date": "date|ngày|thời gian",
    "to": "to|đến|tới|người nhận|gửi tới|gửi đến",
    "subject": "subject|chủ đề|tiêu đề",
    "other": "cc|bcc|đồng gửi|reply-to|trả lời tới|importance|tầm quan trọng|attachments|tệp đính kèm|đính kèm",
}
_HEADER = re.compile(
    r"\s*\*?(?:"
    + "|".join(f"(?P<{key}>{names})" for key, names in _HEADERS.items())
    + r")\s*\*?\s?:\*?(?:\s(?P<value>.*))?$",
    re.IGNORECASE,
)
_MOST_HEADERS = 16  # lines of a header block
_EVIDENCE_WITHIN = 6  # lines below a separator


class Below(Enum):
    """What an introduction says about the lines below it."""

    MARKED = "marked"  # quoted lines are marked, so what is not marked is an answer in between
    ALL = "all"  # everything to the end is quoted


def is_quoted(line: str) -> bool:
    """Whether the line is marked as quoted."""
    return line.lstrip().startswith(">")


def names_a_sender(line: str) -> bool:
    """Whether a marked line is an attribution itself, as programs write it into the quotation."""
    text = line.strip(" >")
    if not is_quoted(line) or not text.endswith(":") or len(text) > _LONGEST_LINE:
        return False
    found = _BEGINS_WITH_MOMENT.match(text)
    return (found is not None and _says_when(found, marked=True)) or _says_who(text, marked=True, is_apart=False)


def introductions(lines: Sequence[str]) -> dict[int, tuple[int, Below]]:
    """Where a quotation is introduced: number of the first line → how many lines, and what is below."""
    below = _next_words(lines)
    first = 0 if lines and lines[0].strip() else below[0] if lines else 0
    found: dict[int, tuple[int, Below]] = {}
    for number, line in enumerate(lines):
        if not line or len(line) > _LONGEST_LINE or is_quoted(line):
            continue
        if line.rstrip().endswith(":") and (attribution := _attribution(lines, number, below)):
            start, kind = attribution
            # What is not marked: with nothing above it may be the answer, right below it may be what a person cites.
            if kind is Below.MARKED or (start > first and below[number] > number + 1):
                found[start] = (number - start + 1, kind)
        elif _is_separator(lines, number, below) or _is_header_block(lines, number, below):
            found[number] = (1, Below.MARKED if is_quoted(lines[below[number]]) else Below.ALL)
    return found


def _next_words(lines: Sequence[str]) -> list[int]:
    """For each line the number of the next one that is not blank; the number of lines where there is none."""
    following, found = len(lines), [0] * len(lines)
    for number in range(len(lines) - 1, -1, -1):
        found[number] = following
        if lines[number].strip():
            following = number
    return found


def _attribution(lines: Sequence[str], end: int, below: Sequence[int]) -> tuple[int, Below] | None:
    """The first line of the attribution that ends here, and what is below it."""
    if below[end] == len(lines):
        return None
    marked = is_quoted(lines[below[end]])
    own = False
    for start in range(end, max(-1, end - _MOST_LINES), -1):
        if not lines[start].strip() or is_quoted(lines[start]) or len(lines[start]) > _LONGEST_LINE:
            break
        text = " ".join(line.strip() for line in lines[start : end + 1])
        if (found := _BEGINS_WITH_MOMENT.match(text)) and _says_when(found, marked=marked):
            # The last line may be complete without the ones above; one that begins with the address is not.
            if own and not lines[end].lstrip().startswith("<") and not _is_broken(lines, start, end):
                break
            return start, Below.MARKED if marked else Below.ALL
        if start == end:
            own = _says_who(text, marked=marked, is_apart=end == 0 or not lines[end - 1].strip())
    return (end, Below.MARKED) if own else None


def _says_when(found: re.Match[str], *, marked: bool) -> bool:
    """ "On Wed, Nov 18, 2026 at 10:02 AM Trong Ngày <a@b.vn> wrote:" """
    moment, by = found["moment"], _BY_WHOM.match(found["rest"])
    if by is None or not _A_DATE.search(moment):
        return False
    if by["address"]:
        if _SPEAKS.search(by["name"]):
            return False
        # Where nothing is marked, only the complete form of a program is sure.
        return marked or bool(_A_TIME.search(moment))
    is_by_program = bool(_A_TIME.search(moment) or _A_DAY.search(moment))
    return marked and is_by_program and _is_name(by["name"])


def _says_who(text: str, *, marked: bool, is_apart: bool) -> bool:
    """ "Trong Ngày <a@b.vn> wrote:", "Trong Ngày đã viết vào lúc 10:02 18/11/2026:", "Trong Ngày đã viết:" """
    if not marked:
        return False
    if (behind := _WHEN_BEHIND.match(text)) and not _SPEAKS.search(behind["name"]):
        return bool(behind["address"]) or bool(_A_DATE.search(behind["moment"]) and _is_name(behind["name"]))
    by = _BY_WHOM.match(text)
    if by is None or _SPEAKS.search(by["name"]):
        return False
    return bool(by["address"]) or (is_apart and bool(_HAS_WRITTEN.search(text)) and _is_name(by["name"]))


def _is_name(text: str) -> bool:
    name = text.strip(" ,")
    return bool(name) and len(name.split()) <= _MOST_WORDS and not _SENTENCE.search(name)


def _is_broken(lines: Sequence[str], start: int, end: int) -> bool:
    """Whether a program broke the lines here: the next word did not fit, and no sentence ends."""
    upper = lines[start:end]
    lower = lines[start + 1 : end + 1]
    return all(
        len(line.rstrip()) + 1 + len(following.split()[0]) > _WRAPPED_FROM
        and not line.rstrip().endswith((".", "!", "?"))
        for line, following in zip(upper, lower, strict=True)
    )


def _is_separator(lines: Sequence[str], number: int, below: Sequence[int]) -> bool:
    if not _SEPARATOR.match(lines[number]):
        return False
    for _line in range(_EVIDENCE_WITHIN):
        number = below[number]
        if number == len(lines):
            return False
        line = lines[number][:_LONGEST_LINE]
        header = _HEADER.match(line)
        if is_quoted(line) or (header and header["from"]) or _HAS_ADDRESS.search(line):
            return True
    return False


def _is_header_block(lines: Sequence[str], number: int, below: Sequence[int]) -> bool:
    """ "From: … / Sent: … / To: … / Subject: …", with an address or the moment of sending, and text below."""
    is_ruled = bool(_RULE.match(lines[number]))
    at = below[number] if is_ruled else number
    first = _HEADER.match(lines[at]) if at < len(lines) else None
    if first is None or not first["from"] or not (first["value"] or "").strip():
        return False
    if not is_ruled and _line_above(lines, number).endswith(":"):
        return False  # a person speaks of a mail
    values: dict[str, str] = {}
    last = at
    for _line in range(_MOST_HEADERS):
        if at == len(lines):
            break
        line = lines[at][:_LONGEST_LINE]
        header = _HEADER.match(line)
        if header is None and not (
            at == last + 1 and _HAS_ADDRESS.search(line) and line.rstrip().endswith((";", ">", ","))
        ):
            break
        if header is not None:
            if "from" in values and header["from"]:
                return False  # the line above the block is the person's own
            values.setdefault(_name_of(header), header["value"] or "")
        last, at = at, below[at]
    if "subject" not in values or not values.keys() & {"sent", "date", "to"} or at == len(lines):
        return False
    has_address = bool(_HAS_ADDRESS.search(values["from"]) or _HAS_ADDRESS.search(values.get("to", "")))
    sent = values.get("sent", "")
    has_moment = "to" in values and bool(_A_DATE.search(sent) or _A_DAY.search(sent))
    return (has_address or has_moment) and (is_ruled or at > last + 1)


def _line_above(lines: Sequence[str], number: int) -> str:
    """The nearest line above that is not blank, at most two lines away; empty where there is none."""
    return next((line.strip() for line in reversed(lines[max(0, number - 2) : number]) if line.strip()), "")


def _name_of(header: re.Match[str]) -> str:
    return next(key for key in _HEADERS if header[key])
