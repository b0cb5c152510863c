"""Accounts of the demonstration, whose password everybody knows, are shut outside of it: by every way in."""

from typing import Any

import pytest
from django.test import Client

from accounts import people
from accounts.auth import user_of_token
from accounts.demo_people import load_people
from accounts.models import ApiToken, User
from accounts.people import NOBODY

pytestmark = pytest.mark.django_db
SIGN_IN = {"login": "admin@demo.example", "password": "demo"}


@pytest.fixture
def admin(settings: Any) -> User:
    settings.TN_DEMO, settings.ACCOUNT_EMAIL_VERIFICATION = True, "none"
    load_people()
    return User.objects.get(email="admin@demo.example")


def is_signed_in(client: Client) -> bool:
    return client.get("/api/v1/tickets").status_code == 200


def test_in_the_demo_they_work(admin: User, client: Client) -> None:
    client.post("/vi/account/login/", SIGN_IN)
    assert is_signed_in(client)


def test_elsewhere_they_cannot_sign_in(admin: User, client: Client, settings: Any) -> None:
    settings.TN_DEMO = False
    answer = client.post("/vi/account/login/", SIGN_IN)
    assert answer.status_code == 200  # the form again
    assert not client.login(email="admin@demo.example", password="demo")
    assert not is_signed_in(client)


@pytest.mark.parametrize("address", ["admin@demo.example", "ADMIN@DEMO.EXAMPLE", "quan-tri@dautu.example.vn"])
def test_sessions_and_tokens_end_with_the_demo(admin: User, client: Client, settings: Any, address: str) -> None:
    client.force_login(admin)
    _token, secret = ApiToken.issue(user=admin, name="x")
    bearer = {"Authorization": f"Bearer {secret}"}
    User.objects.filter(pk=admin.pk).update(email=address)
    assert is_signed_in(client)
    settings.TN_DEMO = False
    assert not is_signed_in(client)
    assert client.get("/admin/").status_code == 302
    assert user_of_token(secret) is None
    assert Client().get("/api/v1/tickets", headers=bearer).status_code == 401
    assert people.of(User.objects.get(pk=admin.pk)) is NOBODY
    assert people.of_ids([admin.pk]) == {}  # open sockets
    settings.TN_DEMO = True
    assert is_signed_in(client)


def test_everybody_else_is_not_concerned(client: Client, settings: Any) -> None:
    settings.TN_DEMO = False
    person = User.objects.create_user("an@demo.example.vn", "mot-cau-dai-hon-muoi-chu")
    client.force_login(person)
    assert is_signed_in(client)
