from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation

from accounts.actions import membership as actions
from accounts.models import AccountMail, Enterprise, Invitation, Membership, MembershipRequest, Role, User
from core import clock, limits
from core.errors import Invalid, NotAllowed, NotPossible, NotVisible
from tests.factories.issues import make_enterprise, make_user

pytestmark = pytest.mark.django_db
CODE = "0100109106"


@pytest.fixture
def an() -> User:
    return make_user()


@pytest.fixture
def enterprise() -> Enterprise:
    return make_enterprise()


@pytest.fixture
def founder(enterprise: Enterprise) -> User:
    return make_user(Role.ENTERPRISE, enterprise=enterprise)


def confirm(user: User, email: str = "") -> User:
    EmailAddress.objects.create(user=user, email=email or user.email, verified=True, primary=not email)
    return User.objects.get(pk=user.pk)


class TestRequests:
    def test_a_tax_code_makes_nobody_a_member(self, an: User) -> None:
        asked = actions.request_membership(actor=an, tax_code="0100 109 106", name="  Công ty A ")
        assert (asked.tax_code, asked.name, asked.state) == (CODE, "Công ty A", "waiting")
        assert not Membership.objects.exists()
        assert not Enterprise.objects.exists()

    def test_whether_the_enterprise_is_known_makes_no_difference(self, an: User) -> None:
        states = []
        for make in (lambda: None, make_enterprise, lambda: make_user(Role.ENTERPRISE, enterprise=make_enterprise())):
            make()
            code = Enterprise.objects.order_by("-pk").values_list("tax_code", flat=True).first() or CODE
            states.append(actions.request_membership(actor=make_user(), tax_code=code, name="A").state)
        assert states == ["waiting"] * 3

    def test_every_wrong_field_is_named(self, an: User) -> None:
        with pytest.raises(Invalid) as caught:
            actions.request_membership(actor=an, tax_code="1", name=" ", note="a" * 1001)
        assert set(caught.value.fields) == {"tax_code", "name", "note"}

    def test_once_for_each_enterprise_and_not_for_ones_own(self, founder: User, enterprise: Enterprise) -> None:
        actions.request_membership(actor=founder, tax_code=CODE, name="A")
        for code, refusal in ((CODE, "already_asked"), (enterprise.tax_code, "already_member")):
            with pytest.raises(NotPossible) as caught:
                actions.request_membership(actor=founder, tax_code=code, name="A")
            assert caught.value.code == refusal

    def test_few_at_a_time_and_withdrawing_makes_room(self, an: User) -> None:
        asked = [
            actions.request_membership(actor=an, tax_code=make_enterprise().tax_code, name="A")
            for _ in range(limits.most("membership_requests.person"))
        ]
        with pytest.raises(NotPossible):
            actions.request_membership(actor=an, tax_code=CODE, name="A")
        actions.withdraw_request(actor=an, request=asked[0])
        assert actions.request_membership(actor=an, tax_code=CODE, name="A").is_waiting
        with pytest.raises(NotPossible):
            actions.withdraw_request(actor=an, request=asked[0])
        with pytest.raises(NotVisible):
            actions.withdraw_request(actor=make_user(), request=asked[1])

    def test_what_came_to_nothing_is_deleted_after_a_while(self, an: User) -> None:
        asked = actions.request_membership(actor=an, tax_code=CODE, name="A")
        actions.withdraw_request(actor=an, request=asked)
        assert actions.delete_old_requests() == 0
        with clock.at(clock.now() + actions.REQUEST_KEPT + timedelta(days=1)):
            assert actions.delete_old_requests() == 1
        assert not MembershipRequest.objects.exists()


