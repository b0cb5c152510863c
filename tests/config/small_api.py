"""A small interface with one call of each kind, and short words for asking it."""

import json
from typing import Any

from django.http import Http404, HttpRequest
from django.test import Client
from django.urls import path, re_path
from ninja import File, Form, NinjaAPI, Query, Router, Schema, UploadedFile

from accounts.auth import OptionalAuth, RequiredAuth
from config import problems
from config.parsing import StrictParser
from config.urls import urlpatterns as product_urlpatterns
from core.errors import Invalid, NotAllowed, NotPossible, TooMany

router = Router()


class Inner(Schema):
    street: int


class Body(Schema):
    title: str
    inner: Inner | None = None


class Filters(Schema):
    page: int = 1
    sector: list[int] = []


@router.post("/things")
def make(request: HttpRequest, payload: Body) -> dict[str, str]:
    return {"title": payload.title}


@router.get("/things", auth=OptionalAuth())
def list_things(request: HttpRequest, filters: Query[Filters]) -> dict[str, str]:
    return {"who": str(getattr(request.user, "email", "nobody"))}


@router.post("/files", auth=OptionalAuth())
def send_file(request: HttpRequest, title: Form[str], file: File[UploadedFile]) -> dict[str, str]:
    return {"title": title}


REFUSALS = {
    "invalid": Invalid("Wrong.", fields={"title": ["Too short."]}),
    "forbidden": NotAllowed("Not you."),
    "conflict": NotPossible("Too late.", last_event=7),
    "limit": TooMany("Slowly.", retry_after=30),
    "missing": Http404("secret"),
    "bug": RuntimeError("secret"),
}


@router.get("/refuse/{kind}", auth=OptionalAuth())
def refuse(request: HttpRequest, kind: str) -> None:
    raise REFUSALS[kind]


api = NinjaAPI(urls_namespace="problems-test", auth=[RequiredAuth()], parser=StrictParser())
api.add_router("", router)
problems.install(api)
urlpatterns = [
    re_path(r"^api/v1/$", problems.unknown_path),
    path("api/v1/", api.urls),
    re_path(r"^api/", problems.unknown_path),
    *product_urlpatterns,
]


def problem(response: Any, status: int) -> dict[str, Any]:
    """The body of an answer that must be a problem with this status."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert body["status"] == status
    assert {"type", "title", "detail", "code", "instance"} <= body.keys()
    assert "secret" not in response.content.decode()
    return body


def send(client: Client, body: Any, headers: dict[str, str], url: str = "/api/v1/things") -> Any:
    """A POST with a JSON body; text and bytes go as they are."""
    data = body if isinstance(body, (bytes, str)) else json.dumps(body)
    return client.post(url, data, content_type="application/json", headers=headers)
