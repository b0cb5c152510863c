"""Bytes as text, by evidence: the name of a character set in a header is often missing or wrong, and files have none.

In this order: a byte order mark; UTF-8 where the bytes are UTF-8; what the header or the HTML says where that gives
Vietnamese words or where nothing else does; windows-1258, TCVN3 (TCVN 5712:1993) and VISCII (RFC 1456) where they give
Vietnamese words. A character that cannot be read is U+FFFD. Nothing here raises.
"""

import codecs
import re
from collections.abc import Iterator

from core.syllables import evidence, is_vietnamese

UNREADABLE = "\ufffd"
# 0x80 to 0xFF. The lower half is ASCII, but for six capitals that VISCII has among the controls.
_TCVN3_UPPER = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒ"
    "ĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_VISCII_UPPER = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_ASCII = "".join(map(chr, range(0x80)))
_TCVN3 = _ASCII + _TCVN3_UPPER
_VISCII = _ASCII.translate({2: "Ẳ", 5: "Ẵ", 6: "Ẫ", 20: "Ỷ", 25: "Ỹ", 30: "Ỵ"}) + _VISCII_UPPER
_TABLES = {
    name: {byte: ord(character) for byte, character in enumerate(table)}
    for name, table in (("tcvn3", _TCVN3), ("viscii", _VISCII))
}
_ALIASES = {
    **dict.fromkeys(("tcvn", "tcvn-5712", "tcvn5712-1", "x-viet-tcvn5712", "x-tcvn3"), "tcvn3"),
    **dict.fromkeys(("x-viscii", "viscii1.1-1", "csviscii"), "viscii"),
    **dict.fromkeys(("x-windows-1258", "x-cp1258", "windows1258"), "cp1258"),
    # What calls itself Latin-1 is windows-1252 (WHATWG Encoding Standard).
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii"), "cp1252"),
}
# Names that Python knows and that are no character sets of texts; one of them takes quadratic time.
_NO_CHARSETS = (
    "idna",
    "punycode",
    "undefined",
    "unicode_escape",
    "raw_unicode_escape",
    "unicode-escape",
    "mbcs",
    "oem",
)
_GUESSES = ("cp1258", "tcvn3", "viscii")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta\b[^>]{0,400}?charset\s{0,9}=\s{0,9}[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
# "1.200 m²", "35 °C": no letter is wrong, while as TCVN3 they would be "mỗ" and "°" a letter.
_ONLY_SIGNS = re.compile(r"[\x00-\x7f\xa0-\xa9\xab-\xb9\xbb-\xbf×÷€–—‘’“”„…•™‰]*")
_META_WITHIN = 4096  # bytes: browsers look at 1,024


def decode(raw: bytes, declared: str = "", *, html: bool = False) -> str:
    """The text of these bytes; `declared` is the character set that the header names, if it does."""
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace")
    if wide := _wide(raw, declared):
        return raw.decode(wide, "replace")
    if raw.isascii():
        return _seven_bits(raw, declared)
    try:
        return _repaired(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _by_evidence(raw, [declared, *_in_html(raw, html=html)])


def charset_of_one_byte(raw: bytes) -> str:
    """The character set of bytes that are not Unicode: `cp1258`, `tcvn3`, `viscii`, `cp1252`; nothing for none of them.

    None is what most bytes of UTF-8 are that were damaged, and what windows-1252 has no characters for.
    """
    found = _vietnamese(raw)
    if found:
        return max(found, key=lambda name: _weight(found[name]))
    unreadable, good = _as_unicode(raw)
    return "cp1252" if good < unreadable and _strictly(raw, "cp1252") is not None else ""


def _wide(raw: bytes, declared: str) -> str:
    """UTF-16 without its mark: the zero bytes of ASCII characters stand on one side."""
    zeros = raw.count(0)
    if not zeros or len(raw) < 4:
        return ""
    after = raw[1::2].count(0)
    sure = 4 if "16" in declared else 1.5  # every second byte of ASCII, every fifth of Vietnamese
    if zeros * 3 * sure < len(raw):
        return ""
    if after >= 0.9 * zeros:
        return "utf-16-le"
    return "utf-16-be" if after <= 0.1 * zeros else ""


def _seven_bits(raw: bytes, declared: str) -> str:
    """ASCII, or one of the character sets that are written with ASCII bytes."""
    if b"\x1b" in raw or b"~{" in raw:
        found = _strictly(raw, declared) if re.match(r"(?i)\s*(iso-2022|hz)", declared) else None
        if found is not None:
            return found
    return raw.decode("ascii")


def _by_evidence(raw: bytes, said: list[str]) -> str:
    claims = [text for name in said if (text := _strictly(raw, name)) is not None]
    for text in claims:
        if is_vietnamese(text):
            return text
    if guesses := _vietnamese(raw).values():
        return max(guesses, key=_weight)
    bad, good = _as_unicode(raw)
    if good >= (3 * bad if claims else bad):
        return raw.decode("utf-8", "replace")  # UTF-8, of which something was damaged
    if claims:
        return claims[0]
    return raw.decode(next((_plain_name(name) for name in said if _is_known(name)), "cp1252"), "replace")


def _vietnamese(raw: bytes) -> dict[str, str]:
    """By name of the character set, the texts that have Vietnamese words."""
    texts = ((name, _strictly(raw, name)) for name in _GUESSES)
    return {name: text for name, text in texts if text is not None and is_vietnamese(text)}


def _as_unicode(raw: bytes) -> tuple[int, int]:
    """How many characters cannot be read as UTF-8, and how many that are not ASCII can."""
    text = raw.decode("utf-8", "replace")
    bad = text.count(UNREADABLE)
    return bad, sum(not character.isascii() for character in text) - bad


def _weight(text: str) -> int:
    good, bad = evidence(text)
    return good - bad


def _strictly(raw: bytes, name: str) -> str | None:
    """The text by this character set; None where it is unknown or does not fit."""
    name = _plain_name(name)
    table = _TABLES.get(name)
    try:
        return codecs.charmap_decode(raw, "strict", table)[0] if table else raw.decode(name)
    except (LookupError, ValueError):  # UnicodeError is a ValueError; so is a name with a zero byte
        return None


def _is_known(name: str) -> bool:
    return _plain_name(name) not in _TABLES and _strictly(b" ", name) is not None


def _plain_name(name: str) -> str:
    name = name.strip().strip("\"'").lower()
    try:
        name = name if name in _TABLES or name in _ALIASES else codecs.lookup(name).name
    except (LookupError, ValueError):
        return "?"
    return "?" if name in _NO_CHARSETS else _ALIASES.get(name, name)


def _in_html(raw: bytes, *, html: bool) -> Iterator[str]:
    if html:
        yield from (found.decode("ascii", "replace") for found in _META.findall(raw[:_META_WITHIN]))


def _repaired(text: str) -> str:
    """Lines whose UTF-8 holds the bytes of an older character set as if they were Latin-1.

    So do letters in old fonts (.VnTime) that were pasted into a mail, and UTF-8 that was encoded twice.
    """
    return "".join(map(_repaired_line, text.splitlines(keepends=True)))


def _repaired_line(line: str) -> str:
    if _ONLY_SIGNS.fullmatch(line) or is_vietnamese(line) or (raw := _as_bytes(line)) is None:
        return line
    for name in ("utf-8", *_GUESSES):
        found = _strictly(raw, name)
        if found is not None and is_vietnamese(found):
            return found
    return line


def _as_bytes(line: str) -> bytes | None:
    """The bytes of which each became a character; None where one is no byte of Latin-1 or windows-1252."""
    try:
        return b"".join(c.encode("latin-1") if ord(c) < 0x100 else c.encode("cp1252") for c in line)
    except UnicodeEncodeError:
        return None
