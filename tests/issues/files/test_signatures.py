"""What the first bytes say, and what is hidden behind an image."""

import io
import random

import pytest

from issues.files import signatures
from issues.files.findings import Finding
from tests.issues.files.made import ELF, MACH_O, PROGRAM, RAR, SEVEN_ZIP, compound, docx, finding, image, pdf, zipped

ZIPPED = zipped([("evil.class", b"x")])
JPEG, PNG = image("JPEG"), image("PNG")


PROGRAMS = [
    PROGRAM,
    ELF,
    MACH_O,
    b"\xfe\xed\xfa\xce\0\0\0\x12" + bytes(40),
    b"\xca\xfe\xba\xbe\0\0\0\x02" + bytes(40),
    b"\0asm\x01\0\0\0",
    b"dex\n035\0" + bytes(40),
    b"L\0\0\0\x01\x14\x02\0" + bytes(40),
    b"#!/bin/sh\nls",
    b"\n\0\0" + ELF,
]


@pytest.mark.parametrize("start", [JPEG, PNG])
class TestBehindAnImage:
    @pytest.mark.parametrize(
        "hidden",
        [
            ZIPPED,
            ZIPPED + b"and more, so that the archive does not end the file" * 2000,
            docx(),
            RAR,
            SEVEN_ZIP,
            b"some bytes in between" + RAR,
            b"\x1f\x8b\x08\x00" + bytes(20),
            b"BZh91AY&SY" + bytes(20),
            b"\xfd7zXZ\x00" + bytes(20),
            b"\x28\xb5\x2f\xfd\x04\0" + bytes(20),
            compound("WordDocument"),
            b"a.txt".ljust(257, b"\0") + b"ustar\0" + bytes(200),
        ],
    )
    def test_an_archive(self, start: bytes, hidden: bytes) -> None:
        assert finding("a.png", start + hidden) is Finding.HIDDEN_ARCHIVE

    @pytest.mark.parametrize("hidden", PROGRAMS)
    def test_a_program(self, start: bytes, hidden: bytes) -> None:
        assert finding("a.png", start + hidden) is Finding.HIDDEN_PROGRAM

    @pytest.mark.parametrize(
        "appended",
        [
            b"",
            b"\0" * 1000,
            b"\n",
            JPEG,  # a preview
            b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + random.Random(1).randbytes(100_000),  # a short film
            b"\0\0\x01\x0aImage_UTC_Data1736000000000SEFHk\0\0\0\x01\0\0\0SEFT",
        ],
    )
    def test_what_cameras_append_is_none(self, start: bytes, appended: bytes) -> None:
        assert finding("a.jpg", start + appended) is None

    def test_a_program_behind_a_gap(self, start: bytes) -> None:
        assert finding("a.jpg", start + bytes(16) + PROGRAM) is Finding.HIDDEN_PROGRAM

    def test_found_wherever_a_piece_ends(self, start: bytes) -> None:
        for before in range(signatures.PIECE - 12, signatures.PIECE + 4, 3):
            padded = start + bytes(before - len(start)) + RAR
            assert signatures.hidden_in_image(io.BytesIO(padded)) == signatures.ARCHIVE, before


def test_an_image_that_happens_to_hold_short_signatures() -> None:
    noise = b"PK\x03\x04 MZ Rar! 7z \x1f\x8b\x08 BZh".join([random.Random(2).randbytes(5000)] * 20)
    assert finding("a.png", PNG[:-12] + noise + PNG[-12:]) is None


@pytest.mark.parametrize(
    "data", [PROGRAM, ELF, MACH_O, b"#!/bin/sh\nrm -r x", b"\xef\xbb\xbf#! /usr/bin/env python", b"\xcf\xfa\xed\xfe"]
)
@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.jpg", "a.docx", "a.exe", "a"])
def test_a_program_under_any_name(name: str, data: bytes) -> None:
    assert finding(name, data) is Finding.PROGRAM


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.rar", RAR, Finding.ARCHIVE),
        ("a.zip", ZIPPED, Finding.ARCHIVE),
        ("a.jpg", ZIPPED, Finding.ARCHIVE),
        ("a.txt", ZIPPED, Finding.ARCHIVE),
        ("a.pdf", SEVEN_ZIP, Finding.ARCHIVE),
        ("a.jpg", pdf(), Finding.NOT_ACCEPTED),
        ("a.jpg", b"RIFF\0\0\0\0WEBPVP8 " + bytes(40), Finding.NOT_ACCEPTED),
        ("a.jpg", b"", Finding.NOT_ACCEPTED),
    ],
)
def test_other_kinds(name: str, data: bytes, found: Finding) -> None:
    assert finding(name, data) is found


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40), "HEI"),
        (b"II*\0" + bytes(60), "TIF"),
        (b"<!DOCTYPE html><html></html>", "HTML"),
        (b"AC1032" + bytes(40), "DWG"),
        (b"ID3\x03" + bytes(40), ""),
        (b"hello", ""),
        (b"", ""),
    ],
)
def test_kinds_that_are_only_named(head: bytes, name: str) -> None:
    found = signatures.name_of(head)
    assert found.startswith(name)
    assert bool(found) == bool(name)
