"""One code for each enterprise, address and hour, valid for a day."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.contact_code import VALID, contact_code, is_contact_code
from core import clock
from core.readable_codes import shown_code

CODE, HOA = "0109990027", "hoa@a.example"
AT = datetime(2026, 11, 30, 3, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("later", "valid"),
    [(timedelta(0), True), (VALID, True), (VALID + timedelta(hours=1), False), (timedelta(hours=-1), False)],
)
def test_it_is_valid_for_a_day(later: timedelta, valid: bool) -> None:
    code = contact_code(CODE, HOA, AT)
    with clock.at(AT + later):
        assert is_contact_code(shown_code(code).lower(), CODE, HOA) is valid


def test_for_this_enterprise_and_this_address() -> None:
    code = contact_code(CODE, HOA, AT)
    with clock.at(AT):
        assert is_contact_code(code, CODE, HOA.upper())
        assert not is_contact_code(code, "0100109106", HOA)
        assert not is_contact_code(code, CODE, "moi@a.example")
        for typed in ("", "0", "0" * 12, "x" * 100_000, "\0"):
            assert not is_contact_code(typed, CODE, HOA)


def test_within_an_hour_it_is_the_same() -> None:
    hours = [contact_code(CODE, HOA, AT.replace(minute=0) + timedelta(minutes=30 * half)) for half in range(6)]
    assert hours[0::2] == hours[1::2]
    assert len(set(hours)) == 3
