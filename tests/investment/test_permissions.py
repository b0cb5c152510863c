"""Who manages projects, and who says whether their facts still hold."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role
from core.errors import NotAllowed, NotSignedIn
from investment import permissions
from tests.factories.investment import make_project
from tests.factories.issues import make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "manages", "confirms"),
    [
        (Role.PUBLISHER, True, True),
        (Role.ADMIN, True, True),
        (Role.EDITOR, False, True),
        (Role.COORDINATOR, False, True),
        (Role.LEADER, False, False),
        (None, False, False),
    ],
)
def test_by_role(role: Role | None, manages: bool, confirms: bool) -> None:
    user, project = make_user(role), make_project()
    assert permissions.can_manage(user) is manages
    assert permissions.can_confirm(user, project) is confirms


def test_the_contact_agency_confirms_its_own_project_alone() -> None:
    agency = make_agency("STC")
    officer = make_user(Role.OFFICER, agency=agency)
    assert permissions.can_confirm(officer, make_project(contact_agency=agency))
    assert not permissions.can_confirm(officer, make_project(contact_agency=make_agency("SXD")))
    assert not permissions.can_confirm(officer, make_project())
    assert not permissions.can_manage(officer)


def test_strangers_are_asked_to_sign_in_and_others_refused() -> None:
    project = make_project()
    for check in (permissions.check_may_manage, lambda actor: permissions.check_may_confirm(actor, project)):
        with pytest.raises(NotSignedIn):
            check(AnonymousUser())
        with pytest.raises(NotAllowed):
            check(make_user(Role.LEADER))
        check(make_user(Role.ADMIN))
