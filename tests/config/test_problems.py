"""Every error of the HTTP interface is a problem with the right status, also those that never reach a call."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.http import Http404, HttpRequest
from django.test import Client, override_settings
from django.urls import path, re_path
from ninja import File, Form, NinjaAPI, Query, Router, Schema, UploadedFile

from accounts.auth import OptionalAuth, RequiredAuth
from accounts.models import ApiToken, User
from config import problems
from config.parsing import StrictParser
from config.urls import urlpatterns as product_urlpatterns
from core.clock import at, now
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

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("person@example.vn", "password")


@pytest.fixture
def bearer(person: User) -> dict[str, str]:
    return {"Authorization": f"Bearer {ApiToken.issue(user=person, name='test')[1]}"}


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert body["status"] == status
    assert {"type", "title", "detail", "code", "instance"} <= body.keys()
    assert "secret" not in response.content.decode()
    return body


def send(client: Client, body: Any, headers: dict[str, str], url: str = "/api/v1/things") -> Any:
    data = body if isinstance(body, (bytes, str)) else json.dumps(body)
    return client.post(url, data, content_type="application/json", headers=headers)


def test_anonymous_is_401(client: Client) -> None:
    response = send(client, {"title": "x"}, {})
    assert problem(response, 401)["code"] == "not_signed_in"
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "title"),
        ({"title": 1}, "title"),
        ({"title": "x", "inner": {"street": "a"}}, "inner.street"),
        ({"title": "a\x00b"}, "title"),
        ({"title": "x", "inner": {"street": "\x00"}}, "inner.street"),
        ('{"title": "\\ud800"}', "title"),
        ("", "body"),
    ],
)
def test_a_wrong_field_is_named(client: Client, bearer: dict[str, str], body: Any, field: str) -> None:
    found = problem(send(client, body, bearer), 422)
    assert list(found["errors"]) == [field]


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe", b'{"title": "\xc3"}', "{", '{"title": NaN}', "[" * 50_000, '{"a":' * 60 + "1" + "}" * 60],
    ids=["no UTF-8", "cut character", "cut object", "NaN", "endless nesting", "deep nesting"],
)
def test_a_body_that_cannot_be_read_is_400(client: Client, bearer: dict[str, str], body: Any) -> None:
    problem(send(client, body, bearer), 400)


def test_a_wrong_filter_is_named(client: Client) -> None:
    assert list(problem(client.get("/api/v1/things?page=x"), 422)["errors"]) == ["page"]
    assert list(problem(client.get("/api/v1/things?sector=1&sector=x"), 422)["errors"]) == ["sector"]


@pytest.mark.parametrize("url", ["/api/v1/things?q=%00", "/api/v1/th%00ings", "/vi/?q=%00", "/vi/account/login/?%00"])
def test_nul_in_the_address_is_400(client: Client, url: str) -> None:
    assert client.get(url).status_code == 400


def test_nul_in_a_form_field_is_named(client: Client) -> None:
    response = client.post("/api/v1/files", {"title": "a\x00b"})
    assert list(problem(response, 422)["errors"]) == ["title"]


def test_nul_is_taken_out_of_a_form_of_a_page_and_the_rest_is_kept(client: Client) -> None:
    answer = client.post("/vi/account/login/", {"login": "a\x00b@example.com", "password": "x"})
    assert answer.status_code == 200
    assert "ab@example.com" in answer.content.decode()


def test_a_broken_multipart_body_is_400(client: Client) -> None:
    response = client.post("/api/v1/files", b"nonsense", content_type="multipart/form-data; boundary=")
    problem(response, 400)


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100)
def test_a_body_that_is_too_large_is_413(client: Client, bearer: dict[str, str]) -> None:
    problem(send(client, {"title": "x" * 200}, bearer), 413)


@pytest.mark.parametrize(("kind", "status"), [("forbidden", 403), ("missing", 404), ("conflict", 409), ("limit", 429)])
def test_a_refused_operation_has_its_status(client: Client, kind: str, status: int) -> None:
    problem(client.get(f"/api/v1/refuse/{kind}"), status)


def test_a_refusal_carries_its_fields_and_facts(client: Client) -> None:
    assert problem(client.get("/api/v1/refuse/invalid"), 422)["errors"] == {"title": ["Too short."]}
    assert problem(client.get("/api/v1/refuse/conflict"), 409)["last_event"] == 7
    assert client.get("/api/v1/refuse/limit")["Retry-After"] == "30"


def test_an_unexpected_error_shows_nothing_of_itself(client: Client) -> None:
    client.raise_request_exception = False
    assert problem(client.get("/api/v1/refuse/bug"), 500)["code"] == "internal"


@pytest.mark.parametrize("url", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/things", "/api/v1/things/"])
def test_an_unknown_address_is_404(client: Client, url: str) -> None:
    problem(client.get(url), 404)
    problem(Client(enforce_csrf_checks=True).post(url), 404)


def test_an_unsupported_method_is_405(client: Client) -> None:
    response = client.delete("/api/v1/things")
    problem(response, 405)
    assert set(response["Allow"].replace(" ", "").split(",")) == {"GET", "POST"}


class TestSignIn:
    def test_a_token_signs_in_and_notes_its_use_once_a_minute(self, client: Client, bearer: dict[str, str]) -> None:
        assert client.get("/api/v1/things", headers=bearer).json() == {"who": "person@example.vn"}
        used = ApiToken.objects.get().last_used_at
        assert used is not None
        client.get("/api/v1/things", headers=bearer)
        assert ApiToken.objects.get().last_used_at == used
        with at(now() + timedelta(minutes=2)):
            client.get("/api/v1/things", headers=bearer)
        assert ApiToken.objects.get().last_used_at > used

    @pytest.mark.parametrize("header", ["Bearer wrong", "Bearer ", "Bearer", "Basic dTpw", "nonsense", "Bearer \xff"])
    def test_a_wrong_token_is_401_even_where_nobody_may_ask(self, client: Client, header: str) -> None:
        problem(client.get("/api/v1/things", headers={"Authorization": header}), 401)

    def test_a_revoked_token_is_401(self, client: Client, bearer: dict[str, str]) -> None:
        ApiToken.objects.get().revoke()
        problem(client.get("/api/v1/things", headers=bearer), 401)

    def test_a_token_of_an_inactive_person_is_401(self, client: Client, bearer: dict[str, str]) -> None:
        User.objects.update(is_active=False)
        problem(client.get("/api/v1/things", headers=bearer), 401)

    def test_a_session_needs_the_csrf_token_to_change_something(self, person: User) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(person)
        assert problem(send(client, {"title": "x"}, {}), 403)["code"] == "csrf_failed"
        client.get("/vi/account/password/change/")
        token = client.cookies["csrftoken"].value
        assert send(client, {"title": "x"}, {"X-CSRFToken": token}).status_code == 200

    def test_a_token_needs_no_csrf_token(self, bearer: dict[str, str]) -> None:
        assert send(Client(enforce_csrf_checks=True), {"title": "x"}, bearer).status_code == 200


def test_the_documentation_loads_from_no_other_host(client: Client) -> None:
    cache.clear()
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert "//" not in page.content.decode().replace("http://www.w3.org", "")
    assert "<script>" not in page.content.decode()
