"""Operations on projects in the administration."""

import pytest
from django.urls import reverse

from accounts import groups
from accounts.models import Role, User
from cms.admin.project_operations import OPERATIONS
from investment.models import Project, ProjectStatus
from tests.factories.investment import make_project
from tests.factories.issues import make_user


def signed_in(client, role: Role) -> User:
    groups.ensure_groups()
    user = make_user(role)
    groups.apply_to([user])
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("publish", ProjectStatus.DRAFT, ProjectStatus.PUBLISHED),
        ("select-investor", ProjectStatus.PUBLISHED, ProjectStatus.INVESTOR_SELECTED),
        ("start", ProjectStatus.INVESTOR_SELECTED, ProjectStatus.UNDER_WAY),
        ("complete", ProjectStatus.UNDER_WAY, ProjectStatus.COMPLETED),
        ("withdraw", ProjectStatus.PUBLISHED, ProjectStatus.WITHDRAWN),
        ("confirm", ProjectStatus.PUBLISHED, ProjectStatus.PUBLISHED),
    ],
)
def test_operations_ask_then_act_and_are_recorded(site, client, name: str, before: str, after: str) -> None:
    signed_in(client, Role.PUBLISHER)
    project = make_project(status=before)
    address = reverse("projects:operate", args=(project.pk, name))
    edit = reverse("projects:edit", args=(project.pk,))
    assert address in client.get(edit).content.decode()
    assert client.get(address).status_code == 200
    assert Project.objects.get(pk=project.pk).status == before
    client.post(address)
    assert Project.objects.get(pk=project.pk).status == after
    history = client.get(reverse("projects:history", args=(project.pk,))).content.decode()
    assert str(OPERATIONS[name].label) in history


def test_an_operation_that_is_not_possible_is_said(site, client) -> None:
    signed_in(client, Role.PUBLISHER)
    project = make_project(status=ProjectStatus.COMPLETED)
    response = client.post(reverse("projects:operate", args=(project.pk, "withdraw")), follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert Project.objects.get(pk=project.pk).status == ProjectStatus.COMPLETED


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name != "confirm"])
def test_an_editor_is_neither_offered_nor_allowed(site, client, name: str) -> None:
    signed_in(client, Role.EDITOR)
    project = make_project(status=ProjectStatus.DRAFT)
    address = reverse("projects:operate", args=(project.pk, name))
    assert address not in client.get(reverse("projects:edit", args=(project.pk,))).content.decode()
    client.post(address)
    assert Project.objects.get(pk=project.pk).status == ProjectStatus.DRAFT
