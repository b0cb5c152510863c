"""How somebody becomes a member of an enterprise: by a proof, an approval, or accepting an invitation.

The first member proves that they act for the enterprise, or the task force approves it; further members are invited.
What somebody filed while they waited goes over to the enterprise with the membership.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import mail, people
from accounts.actions.membership import lock_invitation, lock_request
from accounts.contact_code import is_contact_code, may_try_contact_code
from accounts.emails import has_confirmed_email
from accounts.mail_limits import may_mail
from accounts.models import AccountMail, Enterprise, Invitation, Membership, MembershipRequest, Role, User
from core import clock
from core.errors import Invalid, NotAllowed, NotPossible, NotSignedIn
from core.readable_codes import clean_code
from core.text import clean
from issues import rules
from issues.actions.fields import Fields
from issues.actions.operation import Operation, lock_ticket
from issues.actor import SYSTEM, Actor
from issues.events.types import TicketEnterpriseConfirmed
from issues.models import Assistance, Party, Ticket, TicketStatus

K, Proof, State = AccountMail.Kind, MembershipRequest.Proof, MembershipRequest.State
REASON_MAX = 1000


def prove_by_receipt(*, actor: Actor, request: MembershipRequest, follow_up_code: str) -> Membership:
    """Become the first member with the follow-up code of a receipt of this enterprise.

    Raises NotVisible, NotPossible, or Invalid for a wrong code: in the same words whatever is wrong with it.
    """
    with transaction.atomic():
        locked = lock_request(request, owner=actor.user)
        typed = clean_code(clean(follow_up_code))
        found = Assistance.objects.filter(follow_up_code=typed, ticket__enterprise__tax_code=locked.tax_code)
        if not typed or not found.exists():
            raise _wrong("follow_up_code", _("This is not the follow-up code of a receipt of this enterprise."))
        return _accept(locked, actor, Proof.RECEIPT)


def send_contact_code(*, actor: Actor, request: MembershipRequest) -> MembershipRequest:
    """Send a code to the contact person of the enterprise's newest proposal that has an address.

    Nothing tells whether there is one, nor whether too many went to them today: then those that they have stay good.
    Raises NotVisible or NotPossible.
    """
    with transaction.atomic():
        locked = lock_request(request, owner=actor.user)
        _check_confirmed(locked)
        locked.code_sent_at, locked.code_tries = clock.now(), 0
        locked.save(update_fields=["code_sent_at", "code_tries"])
        contact = _contact(locked.tax_code)
        # For each enterprise: a contact person of several has a code for each of them.
        if contact is not None and may_mail("contact_code_mail.recipient", contact.email, about=locked.tax_code):
            mail.write(K.CONTACT_CODE, to=contact.email, language=contact.language, request=locked)
    return locked


def prove_by_contact_code(*, actor: Actor, request: MembershipRequest, code: str) -> Membership:
    """Become the first member with a code that the contact person received.

    A wrong one is counted, and after a few this person has to ask for a mail again. Raises as `prove_by_receipt`.
    """
    with transaction.atomic():
        locked = lock_request(request, owner=actor.user)
        contact = _contact(locked.tax_code) if may_try_contact_code(locked) else None
        if contact is not None and is_contact_code(clean(code), locked.tax_code, contact.email):
            return _accept(locked, actor, Proof.CONTACT)
        locked.code_tries += 1
        locked.save(update_fields=["code_tries"])
    # Outside the transaction, which would take the count back.
    raise _wrong("code", _("This is not the code, or it is no longer valid. Ask for a new one."))


def accept_request(*, actor: Actor, request: MembershipRequest) -> Membership:
    """The task force approves. Raises NotSignedIn, NotAllowed, NotVisible, NotPossible."""
    with transaction.atomic():
        locked = _lock_to_decide(actor, request)
        membership = _accept(locked, actor, Proof.APPROVAL)
        mail.write(K.ACCEPTED, to=locked.user.email, language=locked.user.language, request=locked)
    return membership


def refuse_request(*, actor: Actor, request: MembershipRequest, reason: Any = None) -> MembershipRequest:
    """The task force refuses, with a reason that the person reads. Raises as `accept_request`, or Invalid."""
    with transaction.atomic():
        locked = _lock_to_decide(actor, request)
        fields = Fields()
        locked.reason = fields.text("reason", reason, longest=REASON_MAX)
        fields.done()
        _decide(locked, State.REFUSED, actor)
        mail.write(K.REFUSED, to=locked.user.email, language=locked.user.language, request=locked)
    return locked


def accept_invitation(*, actor: Actor, invitation: Invitation) -> Membership:
    """Become a member by invitation. Raises NotVisible, NotPossible, or NotAllowed for an official of an agency
    concerned."""
    with transaction.atomic():
        locked = lock_invitation(invitation, invited=actor.user)
        _check_impartial(actor.user, locked.enterprise)
        locked.state, locked.answered_at = Invitation.State.ACCEPTED, clock.now()
        locked.save(update_fields=["state", "answered_at"])
        membership = _member(actor.user, locked.enterprise)
        waiting = MembershipRequest.objects.select_for_update().filter(
            user=actor.user, tax_code=locked.enterprise.tax_code, state=State.WAITING
        )
        for request in waiting:
            _decide(request, State.ACCEPTED, actor)
            _link(request, locked.enterprise, actor)
    return membership


def check_may_decide(actor: Actor) -> None:
    """Raise NotSignedIn or NotAllowed unless the actor may decide requests: officers and coordinators."""
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in first."))
    if not rules.works_at_a_counter(actor.user):
        raise NotAllowed(_("Only an officer or a coordinator may decide this."))


def _lock_to_decide(actor: Actor, request: MembershipRequest) -> MembershipRequest:
    check_may_decide(actor)
    locked = lock_request(request)
    if locked.user_id == actor.person.user_id:
        raise NotAllowed(_("Somebody else must decide your own request."))
    return locked


def _accept(request: MembershipRequest, actor: Actor, proof: str) -> Membership:
    """Make the membership of a locked request, and hand over what its person filed while they waited."""
    _check_confirmed(request)
    enterprise, _new = Enterprise.objects.get_or_create(tax_code=request.tax_code, defaults={"name": request.name})
    # Two first members at the same moment: the row is locked, so the second one sees the first.
    Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    others = list(User.objects.filter(memberships__enterprise=enterprise, is_active=True))
    if others and proof != Proof.APPROVAL:
        raise NotPossible(
            _("This enterprise has members already. Ask one of them to invite you, or wait for the task force."),
            code="has_members",
        )
    _check_impartial(request.user, enterprise, request)
    if proof != Proof.APPROVAL:
        _check_did_not_help(request.user, enterprise)
    membership = _member(request.user, enterprise)
    request.proof = proof
    _decide(request, State.ACCEPTED, actor)
    _link(request, enterprise, actor)
    contact = _contact(request.tax_code)
    informed = {user.email: user.language for user in others}
    if contact is not None and proof != Proof.CONTACT:
        informed.setdefault(contact.email, contact.language)
    informed.pop(request.user.email, None)
    for address, language in informed.items():
        mail.write(K.JOINED, to=address, language=language, request=request)
    return membership


def _decide(request: MembershipRequest, state: str, actor: Actor) -> None:
    request.state, request.decided_at, request.decided_by = state, clock.now(), actor.user
    request.save(update_fields=["state", "decided_at", "decided_by", "reason", "proof"])


def _member(user: User, enterprise: Enterprise) -> Membership:
    return Membership.objects.get_or_create(user=user, role=Role.ENTERPRISE, enterprise=enterprise)[0]


def _link(request: MembershipRequest, enterprise: Enterprise, actor: Actor) -> None:
    """Make what the person filed while they waited the enterprise's."""
    waiting = Ticket.objects.filter(membership_request=request, enterprise=None).exclude(status=TicketStatus.DRAFT)
    # One by one: a part may be split off while this runs.
    while (pk := waiting.order_by("pk").values_list("pk", flat=True).first()) is not None:
        ticket = lock_ticket(pk)
        ticket.enterprise = enterprise
        alone = Party.objects.filter(enterprise=None, joined_by=request.user)
        # Where the enterprise gets the answer already: as the one that filed it, or as a party.
        joined = Party.objects.filter(enterprise=enterprise).values("ticket")
        alone.filter(Q(ticket__enterprise=enterprise) | Q(ticket__in=joined)).delete()
        alone.filter(ticket__merged_tickets=ticket).update(enterprise=enterprise)
        running = Operation(ticket, actor if actor.user != request.user else SYSTEM, clock.now())
        running.record(TicketEnterpriseConfirmed(enterprise=enterprise.name))
        running.finish()


