"""The roles of a person, as rules and lists ask for them."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import people
from accounts.models import Membership, Role, User
from accounts.people import NOBODY
from tests.factories.issues import make_agency, make_enterprise, make_user

pytestmark = pytest.mark.django_db


def test_the_person_who_is_not_signed_in_or_not_active_is_nobody() -> None:
    gone = make_user(Role.LEADER)
    gone.is_active = False
    for user in (None, AnonymousUser(), gone):
        assert people.of(user) is NOBODY
    assert (NOBODY.is_signed_in, NOBODY.user_id, NOBODY.is_staff_side) == (False, None, False)


def test_roles_are_read_once_for_each_user_object(django_assert_num_queries: Any) -> None:
    user = make_user(Role.LEADER)
    with django_assert_num_queries(1):
        assert people.of(user).is_leader
        assert people.of(user).is_staff_side
    Membership.objects.filter(user=user).delete()
    assert not people.of(User.objects.get(pk=user.pk)).is_leader  # a new object knows the roles of now


def test_an_officer_and_a_head_know_their_agencies() -> None:
    construction, finance = make_agency("SXD"), make_agency("STC")
    user = make_user(Role.OFFICER, agency=construction)
    Membership.objects.create(user=user, role=Role.HEAD, agency=finance)
    person = people.of(user)
    assert person.officer_agency_ids == {construction.pk, finance.pk}
    assert person.officer_agency_codes == {"SXD", "STC"}
    assert person.head_agency_ids == {finance.pk}
    assert person.is_officer
    assert not person.may_open_administration


def test_a_member_of_an_enterprise_has_no_agency() -> None:
    enterprise = make_enterprise()
    person = people.of(make_user(Role.ENTERPRISE, enterprise=enterprise))
    assert (person.enterprise_ids, person.officer_agency_ids) == ({enterprise.pk}, set())
    assert not person.is_staff_side


@pytest.mark.parametrize(
    ("role", "opens"),
    [(Role.EDITOR, True), (Role.PUBLISHER, True), (Role.ADMIN, True), (Role.COORDINATOR, True), (Role.LEADER, False)],
)
def test_who_opens_the_administration(role: Role, opens: bool) -> None:
    assert people.of(make_user(role)).may_open_administration is opens


def test_many_people_cost_two_queries_and_those_who_are_gone_are_left_out(django_assert_num_queries: Any) -> None:
    leader, editor, gone = make_user(Role.LEADER), make_user(Role.EDITOR), make_user(Role.ADMIN)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    with django_assert_num_queries(2):
        found = people.of_ids([leader.pk, editor.pk, gone.pk, 0])
    assert set(found) == {leader.pk, editor.pk}
    assert found[leader.pk].is_leader
    assert found[editor.pk].is_editor


def test_somebody_invented_has_the_roles_that_were_given(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        person = people.of(people.pretend(-1, roles=frozenset({Role.COORDINATOR})))
        assert person.is_coordinator
