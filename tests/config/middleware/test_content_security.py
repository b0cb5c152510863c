"""Headers of every answer."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


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

    @pytest.mark.parametrize(("proxies", "kept"), [(["127.0.0.1"], True), ([], False), (["10.0.0.0/8"], False)])
    def test_only_a_proxy_may_name_a_request(
        self, client: Client, settings: object, proxies: list[str], kept: bool
    ) -> None:
        settings.TN_TRUSTED_PROXIES = proxies  # type: ignore[attr-defined]
        answer = client.get("/healthz", headers={"X-Request-ID": "abcdefgh-1"})
        assert (answer["X-Request-ID"] == "abcdefgh-1") is kept

    @pytest.mark.parametrize("path", ["secret-key", "images/../secret-key", "documents/x.pdf", "original_images/x.png"])
    def test_media_serves_nothing_but_images(self, client: Client, path: str) -> None:
        assert client.get(f"/media/{path}").status_code == 404
