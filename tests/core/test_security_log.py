"""A record says who did what from where, in text and in JSON."""

import json
import logging

import pytest
from django.test import RequestFactory

from config.log_format import JsonFormatter
from core.security_log import current_request, security_event


def test_a_record_is_structured(caplog: pytest.LogCaptureFixture) -> None:
    token = current_request.set(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7"))
    try:
        with caplog.at_level(logging.INFO, logger="trong_ngay.security"):
            security_event("token_made", token=7, person=3)
    finally:
        current_request.reset(token)
    written = json.loads(JsonFormatter().format(caplog.records[0]))
    expected = {"event": "token_made", "token": 7, "person": 3, "by": None, "address": "192.0.2.7"}
    assert written["security"] == expected
    assert caplog.messages[0] == "token_made token=7 person=3 by=None address=192.0.2.7"


def test_outside_of_a_request(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="trong_ngay.security"):
        security_event("password_changed", person=3)
    assert caplog.messages == ["password_changed person=3"]
