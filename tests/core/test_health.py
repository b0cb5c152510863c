"""Whether this process and what it needs are well."""

import pytest
from django.db import OperationalError
from django.test import Client

from core import health

pytestmark = pytest.mark.django_db


def test_readyz_asks_the_database(client: Client) -> None:
    answer = client.get("/readyz").json()
    assert answer["status"] == "ok"
    assert answer["checks"]["database"] == "ok"
    assert answer["checks"]["migrations"] == "ok"


def _fails() -> None:
    raise OperationalError("password=secret")


@pytest.mark.parametrize(("required", "status", "code"), [(True, "down", 503), (False, "degraded", 200)])
def test_readyz_tells_what_is_down_but_not_why(
    client: Client, monkeypatch: pytest.MonkeyPatch, required: bool, status: str, code: int
) -> None:
    monkeypatch.setitem(health._checks, "broken", health.Check("broken", _fails, required))
    response = client.get("/readyz")
    assert response.status_code == code
    assert response.json()["status"] == status
    assert response.json()["checks"]["broken"] == "down"
    assert b"secret" not in response.content
