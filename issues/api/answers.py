"""Answers that need no second look."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse


def plain_json(rows: Any, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    """An answer of texts, numbers and lists that our own code has put together, as it is.

    Validating a page of tickets on its way out costs as much as reading it; that the answer matches the schema
    is checked by tests instead (`tests/contracts/test_answers.py`).
    """
    return HttpResponse(
        json.dumps(rows, ensure_ascii=False), content_type="application/json; charset=utf-8", status=status
    )
