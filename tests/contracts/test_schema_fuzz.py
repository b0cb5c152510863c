"""Generated requests to every reading call: no failure of ours, and answers as the document says."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from accounts.models import ApiToken
from config.api import api
from tests.contracts.test_operations import CALLS
from tests.issues.conftest import make_task_force
from tests.long import either

READING = sorted(call.split()[1] for call in CALLS if call.startswith("GET"))
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
EXAMPLES = either(4, 20)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The handler may not close the connection of the test, as Django's own client sees to."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.parametrize("path", READING)
def test_generated_requests(path: str) -> None:
    force = make_task_force()
    ticket = force.accepted()
    token = ApiToken.issue(user=force.coordinator, name="test")[1]
    document: Any = api.get_openapi_schema()
    schema = schemathesis.openapi.from_dict(document)
    schema.app = get_wsgi_application()
    operation = schema[f"/api/v1{path}"]["GET"]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    def send(case: Any) -> None:
        if "code" in case.path_parameters and case.path.startswith("/api/v1/tickets"):
            case.path_parameters["code"] = ticket.code
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

    send()
