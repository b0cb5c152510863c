"""Callers of the HTTP interface, and short words for asking and refusing."""

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from accounts.models import ApiToken, User

Call = Callable[..., Any]
API = "/api/v1"


def call(user: User | None, method: str, path: str, body: Any = None, /, **headers: str) -> Any:
    """One request as the bearer of a fresh token, or as nobody. `body` is sent as JSON; bytes and text as they are."""
    if user is not None:
        headers["Authorization"] = f"Bearer {ApiToken.issue(user=user, name='test')[1]}"
    content = body if isinstance(body, bytes | str) else json.dumps({} if body is None else body)
    data = {} if method == "get" else {"data": content, "content_type": "application/json"}
    if method == "get" and body:
        data = {"query_params": body}
    return getattr(Client(), method)(API + path, headers=headers, **data)


def ok(response: Any, status: int = 200) -> Any:
    """The answer, which must have this status."""
    assert response.status_code == status, response.content.decode()
    return response.json()


def refused(response: Any, status: int, *fields: str) -> dict[str, Any]:
    """The problem, which must have this status and name exactly these fields."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == status
    assert set(problem.get("errors", ())) == set(fields)
    return problem
