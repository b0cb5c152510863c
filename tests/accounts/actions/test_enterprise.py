import pytest
from django.utils import translation

from accounts.actions.enterprise import AlreadyRegistered, add_member, register_enterprise, remove_member
from accounts.models import Enterprise, Membership, Role, User
from core.errors import Invalid, NotAllowed, NotPossible

pytestmark = pytest.mark.django_db
CODE = "0100109106"


@pytest.fixture
def an() -> User:
    return User.objects.create_user("an@example.com")


@pytest.fixture
def binh() -> User:
    return User.objects.create_user("binh@example.com")


def _fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_first_person_becomes_the_member(an):
    membership = register_enterprise(actor=an, tax_code="0100109106", name="  Công ty A ")
    assert membership.role == Role.ENTERPRISE
    assert membership.enterprise.name == "Công ty A"
    assert membership.enterprise.tax_code == CODE


def test_second_person_is_told_whom_to_ask(an, binh):
    register_enterprise(actor=an, tax_code=CODE, name="Công ty A")
    with pytest.raises(AlreadyRegistered) as caught:
        register_enterprise(actor=binh, tax_code="0100 109 106", name="Công ty B")
    assert caught.value.status == 409
    assert "an@example.com" not in caught.value.message
    assert Membership.objects.count() == 1


def test_an_enterprise_that_nobody_acts_for_can_be_taken_up(an):
    Enterprise.objects.create(tax_code=CODE, name="As registered")
    assert register_enterprise(actor=an, tax_code=CODE, name="Other").enterprise.name == "As registered"


def test_every_wrong_field_is_named(an):
    with pytest.raises(Invalid) as caught:
        register_enterprise(actor=an, tax_code="1", name=" ")
    assert set(caught.value.fields) == {"tax_code", "name"}


def test_members_add_and_remove_each_other(an, binh):
    enterprise = register_enterprise(actor=an, tax_code=CODE, name="A").enterprise
    added = add_member(actor=_fresh(an), enterprise=enterprise, email=" BINH@example.com ")
    assert added.user == binh
    with translation.override("en"), pytest.raises(Invalid) as twice:
        add_member(actor=_fresh(an), enterprise=enterprise, email="binh@example.com")
    assert twice.value.fields == {"email": ["This person is a member already."]}
    with pytest.raises(Invalid) as caught:
        add_member(actor=_fresh(an), enterprise=enterprise, email="nobody@example.com")
    assert "email" in caught.value.fields
    remove_member(actor=_fresh(binh), membership=Membership.objects.get(user=an))
    with pytest.raises(NotPossible):
        remove_member(actor=_fresh(binh), membership=Membership.objects.get(user=binh))


def test_strangers_change_nothing(an, binh):
    enterprise = register_enterprise(actor=an, tax_code=CODE, name="A").enterprise
    with pytest.raises(NotAllowed):
        add_member(actor=binh, enterprise=enterprise, email="binh@example.com")
    with pytest.raises(NotAllowed):
        remove_member(actor=binh, membership=Membership.objects.get())
