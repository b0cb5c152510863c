"""Passwords are compared in one spelling, and those from before that still open the account."""

from collections.abc import Callable
from io import StringIO
from unittest.mock import patch

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db
ONE_KEY = "trăng non treo đầu ngõ"
THREE_KEYS = "tra\u0306ng non treo đa\u0302\u0300u ngo\u0303"
FULL_WIDTH = "ｔｒăng non treo\u00a0đầu ngõ"
SPELLINGS = [ONE_KEY, THREE_KEYS, FULL_WIDTH]


@pytest.mark.parametrize("typed", SPELLINGS)
@pytest.mark.parametrize("kept", SPELLINGS)
def test_every_spelling_is_the_same(kept: str, typed: str) -> None:
    user = User.objects.create_user("an@example.com", kept)
    assert user.check_password(typed)
    user.set_password(typed)
    assert user.check_password(kept)
    assert not user.check_password(kept.upper())


@pytest.mark.parametrize("typed", SPELLINGS)
def test_signing_in(typed: str) -> None:
    User.objects.create_user("an@example.com", ONE_KEY)
    assert authenticate(None, email="an@example.com", password=typed)
    assert authenticate(None, username="an@example.com", password=typed)


@pytest.mark.parametrize("before", [THREE_KEYS, FULL_WIDTH])
def test_a_hash_from_before_opens_and_is_renewed(before: str) -> None:
    user = User.objects.create(email="an@example.com", password=make_password(before))
    assert not user.check_password(ONE_KEY)
    assert not user.check_password(before + "x")
    assert user.check_password(before)
    user.refresh_from_db()
    assert user.check_password(ONE_KEY)
    assert user.check_password(before)


def test_no_password_and_long_ones() -> None:
    user = User.objects.create_user("an@example.com")
    assert not user.has_usable_password()
    assert not user.check_password("")
    assert not user.check_password("\u0301" * 100_000)


def test_an_address_that_nobody_has_takes_as_many_hashes() -> None:
    """Otherwise the time would say which addresses have an account."""

    def hashes(email: str) -> int:
        made: list[str] = []

        def counted(hasher: Callable[..., str]) -> Callable[..., str]:
            def encode(self: object, password: str, salt: str, *more: object) -> str:
                made.append(password)
                return hasher(self, password, salt, *more)

            return encode

        from django.contrib.auth.hashers import get_hasher

        kind = type(get_hasher())
        with patch.object(kind, "encode", counted(kind.encode)):
            assert authenticate(None, email=email, password=THREE_KEYS + "?") is None
        return len(made)

    User.objects.create_user("an@example.com", ONE_KEY)
    assert hashes("an@example.com") == hashes("nobody@example.com")


def test_the_administrator_of_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", THREE_KEYS)
    call_command("createsuperuser", interactive=False, email="root@example.com", stdout=StringIO())
    assert User.objects.get().check_password(ONE_KEY)


def test_the_form_of_the_administration(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root@example.com"))
    fields = {"email": "an@example.com", "name": "An", "language": "vi", "time_format": "24", "is_active": "on"}
    wrong = {**fields, "password1": "Hanoi@2024!", "password2": "Hanoi@2024!"}
    refused = client.post("/admin/users/new/", wrong)
    assert refused.context["form"].errors["password2"]
    assert not User.objects.filter(email="an@example.com").exists()
    client.post("/admin/users/new/", {**fields, "password1": THREE_KEYS, "password2": THREE_KEYS})
    assert User.objects.get(email="an@example.com").check_password(ONE_KEY)
