"""The language of a page."""

import pytest
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db


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
