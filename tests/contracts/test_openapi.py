"""The OpenAPI document is part of the contract: a change of it is seen in review.

After a change that is meant:
manage.py export_openapi_schema --api config.api.api --sorted --indent 2 --output tests/contracts/openapi.json
"""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

SNAPSHOT = Path(__file__).with_name("openapi.json")


def test_the_document_is_the_one_that_was_agreed(tmp_path: Path) -> None:
    now = tmp_path / "openapi.json"
    call_command("export_openapi_schema", api="config.api.api", sorted=True, indent=2, output=str(now))
    assert json.loads(now.read_text()) == json.loads(SNAPSHOT.read_text()), "see the head of this file"


@pytest.mark.django_db
def test_the_served_document_holds_every_call_of_the_design() -> None:
    paths: dict[str, Any] = Client().get("/api/v1/openapi.json").json()["paths"]
    assert {
        f"/api/v1{path}"
        for path in (
            "/projects", "/projects/{code}", "/projects.csv", "/projects.xlsx", "/projects.geojson", "/suggest",
            "/tickets", "/tickets/preview", "/tickets/{code}", "/tickets/{code}/events",
            "/tickets/{code}/transitions/{name}", "/tickets/{code}/messages", "/tickets/{code}/attachments",
            "/tickets/{code}/consultations", "/tickets/{code}/rating", "/tickets/{code}/extensions",
            "/tickets/{code}/merge", "/tickets/{code}/join", "/events", "/stats",
        )
    } <= set(paths)  # fmt: skip
    for methods in paths.values():
        for operation in methods.values():
            assert operation["summary"]
            assert "default" in operation["responses"]
