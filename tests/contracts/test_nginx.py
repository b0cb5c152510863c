"""The shipped proxy writes no address with a code or a token in it."""

import re
from pathlib import Path

CONFIGURATION = (Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf").read_text(encoding="utf-8")


def test_the_access_log_has_no_address_and_no_referrer() -> None:
    written = " ".join(re.findall(r"log_format\s+\w+\s+([^;]+);", CONFIGURATION))
    assert "$logged_place" in written
    for variable in ("$request", "$request_uri", "$uri", "$args", "$query_string", "$http_referer", "$http_cookie"):
        assert not re.search(re.escape(variable) + r"(?![a-z_])", written), variable
    logs = re.findall(r"access_log\s+(\S+)\s*(\w*);", CONFIGURATION)
    assert all(file == "off" or form == "places" for file, form in logs)
    assert re.search(r"error_log \S+ crit;", CONFIGURATION)
