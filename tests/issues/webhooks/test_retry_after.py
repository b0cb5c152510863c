"""How long a receiver may make us wait."""

from datetime import UTC, datetime, timedelta

import pytest

from issues.webhooks.retry_after import LONGEST, pause_asked_for

NOW = datetime(2026, 11, 18, 2, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", timedelta(seconds=120)),
        (" 120 ", timedelta(seconds=120)),
        ("0", timedelta()),
        ("99999999999999999999", LONGEST),
        ("Wed, 18 Nov 2026 02:30:00 GMT", timedelta(minutes=30)),
        ("Wednesday, 18-Nov-26 02:30:00 GMT", timedelta(minutes=30)),
        ("Wed Nov 18 02:30:00 2026", timedelta(minutes=30)),
        ("Wed, 18 Nov 2026 09:30:00 +0700", timedelta(minutes=30)),
        ("Wed, 18 Nov 2020 02:30:00 GMT", timedelta()),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("٣٠", None),
    ],
)
def test_seconds_and_dates(header: str, expected: timedelta | None) -> None:
    assert pause_asked_for(header, NOW) == expected
