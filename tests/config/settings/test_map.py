"""Tiles under the map: off by default; where they are on, pictures may come from their host and no other."""

from pathlib import Path

import pytest

from tests.config.settings.test_security import _start

SHOW = "import config.settings as s; print(*s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])"


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("", "'self' data:"),
        ("https://tiles.example.vn/{z}/{x}/{y}{r}.png?key=1", "'self' data: https://tiles.example.vn"),
        ("http://localhost:8081/city/{z}/{x}/{y}.png", "'self' data: http://localhost:8081"),
    ],
)
def test_pictures_come_from_the_host_of_the_tiles_alone(tmp_path: Path, address: str, allowed: str) -> None:
    answer = _start("-c", SHOW, TN_DEMO="true", TN_VAR_DIR=str(tmp_path), TN_MAP_TILES_URL=address)
    assert answer.stdout.strip() == allowed, answer.stderr
