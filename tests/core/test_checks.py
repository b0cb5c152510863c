"""What an operator is warned of."""

from typing import Any

import pytest

from core.checks import check_site_address


@pytest.mark.parametrize(
    ("address", "demo", "expected"),
    [
        ("https://dautu.example.vn", False, []),
        ("http://dautu.example.vn", False, ["core.W001"]),
        ("http://127.0.0.1:8000", False, ["core.W001"]),  # the default: somebody forgot to set it
        ("http://127.0.0.1:8000", True, []),
        ("http://dautu.example.vn", True, ["core.W001", "core.W002"]),
        ("https://dautu.example.vn", True, ["core.W002"]),
    ],
)
def test_an_address_without_tls_and_a_public_demo(address: str, demo: bool, expected: list[str], settings: Any) -> None:
    settings.TN_SITE_URL, settings.TN_DEMO = address, demo
    assert [message.id for message in check_site_address()] == expected
