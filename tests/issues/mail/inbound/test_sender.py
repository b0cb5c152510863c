"""Exactly one plain address, or nobody."""

from email.parser import BytesParser
from email.policy import compat32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.mail.inbound.sender import Problem, Sender, sender_of


def sender(field: bytes) -> Sender:
    return sender_of(BytesParser(policy=compat32).parsebytes(b"From: " + field + b"\n\n", headersonly=True))


@pytest.mark.parametrize(
    "field",
    [
        b"a@x.vn", b"<a@x.vn>", b"A <A@X.vn>", b"Nguyen V. A <a@x.vn>", "Nguyễn V. A <a@x.vn>".encode(),
        b'"Sales, Dept" <a@x.vn>', b'"a@x.vn" <a@x.vn>', b"=?utf-8?Q?Nguy=E1=BB=85n?= <a@x.vn>", b"A\n <a@x.vn>",
        b"A (B) <a@x.vn>",
    ],
)  # fmt: skip
def test_one_address(field: bytes) -> None:
    found = sender(field)
    assert (found.address, found.problem) == ("a@x.vn", Problem.NONE)


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        (b"", "missing"), (b"  ", "missing"),
        (b"a@x.vn, b@y.vn", "several"), (b"a@x.vn,a@x.vn", "several"), (b"Sales, Dept <a@x.vn>", "several"),
        (b"g: a@x.vn;", "several"), (b"undisclosed-recipients:;", "several"), (b"a@x.vn\nFrom: b@y.vn", "several"),
        (b"A <a@x.vn", "malformed"), (b"a@x.vn <b@y.vn>", "malformed"), (b"<b@y.vn> a@x.vn", "malformed"),
        (b"<a@x.vn><b@y.vn>", "malformed"), (b"a@@x.vn", "malformed"), (b"a..b@x.vn", "malformed"),
        (b"<@r.vn:a@x.vn>", "malformed"), (b"a@x.vn (b@y.vn)", "malformed"), (b"a@[10.0.0.1]", "malformed"),
        (b"A <a@x.vn\0>", "malformed"), (b"khong phai", "malformed"), (b"(" * 900 + b"a@x.vn", "malformed"),
        (b"A" * 2000 + b" <a@x.vn>", "malformed"),
        (b'"a@x.vn" <b@y.vn>', "disguised"), (b"=?utf-8?Q?a=40x.vn?= <b@y.vn>", "disguised"),
    ],
)  # fmt: skip
def test_nobody(field: bytes, problem: str) -> None:
    found = sender(field)
    assert (found.address, found.problem) == ("", problem)
    assert len(found.shown) <= 254


@given(st.binary(max_size=120))
def test_any_field_is_survived(raw: bytes) -> None:
    found = sender(raw)
    assert bool(found.address) != bool(found.problem)
