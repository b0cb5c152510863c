"""Bytes become text by what they are, whatever the header says."""

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import charsets
from core.charsets import UNREADABLE, charset_of_one_byte, decode

TEXT = "Công ty chúng tôi đề nghị được cấp giấy phép xây dựng; diện tích 1.200 m."
HEADERS = ["", "utf-8", "us-ascii", "iso-8859-1", "windows-1252", "x-unknown", "\0", "no such charset", "gb2312"]


def old(table: str, text: str = TEXT) -> bytes:
    codes = {code: byte for byte, code in charsets._TABLES[table].items()}
    return bytes(codes[ord(character)] for character in text)


def by_1258(text: str = TEXT) -> bytes:
    """As windows-1258 writes it: the letter with its quality, then the tone."""
    written = []
    for character in text:
        try:
            written.append(character.encode("cp1258"))
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", character)
            tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            letter = unicodedata.normalize("NFC", marks.replace(tone, ""))
            written.append((letter + tone).encode("cp1258"))
    return b"".join(written)


def read(raw: bytes, declared: str = "", *, html: bool = False) -> str:
    return unicodedata.normalize("NFC", decode(raw, declared, html=html))


@pytest.mark.parametrize("declared", HEADERS)
@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
        by_1258(),
        old("tcvn3"),
        old("viscii"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
    ids=["UTF-8", "decomposed", "windows-1258", "TCVN3", "VISCII", "with a mark", "UTF-16", "little end", "big end"],
)
def test_vietnamese_is_read_whatever_the_header_says(raw: bytes, declared: str) -> None:
    assert read(raw, declared) == TEXT


@pytest.mark.parametrize("declared", ["windows-1258", "cp1258", "WINDOWS1258", '"x-windows-1258"'])
def test_windows_1258_as_declared(declared: str) -> None:
    assert read(by_1258("Ừ."), declared) == "Ừ."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Müller für Straße", "windows-1252"),
        ("café à la carte, né", "iso-8859-1"),
        ("안녕하세요 반갑습니다", "euc-kr"),
        ("你好世界", "gb18030"),
        ("Привет мир", "koi8-r"),
        ("こんにちは", "iso-2022-jp"),
    ],
)
def test_other_languages_are_left_alone(text: str, name: str) -> None:
    assert decode(text.encode(name), name) == text
    assert decode(text.encode(), name) == text
    assert decode(text.encode()) == text


def test_letters_of_an_old_font_pasted_into_unicode() -> None:
    pasted = old("tcvn3", "Chúng tôi đồng ý.").decode("cp1252")
    assert read(f"{pasted}\nCông ty Müller\n".encode()) == "Chúng tôi đồng ý.\nCông ty Müller\n"


def test_encoded_twice() -> None:
    assert read(TEXT.encode().decode("latin-1").encode()) == TEXT


def test_the_html_says_it_where_the_header_does_not() -> None:
    russian = "Привет".encode("koi8-r")
    assert decode(b'<meta charset="koi8-r">' + russian, html=True).endswith("Привет")
    content = b'<META http-equiv=Content-Type content="text/html; charset=koi8-r">'
    assert decode(content + russian, "x-none", html=True).endswith("Привет")


def test_what_cannot_be_read_is_marked_and_the_rest_is_read() -> None:
    damaged = TEXT.encode()[:-1] + "ạ".encode()[:2]
    assert decode(damaged, "iso-8859-1") == TEXT[:-1] + UNREADABLE
    assert UNREADABLE in decode(b"\xff\xfea\x00\x00\xd8")


@given(
    st.binary(max_size=200), st.sampled_from([*HEADERS, "utf-16", "utf-7", "hex", "idna", "punycode"]), st.booleans()
)
def test_any_bytes_are_text(raw: bytes, declared: str, html: bool) -> None:
    assert isinstance(decode(raw, declared, html=html), str)


@given(st.text(max_size=100).filter(lambda text: not text.startswith("\ufeff")))
def test_utf_8_stays_what_it_is_in_other_scripts(text: str) -> None:
    greek = "Ω" + text.replace("\n", "").replace("\0", "")
    found = decode(greek.encode("utf-8", "replace"))
    assert found.startswith("Ω")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (by_1258(), "cp1258"),
        (old("tcvn3"), "tcvn3"),
        (old("viscii"), "viscii"),
        ("Müller für Straße".encode("cp1252"), "cp1252"),
        (TEXT.encode()[:-1] + "ạ".encode()[:2], ""),
        ("承認".encode("shift-jis"), ""),
        (b"\x81\x8d", ""),
    ],
)
def test_the_character_set_by_evidence(raw: bytes, name: str) -> None:
    assert charset_of_one_byte(raw) == name


def test_the_tables_are_whole() -> None:
    for table in charsets._TABLES.values():
        assert len(table) == len(set(table.values())) == 256
        assert all(character in codecs.charmap_decode(bytes(range(256)), "strict", table)[0] for character in TEXT)


@pytest.mark.parametrize("text", ["1.200 m².", "35 °C", "½ khu", "± 2 m³", "§ 5 — «a»", "10 × 20 m"])
def test_signs_in_utf8_are_left_as_they_are(text: str) -> None:
    assert decode(text.encode(), "utf-8") == text
