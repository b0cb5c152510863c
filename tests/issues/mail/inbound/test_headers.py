"""Subjects and names of files in every form that programs write them."""

from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.mail.inbound import headers


def head(raw: bytes) -> Message:
    return BytesParser(policy=compat32).parsebytes(raw + b"\n\n", headersonly=True)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Trả lời".encode(), "Trả lời"),
        (b"=?utf-8?B?VHLhuqMgbOG7nWk=?=", "Trả lời"),
        (b"=?UTF-8?Q?Tr=E1=BA=A3_l=E1=BB=9Di?= KN-1", "Trả lời KN-1"),
        (b"=?utf-8?B?VHLhuqMgbOG7nWkgdOG7?=\n =?utf-8?B?sSDEkeG7mW5n?=", "Trả lời tự động"),  # a letter cut in two
        (b"=?utf-8*vi?Q?Tr=E1=BA=A3?=", "Trả"),
        (b"=?x-unknown?Q?Tr=E1=BA=A3?=", "Trả"),
        (b"=?us-ascii?Q?Tr=E1=BA=A3?= =?us-ascii?Q?_l?=", "Trả l"),
        (b"=?utf-8?B?!!!?= x", "x"),
        (b"=?utf-8?B?V", "=?utf-8?B?V"),
        ("Tr\u1ea3".encode("utf-16-le"), "Trả"),
        (b"", ""),
    ],
)
def test_a_subject(raw: bytes, text: str) -> None:
    assert headers.text(headers.value(head(b"Subject: " + raw), "subject")) == text


@pytest.mark.parametrize(
    "field",
    [
        'filename="Bản vẽ.pdf"'.encode(),
        b"filename*=UTF-8''B%E1%BA%A3n%20v%E1%BA%BD.pdf",
        b"filename*=x-none''B%E1%BA%A3n%20v%E1%BA%BD.pdf",
        b"filename*0*=UTF-8''B%E1%BA%A3n;\n filename*1*=%20v%E1%BA%BD.pdf",
        b'filename="=?utf-8?B?QuG6o24gduG6vS5wZGY=?="',
        b"filename==?utf-8?Q?B=E1=BA=A3n_v=E1=BA=BD.pdf?=",
    ],
)
def test_a_file_name(field: bytes) -> None:
    assert headers.file_name(head(b"Content-Disposition: attachment; " + field)) == "Bản vẽ.pdf"


def test_the_name_of_the_type_serves_too() -> None:
    assert headers.file_name(head(b'Content-Type: application/pdf; name="a;b.pdf"')) == "a;b.pdf"
    assert headers.file_name(head(b"Content-Type: application/pdf")) == ""


@given(st.binary(max_size=200))
def test_any_field_is_survived(raw: bytes) -> None:
    message = head(b"Content-Disposition: attachment; filename*0*=" + raw)
    headers.file_name(message)
    headers.text(headers.value(message, "Content-Disposition"))
