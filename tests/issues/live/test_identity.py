"""Who is behind a socket."""

import pytest

from issues.live.identity import Identity, people_of, same_origin

pytestmark = pytest.mark.django_db(transaction=True)


def test_people_of_leaves_out_who_cannot_be_known() -> None:
    assert people_of([Identity("session", "nothing"), Identity("token", "nothing")]) == {}


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        ("https://example.vn", "example.vn", True),
        ("https://example.vn:443", "EXAMPLE.vn", True),
        ("https://example.vn", "example.vn:443", True),
        ("http://example.vn", "example.vn:8000", False),
        ("https://example.vn.evil.vn", "example.vn", False),
        ("https://example.vn:x", "example.vn", False),
        ("null", "example.vn", False),
        ("", "", False),
        (None, "example.vn", True),
    ],
)
def test_same_origin(origin: str | None, host: str, same: bool) -> None:
    assert same_origin(origin, host) is same
