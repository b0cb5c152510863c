"""What the log or a proposal names is not deleted, and the page says why."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import groups
from accounts.models import Agency, Enterprise, Role, User
from issues.models import Calendar
from tests.factories.issues import make_user
from tests.issues.conftest import TaskForce, force  # noqa: F401


@pytest.fixture
def admin(force: TaskForce) -> Client:  # noqa: F811
    groups.ensure_groups()
    person = make_user(Role.ADMIN)
    groups.apply_to([person])
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def delete(client: Client, name: str, row: Any) -> str:
    url = reverse(f"{name}:delete", args=(row.pk,))
    assert client.get(url).status_code == 200
    answer = client.post(url, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_what_is_named_stays(admin: Client, force: TaskForce) -> None:  # noqa: F811
    ticket = force.accepted()
    city = Calendar.objects.get(is_default=True)
    rows = [("agency", force.construction), ("enterprise", ticket.enterprise), ("calendar", city)]
    for name, row in [*rows, ("wagtailusers_users", force.officer)]:
        said = delete(admin, name, row)
        assert "messages" in said
        assert type(row).objects.filter(pk=row.pk).exists()


def test_what_nobody_names_goes(admin: Client, force: TaskForce) -> None:  # noqa: F811
    person = make_user(Role.EDITOR)
    agency = Agency.objects.create(code="THỬ", name_vi="Thử")
    enterprise = Enterprise.objects.create(tax_code="0100109106", name="Thử")
    for name, row in (("wagtailusers_users", person), ("agency", agency), ("enterprise", enterprise)):
        delete(admin, name, row)
        assert not type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_people_are_changed_one_by_one(admin: Client, force: TaskForce, action: str) -> None:  # noqa: F811
    url = reverse("wagtail_bulk_action", args=("accounts", "user", action))
    form = {"mark_as_active": "", "role": "1"}
    admin.post(f"{url}?id={force.officer.pk}&next=/admin/users/", form)
    person = User.objects.get(pk=force.officer.pk)
    assert person.is_active
    assert not person.groups.filter(name="Editors").exists()
