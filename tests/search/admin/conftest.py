from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from accounts import groups
from accounts.models import Role
from tests.factories.issues import make_user


@pytest.fixture
def as_role(db: None) -> Callable[[Role], Client]:
    """Signs a new person of a role in, who reads English."""

    def sign_in(role: Role) -> Client:
        groups.ensure_groups()
        person = make_user(role)
        UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": "en"})
        groups.apply_to([person])
        client = Client(headers={"accept-language": "en"})
        client.force_login(person)
        return client

    return sign_in
