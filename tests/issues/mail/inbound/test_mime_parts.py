"""The table of structures: what is in a mail, wherever it stands; the words, the files, and what is left out."""

import struct
from email import message_from_bytes
from pathlib import Path

import pytest

from issues.mail.inbound.mime_parts import parts_of
from tests.issues.mail.inbound.building import PDF, PNG, attached, mail, part, several, shown

HERE = Path(__file__).parent
WORDS = part("Diện tích 1.200 m².")
HTML = part("<p>Diện tích <b>1.200 m²</b>.</p>", "text/html; charset=utf-8")
SAID = "Diện tích 1.200 m²."
DRAWING = attached(PDF, "ban-ve.pdf", "application/pdf")
CALENDAR = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n"


def tnef(*attributes: tuple[int, bytes]) -> bytes:
    packed = (struct.pack("<BHHI", 2, name, 6, len(data)) + data + b"\0\0" for name, data in attributes)
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(packed)


def long_name(name: str) -> bytes:
    data = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<IHHIHHII", 2, 3, 0x0E20, 7, 0x1F, 0x3707, 1, len(data)) + data + b"\0" * (-len(data) % 4)


OUTLOOK = tnef((0x9002, b"\0" * 14), (0x8010, b"BAN-VE~1.PDF\0"), (0x800F, PDF), (0x9005, long_name("Bản vẽ móng.pdf")))
BIG_PNG = PNG + b"\0" * 6000
# What it is; the body; words, names of files, (name, reason) of what is left out.
TABLE: dict[str, tuple[bytes, str, list[str], list[tuple[str, str]]]] = {
    "text alone": (WORDS, SAID, [], []),
    "HTML alone": (HTML, SAID, [], []),
    "both versions": (several("alternative", WORDS, HTML), SAID, [], []),
    "an empty plain version": (several("alternative", part(" \n"), HTML), SAID, [], []),
    "text, image, text": (
        several("mixed", part("Trước ảnh."), shown(PNG, "anh.png"), part("Sau ảnh.")),
        "Trước ảnh.\nSau ảnh.", ["anh.png"], [],
    ),
    "a file inside of alternative": (
        several("alternative", WORDS, several("mixed", HTML, DRAWING)), SAID, ["ban-ve.pdf"], [],
    ),
    "a file inside of related": (several("related", HTML, DRAWING), SAID, ["ban-ve.pdf"], []),
    "a file of both versions": (
        several("alternative", several("mixed", WORDS, DRAWING), several("mixed", HTML, DRAWING)),
        SAID, ["ban-ve.pdf"], [],
    ),
    "OpenPGP": (
        several("signed", several("mixed", WORDS, DRAWING), part("x", "application/pgp-signature", "X: y")),
        SAID, ["ban-ve.pdf"], [("application/pgp-signature", "signature")],
    ),
    "OpenPGP in the text": (
        part(
            f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{SAID}\n- -- gạch\n"
            "-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\nsau\n"
        ),
        f"{SAID}\n-- gạch\nsau", [], [],
    ),
    "S/MIME beside": (
        several("signed", WORDS, attached(b"\x30\x80", "smime.p7s", "application/pkcs7-signature")),
        SAID, [], [("smime.p7s", "signature")],
    ),
    "S/MIME around": (
        part((HERE / "signed.p7m").read_bytes(), "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"),
        "Diện tích 1.200 m2", [], [],
    ),
    "S/MIME encrypted": (
        several("mixed", WORDS, attached((HERE / "encrypted.p7m").read_bytes(), "smime.p7m", "application/pkcs7-mime")),
        SAID, [], [("smime.p7m", "encrypted")],
    ),
    "S/MIME damaged": (
        several("mixed", WORDS, attached(b"\x30\x80" * 3000, "smime.p7m", "application/pkcs7-mime")),
        SAID, [], [("smime.p7m", "damaged")],
    ),
    "a signed file": (
        several("mixed", WORDS, attached((HERE / "signed.p7m").read_bytes(), "bản.txt.p7m")),
        SAID, ["bản.txt"], [],
    ),
    "OpenPGP encrypted in the text": (
        part("-----BEGIN PGP MESSAGE-----\n\niQ==\n-----END PGP MESSAGE-----\n"), "", [], [("text/plain", "encrypted")],
    ),
    "OpenPGP encrypted": (
        several("encrypted", part("Version: 1", "application/pgp-encrypted"), attached(b"x", "encrypted.asc")),
        "", [], [("multipart/encrypted", "encrypted")],
    ),
    "winmail.dat": (
        several("mixed", WORDS, attached(OUTLOOK, "winmail.dat", "application/ms-tnef")),
        SAID, ["Bản vẽ móng.pdf"], [],
    ),
    "winmail.dat alone": (
        part(tnef((0x800C, SAID.encode())) , "application/ms-tnef; name=winmail.dat"), SAID, [], [],
    ),
    "winmail.dat cut off": (
        several("mixed", WORDS, attached(OUTLOOK[:60], "winmail.dat")), SAID, [], [("winmail.dat", "damaged")],
    ),
    "a business card": (
        several("mixed", WORDS, attached(b"BEGIN:VCARD", "a.vcf", "text/x-vcard")), SAID, [], [("a.vcf", "card")],
    ),
    "a key": (several("mixed", WORDS, attached(b"x", "0x12.asc")), SAID, [], [("0x12.asc", "key")]),
    "an invitation": (
        several("alternative", WORDS, part(CALENDAR, "text/calendar; method=REQUEST")),
        SAID, [], [("text/calendar", "calendar")],
    ),
    "text that Exchange put behind a file": (
        several("mixed", WORDS, DRAWING, attached("<p>Và cả móng.</p>".encode(), "ATT00001.htm", "text/html")),
        f"{SAID}\nVà cả móng.", ["ban-ve.pdf"], [],
    ),
    "an empty ATT00001.htm": (
        several("mixed", WORDS, attached(b"<html><body><br></body></html>", "ATT00001.htm", "text/html")),
        SAID, [], [],
    ),
    "another mail": (
        several("mixed", WORDS, b"Content-Type: message/rfc822\r\n\r\n" + mail(DRAWING, Subject="Cũ")),
        SAID, [], [("Cũ", "mail")],
    ),
    "a small image without a name": (
        several("related", HTML, shown(PNG, "")), SAID, [], [("image/png", "small_image")],
    ),
    "a large image without a name": (several("related", HTML, shown(BIG_PNG, "")), SAID, ["image.png"], []),
    "an image of ours": (
        several("related", HTML, part(PNG, "image/png; name=logo.png", "Content-ID: <logo@dautu.vn>")),
        SAID, [], [("logo.png", "our_image")],
    ),
    "AppleDouble": (
        several("mixed", WORDS, several("appledouble", part(b"x", "application/applefile; name=._a"), DRAWING)),
        SAID, ["ban-ve.pdf"], [("._a", "program")],
    ),
    "a PDF without a name": (
        several("mixed", WORDS, part(PDF, "application/pdf", "Content-Disposition: attachment")),
        SAID, ["application.pdf"], [],
    ),
    "a text file": (several("mixed", WORDS, attached(b"a", "so-lieu.txt", "text/plain")), SAID, ["so-lieu.txt"], []),
    "a name in raw UTF-8": (several("mixed", WORDS, attached(PDF, "Bản vẽ.pdf")), SAID, ["Bản vẽ.pdf"], []),
    "a container without an edge": (
        b"Content-Type: multipart/mixed\r\n\r\nx", "", [], [("multipart/mixed", "damaged")],
    ),
    "cut off": (several("mixed", WORDS, DRAWING)[:-60], SAID, ["ban-ve.pdf"], []),
    "an unknown container": (several("x-unheard-of", WORDS, DRAWING), SAID, ["ban-ve.pdf"], []),
    "a text without a type": (b"\r\nVang.\r\n", "Vang.", [], []),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_what_a_mail_holds(name: str) -> None:
    body, words, files, left_out = TABLE[name]
    found = parts_of(mail(body), our_host="dautu.vn")
    said = [text.strip().replace("\r\n", "\n") for text in found.texts or [found.spare]]
    assert "\n".join(filter(None, said)) == words
    assert [file.name for file in found.files] == files
    assert [(part.name, str(part.reason)) for part in found.left_out] == left_out


@pytest.mark.parametrize("depth", [3, 12])
def test_nesting_makes_no_difference(depth: int) -> None:
    body = several("mixed", WORDS, DRAWING)
    for number in range(depth):
        body = several(("mixed", "alternative", "related", "signed")[number % 4], body)
    found = parts_of(mail(body))
    assert [text.strip() for text in found.texts] == [SAID]
    assert [file.content for file in found.files] == [PDF]


def test_what_is_packed_too_deep_is_named() -> None:
    body = DRAWING
    for _number in range(40):
        body = several("mixed", body)
    [left] = parts_of(mail(body)).left_out
    assert left.reason == "deep"


def test_only_shown_images_are_inline() -> None:
    body = several("mixed", WORDS, shown(PNG, "anh.png"), attached(PNG, "goc.png", "image/png"), DRAWING)
    assert [(file.name, file.is_inline) for file in parts_of(mail(body)).files] == [
        ("anh.png", True), ("goc.png", False), ("ban-ve.pdf", False),
    ]  # fmt: skip


def test_an_answer_to_an_invitation_is_seen() -> None:
    reply = part(CALENDAR.replace("REQUEST", "REPLY"), "text/calendar")
    assert parts_of(mail(several("alternative", WORDS, reply))).answers_invitation
    assert not parts_of(mail(several("alternative", WORDS, part(CALENDAR, "text/calendar")))).answers_invitation


def test_the_mails_of_this_table_are_mails() -> None:
    for body, *_expected in TABLE.values():
        assert message_from_bytes(mail(body))["Message-ID"] == "<1@x.vn>"
