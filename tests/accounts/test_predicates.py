"""What rules ask about people."""

import pytest

from accounts import predicates
from accounts.models import Agency, Membership, Role, User

pytestmark = pytest.mark.django_db


def test_predicates_know_place_and_role():
    agency = Agency.objects.create(code="T1", name_vi="Sở T", level=Agency.Level.DEPARTMENT)
    other = Agency.objects.create(code="T2", name_vi="Sở U", level=Agency.Level.DEPARTMENT)
    user = User.objects.create_user("h@example.com")
    Membership.objects.create(user=user, role=Role.HEAD, agency=agency)
    assert predicates.is_officer_of(user, agency)
    assert predicates.is_head_of(user, agency.pk)
    assert not predicates.is_officer_of(user, other)
    assert not predicates.is_coordinator(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not predicates.is_signed_in(User.objects.get(pk=user.pk))
