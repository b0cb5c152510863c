import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts import groups, people
from accounts.models import Membership, Role, User

pytestmark = pytest.mark.django_db


def _person(*roles: str) -> User:
    user = User.objects.create_user("an@example.com", "x")
    for role in roles:
        Membership.objects.create(user=user, role=role)
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("role", "group", "may_open"),
    [
        (Role.EDITOR, {"Editors"}, True),
        (Role.PUBLISHER, {"Moderators"}, True),
        (Role.COORDINATOR, {"Coordinators"}, True),
        (Role.ADMIN, {"Administrators"}, True),
        (Role.LEADER, set(), False),
    ],
)
def test_the_group_follows_the_role(role, group, may_open):
    user = _person(role)
    assert set(user.groups.values_list("name", flat=True)) == group
    assert user.has_perm("wagtailadmin.access_admin") is may_open
    assert people.of(user).may_open_administration is may_open


def test_the_group_goes_with_the_role_and_others_stay():
    user = _person(Role.EDITOR)
    user.groups.add(Group.objects.create(name="By hand"))
    user.memberships.all().delete()
    assert set(user.groups.values_list("name", flat=True)) == {"By hand"}


def test_editors_edit_publishers_publish_administrators_manage():
    client = Client()
    for role, status in ((Role.EDITOR, 302), (Role.ADMIN, 200)):
        user = User.objects.create_user(f"{role}@example.com")
        Membership.objects.create(user=user, role=role)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for path in ("/admin/users/", "/admin/agency/", "/admin/membership/", "/admin/enterprise/"):
            assert client.get(path).status_code == status, (role, path)
        assert client.get("/admin/").status_code == 200


def test_what_apps_allow_reaches_the_group(monkeypatch):
    monkeypatch.setattr(groups, "_granted", {})
    groups.allow(Role.COORDINATOR, "accounts.view_agency")
    groups.ensure_groups()
    assert _person(Role.COORDINATOR).has_perm("accounts.view_agency")
