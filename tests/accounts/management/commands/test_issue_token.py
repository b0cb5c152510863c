"""The command that prints a token."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.auth import user_of_token
from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return User.objects.create_user("an@example.com", "a-long-password", name="An")


def test_command_prints_the_secret_once_and_alone(person):
    out = StringIO()
    call_command("issue_token", "--email", "AN@example.com", stdout=out)
    secret = out.getvalue().strip()
    assert "\n" not in secret
    assert user_of_token(secret) == person


def test_command_refuses_nobody_and_the_inactive(person):
    User.objects.update(is_active=False)
    for email in ("nobody@example.com", person.email):
        with pytest.raises(CommandError, match="Nobody active"):
            call_command("issue_token", "--email", email)