def _check_confirmed(request: MembershipRequest) -> None:
    if not has_confirmed_email(request.user):
        raise NotPossible(_("The person has not confirmed their e-mail address yet."), code="email_unconfirmed")


def _check_impartial(user: User, enterprise: Enterprise, request: MembershipRequest | None = None) -> None:
    """Raise NotAllowed for an official of an agency that handles proposals of the enterprise."""
    person = people.of(user)
    concerned = person.is_coordinator or person.is_leader
    if not concerned and person.officer_agency_ids:
        agencies = person.officer_agency_ids
        handled = (
            Q(lead_agency__in=agencies) | Q(coordinating_agencies__in=agencies) | Q(consultations__agency__in=agencies)
        )
        filed = Q(enterprise=enterprise) | Q(membership_request=request, membership_request__isnull=False)
        concerned = Ticket.objects.filter(handled, filed).exclude(status=TicketStatus.DRAFT).exists()
    if concerned:
        raise NotAllowed(
            _("Somebody who works for an agency that handles proposals of the enterprise cannot be its member.")
        )


def _check_did_not_help(user: User, enterprise: Enterprise) -> None:
    """Raise NotAllowed for somebody whose counter filed for the enterprise: they print receipts and type addresses of
    contact persons, so the codes prove nothing of them."""
    helped = Q(officer=user) | Q(agency__in=people.of(user).officer_agency_ids)
    if Assistance.objects.filter(helped, ticket__enterprise=enterprise).exists():
        raise NotAllowed(_("Your agency filed for this enterprise, so a code proves nothing. Wait for the task force."))


def _contact(tax_code: str) -> Assistance | None:
    """The newest contact person of the enterprise who has an e-mail address."""
    found = Assistance.objects.filter(ticket__enterprise__tax_code=tax_code).exclude(email="")
    return found.order_by("-pk").first()


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(_("Please correct the marked fields."), fields={field: [sentence]})
