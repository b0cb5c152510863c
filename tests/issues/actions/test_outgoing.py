"""What did not get out is for operators alone."""

import pytest

from accounts.models import Role
from core.errors import NotAllowed
from issues.actions import outgoing
from issues.actor import Actor
from tests.factories.issues import make_agency, make_enterprise, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.ENTERPRISE])
def test_the_actions_refuse_others_too(role: Role) -> None:
    place = {"agency": make_agency()} if role == Role.OFFICER else {}
    place = {"enterprise": make_enterprise()} if role == Role.ENTERPRISE else place
    actor = Actor.of(make_user(role, **place))
    for action in (outgoing.resend_mails, outgoing.settle_mails):
        with pytest.raises(NotAllowed):
            action(actor=actor, ids=[1])
