"""People in the administration."""

import pytest
from django.test import Client

from accounts.models import Membership, Role, User

pytestmark = pytest.mark.django_db


def _person(*roles: str) -> User:
    user = User.objects.create_user("an@example.com", "x")
    for role in roles:
        Membership.objects.create(user=user, role=role)
    return User.objects.get(pk=user.pk)


def test_administration_makes_and_searches_people():
    admin = _person(Role.ADMIN)
    client = Client()
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    data = {"email": "Moi@Example.com", "name": "Cán bộ TC-9", "language": "vi", "time_format": "24", "is_active": "on"}
    assert client.post("/admin/users/new/", data).status_code == 302
    made = User.objects.get(email="moi@example.com")
    assert not made.has_usable_password()
    assert not made.is_superuser
    assert "moi@example.com" in client.get("/admin/users/?q=TC-9").content.decode()
    assert client.post(f"/admin/users/edit/{made.pk}/", {**data, "is_superuser": "on"}).status_code == 302
    made.refresh_from_db()
    assert not made.is_superuser
