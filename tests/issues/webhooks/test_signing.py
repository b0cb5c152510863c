"""Signatures, and the example of the documentation, which has to work as it stands there."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from issues.webhooks import signing

DOCUMENT = Path(__file__).parents[3] / "docs" / "webhooks.md"
BODY = '{"type":"ticket.resolved","data":"Đã trả lời"}'.encode()


@pytest.fixture
def verify() -> Any:
    code = re.search(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert code
    space: dict[str, Any] = {}
    exec(code[1], space)  # noqa: S102 - the text of our own document
    return space["verify"]


def signed(*secrets: str, at: float | None = None) -> dict[str, str]:
    return signing.headers(secrets, "msg_1", datetime.fromtimestamp(at or time.time(), UTC), BODY)


def test_the_published_example_of_standard_webhooks() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    found = signing.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_example_of_the_documentation_accepts_what_we_send(verify: Any) -> None:
    secret = signing.new_secret()
    verify(secret, signed(secret), BODY)


def test_while_a_secret_changes_both_are_good(verify: Any) -> None:
    old, new = signing.new_secret(), signing.new_secret()
    both = signed(new, old)
    verify(old, both, BODY)
    verify(new, both, BODY)
    assert both["webhook-signature"].count("v1,") == 2


@pytest.mark.parametrize("change", ["body", "id", "timestamp", "secret", "old"])
def test_it_refuses_whatever_was_changed(verify: Any, change: str) -> None:
    secret = signing.new_secret()
    headers = signed(secret, at=time.time() - 400 if change == "old" else None)
    body = BODY + b" " if change == "body" else BODY
    if change == "id":
        headers["webhook-id"] = "msg_2"
    if change == "timestamp":
        headers["webhook-timestamp"] = str(int(headers["webhook-timestamp"]) + 1)
    if change == "secret":
        secret = signing.new_secret()
    with pytest.raises(ValueError, match=r"old|wrong"):
        verify(secret, headers, body)


def test_what_is_no_secret_cannot_sign() -> None:
    with pytest.raises(ValueError, match="secret"):
        signing.signature("whsec_not base64!", "msg_1", 1, b"")


def test_secrets_are_long_and_never_the_same() -> None:
    assert len({signing.new_secret() for _ in range(50)}) == 50
    assert len(signing.new_secret()) > 45
