"""Addresses for machines, headers, and where the bare address leads."""

import pytest
from django.db import OperationalError
from django.test import Client

from accounts.models import User
from core import health, metrics

pytestmark = pytest.mark.django_db


def test_healthz_asks_nobody(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert client.get("/healthz").json() == {"status": "ok"}


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


def test_metrics_count_requests_by_view_and_never_by_path(client: Client) -> None:
    client.get("/healthz")
    client.get("/vi/no/such/page/xyzzy/")
    text = client.get("/metrics").content.decode()
    assert 'http_requests_total{method="GET",status="200",view="healthz"}' in text
    assert "xyzzy" not in text


def test_metrics_show_the_gauges_of_apps_and_skip_broken_ones(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics._gauges, "readers", {})
    metrics.gauge("test_open", "Open", lambda: {"stc": 2, "sxd": 0}, label="agency")
    metrics.gauge("test_broken", "Broken", lambda: 1 / 0)
    text = client.get("/metrics").content.decode()
    assert 'test_open{agency="stc"} 2.0' in text
    assert "test_broken" not in text


def test_metrics_ask_for_the_token_where_one_is_set(client: Client, settings: object) -> None:
    settings.TN_METRICS_TOKEN = "letmein"  # type: ignore[attr-defined]
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer letmein"}).status_code == 200


class TestLanguage:
    @pytest.mark.parametrize(("accept", "target"), [("", "/vi/"), ("en-GB,en;q=0.9", "/en/"), ("fr", "/vi/")])
    def test_the_bare_address_asks_the_browser(self, client: Client, accept: str, target: str) -> None:
        assert client.get("/", headers={"Accept-Language": accept})["Location"] == target

    def test_the_language_read_last_is_remembered(self, client: Client) -> None:
        client.get("/en/account/login/")
        assert client.get("/")["Location"] == "/en/"

    def test_a_person_gets_the_language_of_the_account(self, client: Client) -> None:
        client.force_login(User.objects.create_user("en@example.vn", language="en"))
        assert client.get("/")["Location"] == "/en/"

    @pytest.mark.parametrize("url", ["/api/x", "/media/images/none.png", "/documents/1/x.pdf"])
    def test_what_is_no_page_is_missing_without_a_detour(self, client: Client, url: str) -> None:
        assert client.get(url).status_code == 404


class TestHeaders:
    def test_pages_run_only_our_own_scripts(self, client: Client) -> None:
        policy = client.get("/vi/account/login/")["Content-Security-Policy"]
        assert "script-src 'self'" in policy.split("; ")
        assert "default-src 'self'" in policy.split("; ")

    def test_the_administration_has_a_policy_of_its_own(self, client: Client) -> None:
        assert "'unsafe-inline'" in client.get("/admin/")["Content-Security-Policy"]

    def test_data_shows_and_runs_nothing(self, client: Client) -> None:
        policy = "default-src 'none'; frame-ancestors 'none'"
        assert client.get("/api/v1/stats")["Content-Security-Policy"] == policy
        assert client.get("/api/v1/tickets")["Content-Security-Policy"] == policy  # a problem: nobody is signed in
        assert "script-src" in client.get("/api/v1/docs")["Content-Security-Policy"]

    def test_every_answer_names_its_request(self, client: Client) -> None:
        first, second = client.get("/healthz")["X-Request-ID"], client.get("/healthz")["X-Request-ID"]
        assert first != second

    @pytest.mark.parametrize(("behind_proxy", "kept"), [(True, True), (False, False)])
    def test_only_a_proxy_may_name_a_request(
        self, client: Client, settings: object, behind_proxy: bool, kept: bool
    ) -> None:
        settings.TN_BEHIND_PROXY = behind_proxy  # type: ignore[attr-defined]
        answer = client.get("/healthz", headers={"X-Request-ID": "abcdefgh-1"})
        assert (answer["X-Request-ID"] == "abcdefgh-1") is kept

    @pytest.mark.parametrize("path", ["secret-key", "images/../secret-key", "documents/x.pdf", "original_images/x.png"])
    def test_media_serves_nothing_but_images(self, client: Client, path: str) -> None:
        assert client.get(f"/media/{path}").status_code == 404
