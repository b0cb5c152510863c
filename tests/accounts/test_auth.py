"""Signing in to the HTTP interface: tokens and sessions."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import ApiToken, User
from core.clock import at, now
from tests.config import small_api
from tests.config.small_api import problem, send

pytestmark = [pytest.mark.django_db, pytest.mark.urls(small_api.__name__)]


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("person@example.vn", "password")


@pytest.fixture
def bearer(person: User) -> dict[str, str]:
    return {"Authorization": f"Bearer {ApiToken.issue(user=person, name='test')[1]}"}


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
