"""The documentation of the HTTP interface."""

import json
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from config.api import api
from issues.events.topics import parse_topic
from tests.config import small_api

pytestmark = [pytest.mark.django_db, pytest.mark.urls(small_api.__name__)]


def test_the_documentation_loads_from_no_other_host(client: Client) -> None:
    cache.clear()
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert "//" not in page.content.decode().replace("http://www.w3.org", "")
    assert "<script>" not in page.content.decode()


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = api.get_openapi_schema()
    return found


def test_it_says_which_calls_are_for_everybody(document: dict[str, Any]) -> None:
    """And so they are: an anonymous caller is let in there, and nowhere else."""
    public = {
        (method, path)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if {} in operation["security"]
    }
    assert public == {
        *(("get", f"/api/v1/{name}") for name in ("events", "projects", "projects/{code}", "stats", "suggest")),
        *(("get", f"/api/v1/projects.{kind}") for kind in ("csv", "xlsx", "geojson")),
        ("post", "/api/v1/tickets/preview"),
    }
    for operations in document["paths"].values():
        for operation in operations.values():
            assert any(operation["security"]), "a token is read wherever one is sent"


def test_bodies_name_what_their_actions_need(document: dict[str, Any]) -> None:
    bodies, paths = document["components"]["schemas"], document["paths"]
    assert bodies["MergeIn"]["required"] == ["into"]
    assert bodies["FilingIn"]["required"] == ["body", "title"]
    assert "required" not in bodies["TransitionIn"]
    assert paths["/api/v1/tickets/{code}/merge"]["post"]["requestBody"]["required"] is True
    form = paths["/api/v1/tickets/{code}/attachments"]["post"]["requestBody"]["content"]["multipart/form-data"]
    assert form["schema"]["required"] == ["file"]
    assert "x-needed" not in json.dumps(document)


def test_no_text_that_is_sent_may_have_a_nul(document: dict[str, Any]) -> None:
    title = document["components"]["schemas"]["FilingIn"]["properties"]["title"]
    assert re.search(title["pattern"], "Đầu tư\n🙂")
    assert not re.search(title["pattern"], "a\0b")


def test_files_are_documented_as_what_they_are(document: dict[str, Any]) -> None:
    def kinds(path: str) -> set[str]:
        return set(document["paths"][f"/api/v1/{path}"]["get"]["responses"]["200"]["content"])

    assert kinds("projects.csv") == {"text/csv"}
    assert kinds("projects.geojson") == {"application/geo+json"}
    assert {"application/octet-stream", "image/png"} <= kinds("attachments/{attachment_id}")


@pytest.mark.parametrize(
    ("call", "name", "good", "wrong"),
    [
        ("get /stats", "month", ["", "2026-11", "2030-01"], ["2026-13", "2026", "1999-01", "2026-11-01", "x"]),
        (
            "get /events",
            "topic",
            ["", "board", "public", "ticket:KN-2026-0001", "agency:W-VH"],
            ["x", "ticket:", "a b"],
        ),
        ("get /events", "after", ["0", "12", "12.0a1b2c3d"], ["", "-1", "12.", "12.XYZ"]),
        ("get /tickets", "agency", ["", "SXD"], ["X" * 21]),
        ("post /tickets", "Idempotency-Key", ["k", "k" * 200], ["k" * 201]),
        ("get /projects", "sort", ["", "capital"], ["colour"]),
        ("get /suggest", "locale", ["vi", "en"], ["fr"]),
        ("get /projects/{code}", "locale", ["vi", "en"], ["fr"]),
        ("post /tickets/{code}/transitions/{name}", "name", ["resolve", "reopen"], ["delete"]),
    ],
)
def test_parameters_say_their_form(
    document: dict[str, Any], call: str, name: str, good: list[str], wrong: list[str]
) -> None:
    method, path = call.split()
    parameters = document["paths"][f"/api/v1{path}"][method]["parameters"]
    (schema,) = [one["schema"] for one in parameters if one["name"] == name]
    (form,) = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    form = {**schema, **form, **form.get("items", {})}

    def fits(text: str) -> bool:
        return (
            ("pattern" not in form or bool(re.search(form["pattern"], text)))
            and ("enum" not in form or text in form["enum"])
            and ("maxLength" not in form or len(text) <= form["maxLength"])
        )

    assert all(map(fits, good))
    assert not any(map(fits, wrong))


def test_the_form_of_a_topic_refuses_none_that_there_is(document: dict[str, Any]) -> None:
    parameters = document["paths"]["/api/v1/events"]["get"]["parameters"]
    (form,) = [one["schema"]["items"]["pattern"] for one in parameters if one["name"] == "topic"]
    for name in ("board", "public", "agency:Đội-1", f"ticket:{'x' * 40}", "ticket:a.b-c_d"):
        assert parse_topic(name)
        assert re.search(form, name)
