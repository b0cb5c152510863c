from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Role
from core import clock
from core.errors import Invalid, NotAllowed, NotPossible, NotSignedIn
from investment.actions.project import (
    complete_project,
    confirm_project,
    expire_projects,
    publish_project,
    select_investor,
    start_project,
    withdraw_project,
)
from investment.models import Project, ProjectStatus
from tests.factories.investment import make_project
from tests.factories.issues import make_agency, make_enterprise, make_user

pytestmark = pytest.mark.django_db
MANAGING = (publish_project, withdraw_project, select_investor, start_project, complete_project)


def today():
    return timezone.localdate(clock.now())


def test_the_way_of_a_project() -> None:
    publisher = make_user(Role.PUBLISHER)
    project = make_project(status=ProjectStatus.DRAFT, confirmed_on=None)
    published = publish_project(actor=publisher, project=project)
    assert published.confirmed_on == today()
    for action in (select_investor, start_project, complete_project):
        action(actor=publisher, project=project)
    assert Project.objects.get(pk=project.pk).status == ProjectStatus.COMPLETED


@pytest.mark.parametrize("action", MANAGING)
@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.PUBLISHER, Role.ADMIN)])
def test_others_may_not_change_the_status(action, role: Role) -> None:
    agency = make_agency()
    actor = make_user(
        role,
        agency=agency if role in (Role.OFFICER, Role.HEAD) else None,
        enterprise=make_enterprise() if role == Role.ENTERPRISE else None,
    )
    with pytest.raises(NotAllowed):
        action(actor=actor, project=make_project(contact_agency=agency))


@pytest.mark.parametrize("action", [*MANAGING, confirm_project])
def test_nobody_is_asked_to_sign_in(action) -> None:
    with pytest.raises(NotSignedIn):
        action(actor=AnonymousUser(), project=make_project())


def test_a_wrong_state_says_which() -> None:
    project = make_project(status=ProjectStatus.COMPLETED)
    with pytest.raises(NotPossible) as refused:
        withdraw_project(actor=make_user(Role.ADMIN), project=project)
    assert str(project.get_status_display()) in refused.value.message


def test_the_contact_agency_confirms_its_own_projects_only() -> None:
    agency, other = make_agency("STC"), make_agency("SXD")
    officer = make_user(Role.OFFICER, agency=agency)
    project = confirm_project(actor=officer, project=make_project(contact_agency=agency))
    assert project.confirmed_on == today()
    with pytest.raises(NotAllowed):
        confirm_project(actor=officer, project=make_project(contact_agency=other))


def test_confirming_brings_an_expired_project_back() -> None:
    project = make_project(status=ProjectStatus.STALE, confirmed_on=today() - timedelta(days=200))
    assert confirm_project(actor=make_user(Role.EDITOR), project=project).status == ProjectStatus.PUBLISHED


@pytest.mark.parametrize("status", [ProjectStatus.DRAFT, ProjectStatus.WITHDRAWN])
def test_what_is_not_listed_is_not_confirmed(status: ProjectStatus) -> None:
    with pytest.raises(NotPossible):
        confirm_project(actor=make_user(Role.EDITOR), project=make_project(status=status))


@pytest.mark.parametrize("days", [1, -11])
def test_a_confirmation_lies_between_the_last_and_today(days: int) -> None:
    with pytest.raises(Invalid) as refused:
        confirm_project(actor=make_user(Role.EDITOR), project=make_project(), on=today() + timedelta(days=days))
    assert set(refused.value.fields) == {"on"}


def test_expiry_takes_only_what_is_past_its_grace() -> None:
    kept = make_project(confirmed_on=today() - timedelta(days=120))
    gone = make_project(confirmed_on=today() - timedelta(days=121))
    assert expire_projects() == 1
    assert expire_projects() == 0
    assert Project.objects.get(pk=gone.pk).status == ProjectStatus.STALE
    assert Project.objects.get(pk=kept.pk).status == ProjectStatus.PUBLISHED
