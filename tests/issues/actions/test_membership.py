"""Membership: what proves it, what does not, and what becomes of what was filed meanwhile."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from accounts import mail as account_mail
from accounts import people
from accounts.actions.membership import invite, request_membership
from accounts.contact_code import TRIES, contact_code
from accounts.models import AccountMail, Enterprise, Membership, MembershipRequest, Role, User
from core import clock, limits
from core.errors import Invalid, NotAllowed, NotPossible, NotVisible
from issues import rules
from issues.access import TicketFacts, audience_of, visible_tickets
from issues.actions import filing, merging
from issues.actions import membership as actions
from issues.actor import Actor, role_on
from issues.assignment import decisions
from issues.models import Assistance, Party, Ticket, Visibility
from issues.notifications.groups import members
from issues.notifications.recipients import Group
from tests.factories.issues import make_user
from tests.issues.conftest import MORNING, TaskForce

CODE = "0109990027"
BEHALF = {"tax_code": CODE, "name": "Cơ sở A", "contact": "Bà Hoa", "phone": "024", "email": "hoa@a.example"}


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def asking(user: User | None = None, *, code: str = CODE, is_confirmed: bool = True) -> MembershipRequest:
    person = user or make_user()
    if is_confirmed:
        EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True)
    return request_membership(actor=person, tax_code=code, name="Công ty A")


def helped(force: TaskForce, **changes: str) -> Assistance:
    ticket = filing.file_ticket(
        actor=Actor.of(force.finance_officer),
        title="Xin cấp nước",
        body="Từ tháng Năm.",
        channel="counter",
        category="construction",
        on_behalf_of={**BEHALF, **changes},
    )
    return ticket.assistance


def code_of_mail(number: int = -1) -> str:
    """The code in a mail to a contact person, the last one where no other is asked for."""
    row = list(AccountMail.objects.filter(kind="contact_code").order_by("pk"))[number]
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", str(account_mail.compose(row).body))
    assert found
    return found[0].replace("-", "")


def ask_for_code(request: MembershipRequest) -> None:
    actions.send_contact_code(actor=Actor.of(request.user), request=request)


def guess(request: MembershipRequest, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.prove_by_contact_code(actor=Actor.of(request.user), request=request, code=code)
    assert set(caught.value.fields) == {"code"}


def file_as(user: User) -> Ticket:
    with clock.at(MORNING):
        return filing.file_ticket(
            actor=Actor.of(fresh(user)), title="Hỏi về giấy phép", body="Công trình.", category="construction"
        )


@pytest.fixture(autouse=True)
def _confirmation_is_needed(settings: Any, force: TaskForce) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


class TestProofs:
    def test_until_then_nothing_of_the_enterprise_is_visible(self, force: TaskForce) -> None:
        ticket = helped(force).ticket
        asked = asking()
        assert not visible_tickets(people.of(asked.user)).exists()
        assert not rules.may(asked.user, "withdraw", ticket)

    def test_the_follow_up_code_of_a_receipt(self, force: TaskForce) -> None:
        receipt = helped(force)
        asked = asking()
        typed = receipt.shown_code.lower()
        actions.prove_by_receipt(actor=Actor.of(asked.user), request=asked, follow_up_code=typed)
        owner = fresh(asked.user)
        assert list(visible_tickets(people.of(owner))) == [receipt.ticket]
        assert rules.may(owner, "withdraw", receipt.ticket)
        asked.refresh_from_db()
        assert (asked.state, asked.proof, asked.decided_by) == ("accepted", "receipt", owner)

    def test_a_receipt_of_another_enterprise_proves_nothing(self, force: TaskForce) -> None:
        other = helped(force, tax_code=force.other_filer.memberships.get().enterprise.tax_code)
        helped(force)
        asked = asking()
        for typed in (other.follow_up_code, "", "0000-0000-0000", "\0", "x" * 100_000):
            with pytest.raises(Invalid) as caught:
                actions.prove_by_receipt(actor=Actor.of(asked.user), request=asked, follow_up_code=typed)
            assert set(caught.value.fields) == {"follow_up_code"}
        assert not Membership.objects.filter(user=asked.user).exists()

    def test_a_code_sent_to_the_contact(self, force: TaskForce) -> None:
        helped(force, email="cu@a.example")
        helped(force)
        asked = asking()
        actions.send_contact_code(actor=Actor.of(asked.user), request=asked)
        assert AccountMail.objects.get().to == "hoa@a.example"
        typed = f" {code_of_mail()[:4]} {code_of_mail()[4:].lower()} "
        actions.prove_by_contact_code(actor=Actor.of(asked.user), request=asked, code=typed)
        assert people.of(fresh(asked.user)).enterprise_ids

    def test_nothing_tells_whether_there_is_a_contact(self) -> None:
        asked = asking()
        assert actions.send_contact_code(actor=Actor.of(asked.user), request=asked).code_sent_at is not None
        assert not AccountMail.objects.exists()

    def test_codes_are_not_guessed_and_run_out(self, force: TaskForce) -> None:
        helped(force)
        asked = asking()
        actions.send_contact_code(actor=Actor.of(asked.user), request=asked)
        right = code_of_mail()
        wrong = f"{'X' if right[0] == 'Y' else 'Y'}{right[1:]}"
        with clock.at(clock.now() + timedelta(hours=25)), pytest.raises(Invalid):
            actions.prove_by_contact_code(actor=Actor.of(asked.user), request=asked, code=right)
        for _ in range(TRIES):
            with pytest.raises(Invalid):
                actions.prove_by_contact_code(actor=Actor.of(asked.user), request=asked, code=wrong)
        with pytest.raises(Invalid):
            actions.prove_by_contact_code(actor=Actor.of(asked.user), request=asked, code=right)

    def test_approval(self, force: TaskForce) -> None:
        asked = asking()
        for stranger in (force.leader, force.filer, asked.user):
            with pytest.raises(NotAllowed):
                actions.accept_request(actor=Actor.of(stranger), request=asked)
        membership = actions.accept_request(actor=Actor.of(force.officer), request=asked)
        assert (membership.user, membership.enterprise.tax_code) == (asked.user, CODE)
        assert [(mail.kind, mail.to) for mail in AccountMail.objects.all()] == [("accepted", asked.user.email)]
        with pytest.raises(NotPossible):
            actions.accept_request(actor=Actor.of(force.coordinator), request=asked)

    def test_refusal_needs_a_reason_and_sends_it(self, force: TaskForce) -> None:
        asked = asking()
        with pytest.raises(Invalid):
            actions.refuse_request(actor=Actor.of(force.coordinator), request=asked, reason=" ")
        refused = actions.refuse_request(actor=Actor.of(force.coordinator), request=asked, reason="Chưa có giấy tờ")
        assert (refused.state, refused.reason) == ("refused", "Chưa có giấy tờ")
        assert AccountMail.objects.get().kind == "refused"
        assert not Membership.objects.filter(user=asked.user).exists()

    def test_an_official_does_not_decide_their_own(self, force: TaskForce) -> None:
        asked = asking(force.justice_officer)
        with pytest.raises(NotAllowed):
            actions.accept_request(actor=Actor.of(fresh(force.justice_officer)), request=asked)

    def test_nothing_before_the_address_is_confirmed(self, force: TaskForce) -> None:
        receipt = helped(force)
        asked = asking(is_confirmed=False)
        actor = Actor.of(asked.user)
        with pytest.raises(NotPossible):
            actions.prove_by_receipt(actor=actor, request=asked, follow_up_code=receipt.follow_up_code)
        with pytest.raises(NotPossible):
            actions.send_contact_code(actor=actor, request=asked)
        with pytest.raises(NotPossible):
            actions.accept_request(actor=Actor.of(force.coordinator), request=asked)

    def test_codes_make_only_the_first_member(self, force: TaskForce) -> None:
        receipt = helped(force)
        first, second = asking(), asking()
        code = receipt.follow_up_code
        actions.prove_by_receipt(actor=Actor.of(first.user), request=first, follow_up_code=code)
        with pytest.raises(NotPossible) as caught:
            actions.prove_by_receipt(actor=Actor.of(second.user), request=second, follow_up_code=code)
        assert caught.value.code == "has_members"
        AccountMail.objects.all().delete()
        actions.accept_request(actor=Actor.of(force.coordinator), request=second)
        sent = {(mail.kind, mail.to) for mail in AccountMail.objects.all()}
        assert ("joined", first.user.email) in sent

    def test_nobody_proves_for_another(self, force: TaskForce) -> None:
        receipt = helped(force)
        asked = asking()
        with pytest.raises(NotVisible):
            actions.prove_by_receipt(actor=Actor.of(make_user()), request=asked, follow_up_code=receipt.follow_up_code)

    @pytest.mark.parametrize("is_colleague", [False, True])
    def test_codes_prove_nothing_of_those_who_filed_for_it(self, force: TaskForce, is_colleague: bool) -> None:
        receipt = helped(force)
        official = make_user(Role.OFFICER, agency=receipt.agency) if is_colleague else force.finance_officer
        asked = asking(official)
        actor = Actor.of(fresh(official))
        with pytest.raises(NotAllowed):
            actions.prove_by_receipt(actor=actor, request=asked, follow_up_code=receipt.follow_up_code)
        actions.send_contact_code(actor=actor, request=asked)
        with pytest.raises(NotAllowed):
            actions.prove_by_contact_code(actor=actor, request=asked, code=code_of_mail())
        assert not Membership.objects.filter(user=official, role=Role.ENTERPRISE).exists()
        assert actions.accept_request(actor=Actor.of(force.coordinator), request=asked)

    def test_claiming_an_unused_code_opens_nothing_that_others_file_for_it(self, force: TaskForce) -> None:
        asked = asking()
        ticket = helped(force).ticket
        assert audience_of(people.of(fresh(asked.user)), TicketFacts.of(ticket)) == Visibility.PUBLIC
        assert not visible_tickets(people.of(fresh(asked.user))).exists()


class TestContactCode:
    """Strangers who ask, guess and give up take nothing from the person who should become the member."""

    def test_the_contact_is_not_flooded(self, force: TaskForce) -> None:
        helped(force)
        most = limits.most("contact_code_mail.recipient")
        for _ in range(most + 2):
            ask_for_code(asking())
        assert AccountMail.objects.filter(kind="contact_code").count() == most

    def test_when_no_more_mails_go_those_that_arrived_serve_the_true_person(self, force: TaskForce) -> None:
        helped(force)
        start = clock.now()
        for number in range(limits.most("contact_code_mail.recipient")):
            with clock.at(start + timedelta(hours=number)):
                stranger = asking()
                ask_for_code(stranger)
                for _ in range(TRIES + 1):
                    guess(stranger, "0000-0000-0000")
            stranger.user.delete()
        with clock.at(start + timedelta(hours=23.9)):
            person = asking()
            ask_for_code(person)
            assert not AccountMail.objects.exists()  # those of the strangers went with their accounts
            first = contact_code(CODE, BEHALF["email"], start)
            actions.prove_by_contact_code(actor=Actor.of(person.user), request=person, code=first)
        assert people.of(fresh(person.user)).enterprise_ids

    def test_asking_again_leaves_the_code_before_good(self, force: TaskForce) -> None:
        helped(force)
        person, start = asking(), clock.now()
        ask_for_code(person)
        with clock.at(start + timedelta(hours=2)):
            ask_for_code(person)
            assert code_of_mail(0) != code_of_mail(1)
            actions.prove_by_contact_code(actor=Actor.of(person.user), request=person, code=code_of_mail(0))

    def test_wrong_ones_of_one_person_are_not_those_of_another(self, force: TaskForce) -> None:
        helped(force)
        person, stranger = asking(), asking()
        for one in (person, stranger):
            ask_for_code(one)
        for _ in range(TRIES):
            guess(stranger, "0000-0000-0000")
        guess(stranger, code_of_mail())
        actions.prove_by_contact_code(actor=Actor.of(person.user), request=person, code=code_of_mail())

    def test_it_is_no_code_for_who_has_not_asked(self, force: TaskForce) -> None:
        helped(force)
        person, other = asking(), asking()
        ask_for_code(person)
        guess(other, code_of_mail())

    def test_each_enterprise_of_a_contact_person_has_its_own(self, force: TaskForce) -> None:
        firm = force.other_filer.memberships.get().enterprise
        helped(force)
        helped(force, tax_code=firm.tax_code)
        person, other = asking(), asking(code=firm.tax_code)
        for _ in range(limits.most("contact_code_mail.recipient") + 1):
            ask_for_code(person)
        code = code_of_mail()
        ask_for_code(other)
        assert code_of_mail() != code
        guess(other, code)

    def test_a_new_contact_person_ends_the_codes_of_the_one_before(self, force: TaskForce) -> None:
        helped(force)
        person = asking()
        ask_for_code(person)
        helped(force, email="moi@a.example")
        guess(person, code_of_mail())


class TestMeanwhile:
    def test_it_is_filed_routed_and_clocked_at_once(self, force: TaskForce) -> None:
        asked = asking()
        ticket = file_as(asked.user)
        assert (ticket.status, ticket.lead_agency, ticket.enterprise) == ("routed", force.construction, None)
        assert ticket.due_at is not None
        assert ticket.membership_request == asked
        assert list(visible_tickets(people.of(asked.user))) == [ticket]
        assert rules.may(asked.user, "withdraw", ticket)

    def test_it_goes_over_to_the_enterprise(self, force: TaskForce) -> None:
        asked = asking()
        ticket = file_as(asked.user)
        actions.accept_request(actor=Actor.of(force.coordinator), request=asked)
        ticket = Ticket.objects.get(pk=ticket.pk)
        assert ticket.enterprise is not None
        assert ticket.enterprise.tax_code == CODE
        assert ticket.events.order_by("-id").first().type == "ticket.enterprise_confirmed"
        colleague = make_user(Role.ENTERPRISE, enterprise=ticket.enterprise)
        assert list(visible_tickets(people.of(colleague))) == [ticket]

    def test_accepted_while_it_is_filed_it_is_the_enterprises(
        self, force: TaskForce, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = asking()
        number = filing.next_code

        def accept_first(at: Any) -> str:  # between reading the request and the transaction
            actions.accept_request(actor=Actor.of(force.coordinator), request=asked)
            return number(at)

        monkeypatch.setattr(filing, "next_code", accept_first)
        assert file_as(asked.user).enterprise == Enterprise.objects.get(tax_code=CODE)

    def test_after_a_refusal_it_stays_ones_own(self, force: TaskForce) -> None:
        asked = asking()
        ticket = file_as(asked.user)
        actions.refuse_request(actor=Actor.of(force.coordinator), request=asked, reason="Không đúng")
        assert list(visible_tickets(people.of(fresh(asked.user)))) == [ticket]

    def test_without_enterprise_and_request_nobody_files(self) -> None:
        with pytest.raises(NotAllowed):
            file_as(make_user())

    def test_merged_into_another_one_its_filer_gets_the_answer(self, force: TaskForce) -> None:
        asked = asking()
        own, other = file_as(asked.user), force.file()
        merging.merge(ticket=own, actor=Actor.of(force.coordinator), into=other.code)
        event = other.events.order_by("-id").first()
        assert members({Group.PARTY: [event]})[Group.PARTY] == {event.pk: {asked.user.pk}}
        actions.accept_request(actor=Actor.of(force.coordinator), request=asked)
        assert Party.objects.get().enterprise == Enterprise.objects.get(tax_code=CODE)
        assert members({Group.PARTY: [event]})[Group.PARTY] == {event.pk: {asked.user.pk}}

    def test_merged_into_one_that_the_enterprise_had_joined(self, force: TaskForce) -> None:
        asked = asking()
        own, other, theirs = file_as(asked.user), force.file(), helped(force).ticket
        for ticket in (own, theirs):
            merging.merge(ticket=ticket, actor=Actor.of(force.coordinator), into=other.code)
        actions.accept_request(actor=Actor.of(force.coordinator), request=asked)
        assert Party.objects.get().enterprise == Enterprise.objects.get(tax_code=CODE)


class TestInvitations:
    def test_accepting(self, force: TaskForce) -> None:
        firm, guest = force.filer.memberships.get().enterprise, make_user()
        sent = invite(actor=force.filer, enterprise=firm, email=guest.email)
        with pytest.raises(NotVisible):
            actions.accept_invitation(actor=Actor.of(guest), invitation=sent)
        EmailAddress.objects.create(user=guest, email=guest.email, verified=True)
        assert actions.accept_invitation(actor=Actor.of(guest), invitation=sent).enterprise == firm
        with pytest.raises(NotPossible):
            actions.accept_invitation(actor=Actor.of(guest), invitation=sent)

    def test_it_also_decides_a_request_that_waits(self, force: TaskForce) -> None:
        firm = force.filer.memberships.get().enterprise
        asked = asking(code=firm.tax_code)
        ticket = file_as(asked.user)
        sent = invite(actor=force.filer, enterprise=firm, email=asked.user.email)
        actions.accept_invitation(actor=Actor.of(asked.user), invitation=sent)
        ticket = Ticket.objects.get(pk=ticket.pk)
        asked.refresh_from_db()
        assert (ticket.enterprise, asked.state) == (firm, "accepted")

    @pytest.mark.parametrize("who", ["officer", "head", "coordinator", "leader", "justice_officer"])
    def test_officials_of_an_agency_concerned_are_refused(self, force: TaskForce, who: str) -> None:
        force.file()
        firm, official = force.filer.memberships.get().enterprise, getattr(force, who)
        EmailAddress.objects.create(user=official, email=official.email, verified=True)
        sent = invite(actor=force.filer, enterprise=firm, email=official.email)
        if who == "justice_officer":  # no proposal of the enterprise is theirs
            assert actions.accept_invitation(actor=Actor.of(official), invitation=sent)
        else:
            with pytest.raises(NotAllowed):
                actions.accept_invitation(actor=Actor.of(official), invitation=sent)


class TestConflictOfInterest:
    """Somebody who is an official and belongs to the enterprise, however that came about."""

    @pytest.fixture(params=["officer", "head", "coordinator", "leader"])
    def official(self, request: pytest.FixtureRequest, force: TaskForce) -> User:
        found: User = getattr(force, request.param)
        firm = force.filer.memberships.get().enterprise
        Membership.objects.create(user=found, role=Role.ENTERPRISE, enterprise=firm)
        return fresh(found)

    def test_they_read_what_officials_read(self, force: TaskForce, official: User) -> None:
        ticket = force.file()
        assert audience_of(people.of(official), TicketFacts.of(ticket)) == Visibility.INTERNAL

    def test_they_act_for_the_enterprise_only(self, force: TaskForce, official: User) -> None:
        ticket = force.file()
        allowed = {name for name in rules.TICKET_PERMISSIONS if rules.may(official, name, ticket)}
        as_member = {name for name in rules.TICKET_PERMISSIONS if rules.may(force.filer, name, ticket)}
        assert allowed == as_member
        assert role_on(Actor.of(official), ticket) == Role.ENTERPRISE

    def test_on_other_tickets_nothing_changes(self, force: TaskForce, official: User) -> None:
        with clock.at(MORNING):
            other = filing.file_ticket(
                actor=Actor.of(force.other_filer), title="Hỏi", body="Công trình", category="construction"
            )
        assert role_on(Actor.of(official), other) != Role.ENTERPRISE

    def test_the_system_puts_nobody_in_charge_of_their_own(self, force: TaskForce) -> None:
        firm = force.filer.memberships.get().enterprise
        Membership.objects.create(user=force.officer, role=Role.ENTERPRISE, enterprise=firm)
        for _ in range(3):
            assert force.file().assignee == force.colleague
        chosen = decisions.choose_officer(force.construction, MORNING, enterprise_id=firm.pk)
        assert chosen.officer == force.colleague

    def test_nor_does_anybody_by_hand(self, force: TaskForce) -> None:
        from issues.actions import assigning

        ticket = force.accepted()
        firm = force.filer.memberships.get().enterprise
        Membership.objects.create(user=force.colleague, role=Role.ENTERPRISE, enterprise=firm)
        with pytest.raises(Invalid):
            assigning.reassign(ticket=ticket, actor=Actor.of(force.head), assignee=force.colleague.email)

    def test_nobody_helps_their_own_enterprise_at_the_counter(self, force: TaskForce) -> None:
        firm = force.filer.memberships.get().enterprise
        Membership.objects.create(user=force.finance_officer, role=Role.ENTERPRISE, enterprise=firm)
        force.finance_officer = fresh(force.finance_officer)
        with pytest.raises(Invalid) as caught:
            helped(force, tax_code=firm.tax_code)
        assert "on_behalf_of.tax_code" in caught.value.fields
