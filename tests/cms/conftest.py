from typing import Any

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from accounts import groups
from accounts.models import Role
from cms.models import ContentPage
from cms.setup import setup_site
from tests.cms.editors import SignIn
from tests.factories.issues import make_user


@pytest.fixture
def site(db, monkeypatch):
    """A site with its first pages; lists come from the database."""
    monkeypatch.setattr("investment.catalogue._search_backend", None)
    return setup_site()


@pytest.fixture
def as_role(site: Any) -> SignIn:
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


@pytest.fixture
def page(site: Any) -> ContentPage:
    return ContentPage.objects.get(slug="quy-che")
