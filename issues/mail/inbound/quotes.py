"""What somebody wrote in a mail, told apart from what their program quoted or added. Pure.

Nothing a person wrote is cut away: where it is unsure whose line it is, it is theirs. What is cut is returned as well.
"""

import re
from enum import Enum
from typing import NamedTuple

from issues.mail.inbound.attributions import SIGNATURE, Below, introductions, is_quoted, names_a_sender

_CONTEXT = 3  # lines of a quotation that stay above an answer in between
_SHORTENED = "> […]"
_MORE_THAN = re.compile(r"\s*>=?\s*[\d.,]*\d")  # "> 500 m²": a person's "more than"
_MOST_SIGNATURE_LINES, _MOST_SIGNATURE_CHARACTERS = 8, 400
_DEVICE = (
    r"(?:iphone|ipad|ipod|mac|android|samsung|galaxy|xiaomi|redmi|poco|oppo|vivo|realme|oneplus|huawei|honor|nokia|lumia"
    r"|motorola|moto|sony|xperia|lg|asus|vsmart|blackberry|pixel|windows|ios|outlook|gmail|proton\s?mail|zimbra"
    r"|yahoo!?(?:\s+mail)?|smartphone|phone|tablet|điện\s+thoại|máy\s+tính\s+bảng|thiết\s+bị|di\s+động|thông\s+minh)"
)
_ON_DEVICE = rf"(?:(?:dành\s+)?cho|trên|for|on)\s+{_DEVICE}"
_BY_PHONE = re.compile(
    rf"""\s*(?:
        (?:Sent|Được\s+gửi|Đã\s+gửi|Gửi)\s+(?:from|từ)\s+(?:my\s+)?
            (?:{_DEVICE}(?:\s+(?:[\w+-]*\d[\w+-]*|pro|max|mini|plus|ultra|note|{_DEVICE}))*(?:\s+{_ON_DEVICE})?
              |(?:mail|thư|hòm\s+thư|ứng\s+dụng)\s+{_ON_DEVICE}(?:\s+\d{{1,2}})?)
            (?:\s*[®™])?(?:\s+của\s+tôi)?
      | (?:Get|Download|Tải(?:\s+xuống)?|Nhận)\s+Outlook\s+{_ON_DEVICE}
    )[.!]?\s*(?:<https?://[^<>\s]*>|\(https?://[^()\s]*\))?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_PHONE_LINE = 300


class Words(NamedTuple):
    """`own`: what the person wrote, empty when nothing is left; `cut`: the rest, in its order."""

    own: str
    cut: str


class _Kind(Enum):
    OWN, QUOTED, INTRODUCTION, ADDED = range(4)


def split(text: str) -> Words:
    """Tell the own words from quotations, attributions, signature and "sent from my phone".

    Answers between quoted lines stay in their order, each with the lines above it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kinds = _kinds(lines)
    _take_out_additions(lines, kinds)
    own: list[str] = []
    cut: list[str] = []
    context = _context(lines, kinds)
    for number, line in enumerate(lines):
        if kinds[number] is _Kind.OWN:
            own.append(line)
        elif number in context:
            own += [_SHORTENED, line] if context[number] else [line]
        else:
            cut.append(line)
    return Words(_tidy(own), _tidy(cut))


def own_words(text: str) -> str:
    """The own words alone."""
    return split(text).own


def _kinds(lines: list[str]) -> list[_Kind]:
    introduced = introductions(lines)
    kinds: list[_Kind] = []
    while len(kinds) < len(lines):
        number = len(kinds)
        length, below = introduced.get(number, (0, Below.MARKED))
        if length and below is Below.ALL:
            kinds += [_Kind.QUOTED] * (len(lines) - number)
        elif length:
            kinds += [_Kind.INTRODUCTION] * length
        else:
            kinds.append(_Kind.QUOTED if is_quoted(lines[number]) else _Kind.OWN)
    senders = (number for number, line in enumerate(lines) if names_a_sender(line))
    first = min(min(introduced, default=len(lines)), next(senders, len(lines)))
    return [*_without_introduction(lines, kinds[:first], is_all=first == len(lines)), *kinds[first:]]


def _without_introduction(lines: list[str], kinds: list[_Kind], *, is_all: bool) -> list[_Kind]:
    """Marked lines above the first introduction are the person's own; without one, not always those at the end."""
    last = len(kinds)
    while last and (kinds[last - 1] is _Kind.QUOTED or not lines[last - 1].strip()):
        last -= 1
    if not is_all or _are_own(lines[:last], lines[last : len(kinds)]):
        last = len(kinds)
    return [_Kind.OWN] * last + kinds[last:]


def _are_own(above: list[str], marked: list[str]) -> bool:
    """Whether lines with ">" at the end may be a person's: right below their own, announced by them, or "more than"."""
    if above and (is_quoted(marked[0]) if marked else False):
        return True
    if above and above[-1].rstrip().endswith(":"):
        return True
    return all(_MORE_THAN.match(line) for line in marked if line.strip())


def _take_out_additions(lines: list[str], kinds: list[_Kind]) -> None:
    """Mark what programs put below the last own words."""
    own = [number for number, line in enumerate(lines) if kinds[number] is _Kind.OWN and line.strip()]
    while own:
        last = own[-1]
        if len(lines[last]) <= _LONGEST_PHONE_LINE and _BY_PHONE.match(lines[last]):
            first = last
        elif (found := _signature(lines, own)) is not None:
            first = found
        else:
            return
        while own and own[-1] >= first:
            kinds[own.pop()] = _Kind.ADDED


def _signature(lines: list[str], own: list[int]) -> int | None:
    """The line "-- " that programs put above a signature, where the signature is short and there are words above."""
    characters = 0
    for place in range(len(own) - 1, max(0, len(own) - 2 - _MOST_SIGNATURE_LINES), -1):
        number = own[place]
        characters += len(lines[number])
        if characters > _MOST_SIGNATURE_CHARACTERS or own[-1] - number > 2 * _MOST_SIGNATURE_LINES:
            return None
        if lines[number] == SIGNATURE:
            return number
    return None


def _context(lines: list[str], kinds: list[_Kind]) -> dict[int, bool]:
    """Quoted lines that stay because an answer stands below them, by number: whether some before it are left out.

    An answer below the whole quotation needs none.
    """
    blocks: list[list[int]] = [[]]
    answered: list[list[int]] = []
    for number, line in enumerate(lines):
        if kinds[number] is _Kind.QUOTED and line.strip(" >") and not names_a_sender(line):
            blocks[-1].append(number)
        elif kinds[number] is _Kind.OWN and line.strip() and blocks[-1]:
            answered.append(blocks[-1])
            blocks.append([])
    if len(answered) < 2:
        return {}
    return {
        number: place == 0 and len(block) > _CONTEXT
        for block in answered
        for place, number in enumerate(block[-_CONTEXT:])
    }


def _tidy(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n").strip()
