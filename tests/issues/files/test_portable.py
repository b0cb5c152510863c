"""PDF: damaged ones are taken, encrypted ones are not."""

import random

import pytest
from django.utils import translation

from issues.files.content import look_at
from issues.files.findings import Finding, NotAccepted
from tests.issues.files.made import ELF, MACH_O, PROGRAM, RAR, SEVEN_ZIP, docx, finding, image, pdf, upload, zipped

NOISE = random.Random(1).randbytes(200_000)


@pytest.mark.parametrize(
    "data",
    [
        pdf(),
        b"\n" + pdf(),
        b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + pdf(),
        b"\xef\xbb\xbf" + pdf(),
        b"x" * 1019 + pdf(),
        b"x" * 1023 + pdf(),
        b"x" * 1023 + b"%PDF-1.7",
        pdf() + pdf()[9:],  # changed, and saved behind what was there
        pdf() + b"\r\n\0\0\0",
        pdf()[:20],
        pdf()[:12] + NOISE,
        b"%PDF-",
        pdf()[9:],  # the header is lost
        b"garbage" + pdf()[3:],
        NOISE + pdf()[9:],
        pdf(body=b"2 0 obj\n<<>>\nstream\n(/Encrypt 5 0 R) Tj\nendstream\nendobj\n"),
        pdf("/Root 1 0 R /Info (How to /Encrypt)"),
        pdf("/EncryptMetadata false"),
    ],
)
def test_documents_that_people_have(data: bytes) -> None:
    assert finding("a.pdf", data) is None


@pytest.mark.parametrize(
    "data",
    [
        pdf("/Root 1 0 R /Encrypt 5 0 R"),
        pdf("/Encrypt<</Filter/Standard/V 4>>"),
        pdf("/Encrypt\n  5 0 R"),
        pdf("/#45ncr#79pt 5 0 R"),
        pdf(body=b"2 0 obj\n<<>>\nstream\nx\nendstream\nendobj\n9 0 obj\n<</Type/XRef/Encrypt 8 0 R>>\nstream\n"),
        pdf(body=b"%" + bytes(1024 * 1024 - 100)) + pdf("/Encrypt 5 0 R"),  # where pieces of reading meet
        b"\n\n" + pdf("/Encrypt 5 0 R"),
    ],
)
def test_encrypted(data: bytes) -> None:
    assert finding("a.pdf", data) is Finding.ENCRYPTED


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (pdf() + zipped([("a", "x")]), Finding.HIDDEN_ARCHIVE),
        (pdf() + docx(), Finding.HIDDEN_ARCHIVE),
        (pdf() + RAR, Finding.HIDDEN_ARCHIVE),
        (pdf()[:12] + NOISE + zipped([("a", "x")]), Finding.HIDDEN_ARCHIVE),
        (PROGRAM + pdf(), Finding.PROGRAM),
        (b"#!/bin/sh\n" + pdf(), Finding.PROGRAM),
        (image() + pdf(), Finding.NOT_ACCEPTED),
        (b"x" * 1024 + b"%PDF-1.7", Finding.NOT_ACCEPTED),
        (b"x" * 1024 + pdf(), Finding.NOT_ACCEPTED),
        (NOISE[:60_000] + pdf(), Finding.NOT_ACCEPTED),
        (pdf() + PROGRAM, Finding.HIDDEN_PROGRAM),
        (pdf() + ELF, Finding.HIDDEN_PROGRAM),
        (pdf() + MACH_O, Finding.HIDDEN_PROGRAM),
        (pdf() + b"#!/bin/sh\nls", Finding.HIDDEN_PROGRAM),
        (pdf() + SEVEN_ZIP, Finding.HIDDEN_ARCHIVE),
        (pdf() + b"\x1f\x8b\x08\x00" + bytes(20), Finding.HIDDEN_ARCHIVE),
        (pdf() + zipped([("a", "x")]) + bytes(100_000), Finding.HIDDEN_ARCHIVE),
        (NOISE, Finding.NOT_ACCEPTED),
        (b"<html>1 0</html>", Finding.NOT_ACCEPTED),
    ],
)
def test_something_else(data: bytes, found: Finding) -> None:
    assert finding("a.pdf", data) is found


def test_what_stands_before_it_is_said() -> None:
    with translation.override("en"), pytest.raises(NotAccepted) as refused:
        look_at(upload("a.pdf", b"x" * 1024 + pdf()))
    assert refused.value.sentence.startswith("A PDF was found in this file, but more than a kilobyte")
