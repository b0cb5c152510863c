"""Settings of the task force in the administration: who may open them."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from tests.factories.issues import make_agency, make_user
from tests.issues.conftest import TaskForce

VIEWSETS = ("routingrule", "categoryterm", "duty", "absence", "calendar", "targetsetting")


@pytest.fixture
def admin_client(db: None) -> Client:
    client = Client()
    client.force_login(make_user(Role.ADMIN))
    return client


@pytest.mark.parametrize("model", VIEWSETS)
@pytest.mark.parametrize("view", ["index", "add"])
def test_pages_open_for_administrators(admin_client: Client, force: TaskForce, model: str, view: str) -> None:
    assert admin_client.get(reverse(f"{model}:{view}")).status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ENTERPRISE])
def test_others_stay_outside(role: Role, db: None) -> None:
    client = Client()
    agency = make_agency("X") if role == Role.OFFICER else None
    from tests.factories.issues import make_enterprise

    client.force_login(make_user(role, agency=agency, enterprise=make_enterprise() if agency is None else None))
    assert client.get(reverse("routingrule:index")).status_code == 302


def test_coordinators_edit_rules_and_not_calendars(db: None) -> None:
    client = Client()
    client.force_login(make_user(Role.COORDINATOR))
    assert client.get(reverse("routingrule:index")).status_code == 200
    assert client.get(reverse("calendar:index")).status_code == 302
