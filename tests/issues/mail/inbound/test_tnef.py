"""Packages of Outlook, whole and damaged; what is in a good one is in the table of structures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.mail.inbound.tnef import Damaged, unpack
from tests.issues.mail.inbound.test_mime_parts import OUTLOOK, tnef


def test_every_beginning_of_a_package_ends() -> None:
    for end in range(len(OUTLOOK)):
        try:
            unpack(OUTLOOK[:end])
        except Damaged:
            continue


@given(st.binary(max_size=120))
def test_any_properties_are_survived(raw: bytes) -> None:
    found = unpack(tnef((0x9002, b""), (0x9005, raw), (0x9003, raw), (0x800F, b"x")))
    assert [file.content for file in found.files] == [b"x"]


def test_what_is_no_package() -> None:
    with pytest.raises(Damaged):
        unpack(b"PK\x03\x04")
    with pytest.raises(Damaged):
        unpack(tnef(*[(0x9002, b"")] * 101))
