"""What somebody wrote in a mail, without what their program quoted below or between. Pure."""

import re

_ATTRIBUTIONS = re.compile(
    r"""^\s*(
        (On|Am|Le)\s.{6,200}\s(wrote|schrieb|a\s+écrit)\s?:
      | (Vào|Lúc|Ngày)\s.{6,200}\s(đã\s+)?viết\s?:
      | .{3,120}\s<[^<>\s]+@[^<>\s]+>\s+(wrote|đã\s+viết|viết)\s?:
      | -{2,}\s*(Original\s+Message|Forwarded\s+message|Thư\s+gốc|Tin\s+nhắn\s+gốc|Thư\s+đã\s+chuyển\s+tiếp)\s*-{2,}
    )\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_HEADER_FIRST = re.compile(r"^\s*\*?(From|Từ|Người gửi)\*?:\s.*\S", re.IGNORECASE)
_HEADER_NEXT = re.compile(r"^\s*\*?(Sent|Date|To|Subject|Đã gửi|Ngày|Đến|Tới|Chủ đề|Tiêu đề)\*?:\s", re.IGNORECASE)
_RULE = re.compile(r"^\s*_{10,}\s*$")
_SENT_FROM = re.compile(r"^\s*(Sent from my|Get Outlook for|Gửi từ|Được gửi từ|Tải Outlook)\b.{0,80}$", re.IGNORECASE)


def own_words(text: str) -> str:
    """The text without quotations, attributions, signature and "sent from my phone"; empty when nothing is left.

    Answers between quoted lines stay, in their order.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = _without_signature(_without_quotation(lines))
    while lines and (not lines[-1].strip() or _SENT_FROM.match(lines[-1])):
        lines.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def _without_quotation(lines: list[str]) -> list[str]:
    for number in range(len(lines)):
        length = _attribution_length(lines, number)
        if not length:
            continue
        rest = lines[number + length :]
        if any(_is_quoted(line) for line in rest):
            # Every quoted line is marked, so what is not marked below it is an answer in between.
            return _unquoted(lines[:number]) + _unquoted(rest)
        return _unquoted(lines[:number])
    return _unquoted(lines)


def _unquoted(lines: list[str]) -> list[str]:
    return [line for line in lines if not _is_quoted(line)]


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def _attribution_length(lines: list[str], number: int) -> int:
    """How many lines from here introduce a quotation; 0 when none does. Programs break a long one in two or three."""
    if _is_quoted(lines[number]):
        return 0
    for length in (1, 2, 3):
        joined = [line.strip() for line in lines[number : number + length]]
        if all(joined) and _ATTRIBUTIONS.match(" ".join(joined)):
            return length
    start = number + 1 if _RULE.match(lines[number]) else number
    if start < len(lines) and _HEADER_FIRST.match(lines[start]):
        following = [line for line in lines[start + 1 : start + 5] if line.strip()]
        if sum(bool(_HEADER_NEXT.match(line)) for line in following) >= 2:
            return start - number + 1
    return 0


def _without_signature(lines: list[str]) -> list[str]:
    """Cut at the line "-- " that mail programs put before a signature."""
    for number, line in enumerate(lines):
        if line in ("-- ", "--") and any(other.strip() for other in lines[:number]):
            return lines[:number]
    return lines