class TestInvitations:
    def test_nobody_is_a_member_without_accepting(self, founder: User, enterprise: Enterprise, an: User) -> None:
        sent = actions.invite(actor=founder, enterprise=enterprise, email=f" {an.email.upper()} ")
        assert sent.email == an.email
        assert not Membership.objects.filter(user=an).exists()
        mail = AccountMail.objects.get()
        assert (mail.kind, mail.to, mail.language) == ("invitation", an.email, an.language)

    def test_an_unknown_address_gets_the_same(self, founder: User, enterprise: Enterprise, an: User) -> None:
        emails = (an.email, "x@b.example")
        found = [actions.invite(actor=founder, enterprise=enterprise, email=email) for email in emails]
        assert {(one.state, one.expires_at - one.created_at >= timedelta(days=13)) for one in found} == {("open", True)}
        assert AccountMail.objects.count() == 2

    def test_only_a_confirmed_address_makes_it_ones_own(
        self, founder: User, enterprise: Enterprise, an: User, settings: Any
    ) -> None:
        settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
        sent = actions.invite(actor=founder, enterprise=enterprise, email=an.email)
        assert actions.invitations_for(an) == []
        with pytest.raises(NotVisible):
            actions.decline_invitation(actor=an, invitation=sent)
        confirm(an)
        assert actions.invitations_for(an) == [sent]
        assert actions.decline_invitation(actor=an, invitation=sent).state == "declined"
        with pytest.raises(NotPossible):
            actions.decline_invitation(actor=an, invitation=sent)

    @pytest.mark.parametrize("ends", ["removed", "closed"])
    def test_it_ends_with_the_right_of_who_sent_it(
        self, founder: User, enterprise: Enterprise, an: User, ends: str
    ) -> None:
        newcomer = make_user(Role.ENTERPRISE, enterprise=enterprise)
        confirm(an)
        sent = actions.invite(actor=newcomer, enterprise=enterprise, email=an.email)
        assert actions.invitations_for(an) == [sent]
        if ends == "removed":
            actions.remove_member(actor=founder, membership=newcomer.memberships.get())
        else:
            User.objects.filter(pk=newcomer.pk).update(is_active=False)
        assert actions.invitations_for(an) == []
        with pytest.raises(NotPossible):
            actions.lock_invitation(sent, invited=an)
        again = actions.invite(actor=founder, enterprise=enterprise, email=an.email)
        assert actions.invitations_for(an) == [again]

    def test_a_second_one_is_the_first_sent_again(self, founder: User, enterprise: Enterprise) -> None:
        first, again = (actions.invite(actor=founder, enterprise=enterprise, email="b@b.example") for _ in range(2))
        assert first == again
        assert AccountMail.objects.count() == 2

    def test_one_mailbox_is_not_filled_and_the_invitation_is_there_all_the_same(
        self, founder: User, enterprise: Enterprise, an: User
    ) -> None:
        confirm(an)
        firms = [make_enterprise() for _ in range(limits.most("invitation_mail.recipient") + 2)]
        for firm in firms:
            member = make_user(Role.ENTERPRISE, enterprise=firm)
            sent = actions.invite(actor=member, enterprise=firm, email=an.email.upper())
            assert sent.email == an.email
        assert AccountMail.objects.count() == len(firms) - 2
        assert {row.enterprise for row in actions.invitations_for(an)} == set(firms)
        actions.invite(actor=founder, enterprise=enterprise, email="another@example.com")
        assert AccountMail.objects.filter(to="another@example.com").exists()

    def test_they_run_out(self, founder: User, enterprise: Enterprise, an: User) -> None:
        confirm(an)
        actions.invite(actor=founder, enterprise=enterprise, email=an.email)
        with clock.at(clock.now() + actions.INVITATION_VALID):
            assert actions.invitations_for(an) == []

    def test_strangers_invite_and_withdraw_nothing(self, founder: User, enterprise: Enterprise, an: User) -> None:
        with pytest.raises(NotAllowed):
            actions.invite(actor=an, enterprise=enterprise, email=an.email)
        sent = actions.invite(actor=founder, enterprise=enterprise, email="b@b.example")
        with pytest.raises(NotAllowed):
            actions.withdraw_invitation(actor=an, invitation=sent)
        assert actions.withdraw_invitation(actor=founder, invitation=sent).state == "withdrawn"

    def test_a_member_and_nonsense_are_refused(self, founder: User, enterprise: Enterprise) -> None:
        for email in (founder.email, "nonsense", ""):
            with translation.override("en"), pytest.raises(Invalid) as caught:
                actions.invite(actor=founder, enterprise=enterprise, email=email)
            assert set(caught.value.fields) == {"email"}

    def test_not_without_end(self, founder: User, enterprise: Enterprise) -> None:
        for number in range(limits.most("invitations.enterprise")):
            actions.invite(actor=founder, enterprise=enterprise, email=f"p{number}@b.example")
        with pytest.raises(NotPossible):
            actions.invite(actor=founder, enterprise=enterprise, email="more@b.example")
        assert Invitation.objects.count() == limits.most("invitations.enterprise")


class TestRemoving:
    def test_a_newcomer_cannot_remove_the_founder(self, founder: User, enterprise: Enterprise) -> None:
        newcomer = make_user(Role.ENTERPRISE, enterprise=enterprise)
        with pytest.raises(NotAllowed):
            actions.remove_member(actor=newcomer, membership=founder.memberships.get())
        actions.remove_member(actor=founder, membership=newcomer.memberships.get())
        assert list(enterprise.memberships.values_list("user", flat=True)) == [founder.pk]

    def test_everybody_may_leave_but_the_last(self, founder: User, enterprise: Enterprise) -> None:
        newcomer = make_user(Role.ENTERPRISE, enterprise=enterprise)
        actions.remove_member(actor=founder, membership=founder.memberships.get())
        with pytest.raises(NotPossible):
            actions.remove_member(actor=newcomer, membership=newcomer.memberships.get())

    def test_strangers_remove_nobody_and_administrators_anybody(self, founder: User, enterprise: Enterprise) -> None:
        make_user(Role.ENTERPRISE, enterprise=enterprise)
        with pytest.raises(NotAllowed):
            actions.remove_member(actor=make_user(), membership=founder.memberships.get())
        actions.remove_member(actor=make_user(Role.ADMIN), membership=founder.memberships.get())
        assert enterprise.memberships.count() == 1
