"""What a browser may keep, and what a page may ask for."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import ApiToken
from tests.issues.conftest import TaskForce, make_task_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def force() -> TaskForce:
    return make_task_force()


def paths(force: TaskForce) -> Iterator[str]:
    code = force.accepted().code
    yield from ("/vi/", "/en/", "/vi/account/login/", "/vi/search/?q=a", "/vi/no/such/page/", "/documents/1/x.pdf")
    yield from ("/api/v1/stats", "/api/v1/tickets", f"/api/v1/tickets/{code}", "/api/v1/nothing", "/api/v1/docs")
    yield from (
        "/api/v1/openapi.json",
        "/api/v1/events",
        "/api/v1/projects",
        "/healthz",
        "/readyz",
        "/metrics",
        "/admin/",
    )
    yield from (reverse("issues:ticket", args=[code]), reverse("issues:board"), reverse("issues:transparency"))


def test_nothing_of_a_signed_in_person_is_kept(force: TaskForce, client: Client) -> None:
    client.force_login(force.officer)
    for path in paths(force):
        answer = client.get(path)
        assert answer["Cache-Control"] == "private, no-store", path
        assert "ETag" not in answer, path
        assert "Last-Modified" not in answer, path


def test_nothing_that_a_token_reads_is_kept(force: TaskForce) -> None:
    _token, secret = ApiToken.issue(user=force.filer, name="x")
    headers = {"Authorization": f"Bearer {secret}"}
    for path in ("/api/v1/stats", "/api/v1/tickets", "/api/v1/events"):
        assert Client().get(path, headers=headers)["Cache-Control"] == "private, no-store"


def test_a_copy_from_before_signing_in_is_not_confirmed(force: TaskForce, client: Client) -> None:
    client.force_login(force.officer)
    answer = client.get("/vi/", headers={"If-None-Match": "*", "If-Modified-Since": "Sun, 01 Nov 2099 00:00:00 GMT"})
    assert answer.status_code == 200


def test_signing_in_and_out_are_not_kept(force: TaskForce, client: Client) -> None:
    force.officer.set_password("mot-cau-dai-hon-muoi-chu")
    force.officer.save()
    form = {"login": force.officer.email, "password": "mot-cau-dai-hon-muoi-chu"}
    answer = client.post("/vi/account/login/", form)
    assert "sessionid" in answer.cookies
    assert answer["Cache-Control"] == "private, no-store"
    assert client.post("/vi/account/logout/")["Cache-Control"] == "private, no-store"


def test_what_everybody_gets_may_be_kept(client: Client) -> None:
    assert "no-store" not in client.get("/api/v1/openapi.json").get("Cache-Control", "")


def test_every_answer_says_what_it_may_ask_of_a_device(client: Client) -> None:
    for path in ("/vi/account/login/", "/api/v1/stats", "/admin/", "/vi/no/such/page/"):
        policy = client.get(path)["Permissions-Policy"].split(", ")
        assert {"camera=()", "microphone=()", "geolocation=()", "payment=()"} <= set(policy)


@pytest.fixture
def tls(settings: Any) -> Iterator[None]:
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=3600, SECURE_SSL_HOST="dautu.example.vn"):
        yield


def test_visitors_are_sent_to_https(tls: None) -> None:
    client = Client()
    answer = client.get("/vi/account/login/?next=/vi/")
    assert answer.status_code == 301
    assert answer["Location"] == "https://dautu.example.vn/vi/account/login/?next=/vi/"
    assert client.get("/healthz").status_code == 200
    assert client.get("/vi/account/login/", secure=True)["Strict-Transport-Security"] == "max-age=3600"
