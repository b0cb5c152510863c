"""Asking to act for an enterprise, inviting colleagues, and ending a membership.

What makes somebody a member (a proof, an approval, accepting an invitation) is in issues.actions.membership: it needs
the receipts and the tickets.
"""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import mail, people
from accounts.emails import confirmed_emails
from accounts.mail_limits import may_mail
from accounts.models import AccountMail, Enterprise, Invitation, Membership, MembershipRequest, Role, User
from accounts.official_names import is_name_of_agency
from accounts.tax_code import TaxCodeInvalid, clean_tax_code
from core import clock, limits
from core.errors import Invalid, NotAllowed, NotPossible, NotVisible
from core.text import clean
from core.visible import has_visible

INVITATION_VALID = timedelta(days=14)
REQUEST_KEPT = timedelta(days=90)  # after it came to nothing: the tax code of a household business is personal data
NAME_MAX, NOTE_MAX = 200, 1000


def request_membership(*, actor: User, tax_code: str, name: str, note: str = "") -> MembershipRequest:
    """Say that one acts for the enterprise of a tax code. Whether it is known, or has members, is not revealed.

    Raises Invalid (naming the field), or NotPossible: a member already, asked already, or too many requests wait.
    """
    name, note = clean(name).strip(), clean(note).strip()
    fields: dict[str, list[str]] = {}
    code = ""
    try:
        code = clean_tax_code(tax_code)
    except TaxCodeInvalid as error:
        fields["tax_code"] = [error.message]
    if not has_visible(name):
        fields["name"] = [_("Write the name of the enterprise as it is registered.")]
    elif is_name_of_agency(name):
        fields["name"] = [_("This is the name of an agency. Write the name of the enterprise as it is registered.")]
    for field, text, most in (("name", name, NAME_MAX), ("note", note, NOTE_MAX)):
        if len(text) > most:
            fields[field] = [_("Use at most {number} characters.").format(number=most)]
    if fields:
        raise Invalid(_("Some fields need correcting."), fields=fields)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=actor.pk)  # two requests at the same moment are counted one by one
        if Membership.objects.filter(user=actor, enterprise__tax_code=code).exists():
            raise NotPossible(_("You are a member of this enterprise already."), code="already_member")
        waiting = [row.tax_code for row in waiting_requests(actor)]
        if code in waiting:
            raise NotPossible(_("You have asked for this already. Your request is waiting."), code="already_asked")
        if len(waiting) >= limits.most("membership_requests.person"):
            raise NotPossible(
                _("You have {number} requests that wait. Withdraw one first.").format(number=len(waiting)),
                code="too_many_requests",
            )
        return MembershipRequest.objects.create(user=actor, tax_code=code, name=name, note=note)


def waiting_requests(user: Any) -> list[MembershipRequest]:
    """The requests of a person that wait, the newest first."""
    return list(MembershipRequest.objects.filter(user=user, state=MembershipRequest.State.WAITING).order_by("-pk"))


@transaction.atomic
def withdraw_request(*, actor: User, request: MembershipRequest) -> MembershipRequest:
    """Take one's own request back. Raises NotVisible for others, NotPossible where it waits no longer."""
    locked = lock_request(request, owner=actor)
    locked.state, locked.decided_at = MembershipRequest.State.WITHDRAWN, clock.now()
    locked.save(update_fields=["state", "decided_at"])
    return locked


def lock_request(request: MembershipRequest, *, owner: User | None = None) -> MembershipRequest:
    """The request as it is now, locked until the transaction ends.

    Raises NotVisible where it is not the owner's, NotPossible where it was decided.
    """
    found = MembershipRequest.objects.select_for_update(of=("self",)).select_related("user").filter(pk=request.pk)
    locked = found.first()
    if locked is None or (owner is not None and locked.user_id != owner.pk):
        raise NotVisible(_("There is no such request."))
    if not locked.is_waiting:
        raise NotPossible(_("This request was decided already."), code="decided")
    return locked


def delete_old_requests() -> int:
    """Delete requests that were refused or withdrawn long ago; returns how many."""
    over = [MembershipRequest.State.REFUSED, MembershipRequest.State.WITHDRAWN]
    return MembershipRequest.objects.filter(state__in=over, decided_at__lt=clock.now() - REQUEST_KEPT).delete()[0]


@transaction.atomic
def invite(*, actor: User, enterprise: Enterprise, email: str) -> Invitation:
    """Invite a colleague to act for the enterprise. The answer is the same whether or not anybody uses the address.

    An open invitation to the same address is sent again. Where its mailbox got too many of them, it is only in their
    account. Raises NotAllowed, Invalid, or NotPossible (too many wait).
    """
    _check_member(actor, enterprise, _("Only a member of the enterprise may invite people to it."))
    address = _checked_address(email)
    Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    if Membership.objects.filter(enterprise=enterprise, user__email=address).exists():
        sentence = _("This person is a member already.")
        raise Invalid(sentence, fields={"email": [sentence]})
    found = Invitation.objects.filter(enterprise=enterprise, state=Invitation.State.OPEN, email=address).first()
    number = valid_invitations().filter(enterprise=enterprise).count()
    if found is None and number >= limits.most("invitations.enterprise"):
        raise NotPossible(
            _("{number} invitations are open. Withdraw one first.").format(number=number), code="too_many_open"
        )
    invitation = found or Invitation(enterprise=enterprise, email=address)
    invitation.invited_by, invitation.expires_at = actor, clock.now() + INVITATION_VALID
    invitation.save()
    known = User.objects.filter(email=address).first()
    language = known.language if known else (get_language() or actor.language)[:2]
    if may_mail("invitation_mail.recipient", address):
        mail.write(AccountMail.Kind.INVITATION, to=address, language=language, invitation=invitation)
    return invitation


def valid_invitations() -> QuerySet[Invitation]:
    """Those that can be accepted: open, in time, and their inviter may still invite. So nobody who was removed comes
    back by an invitation that they sent themself before."""
    may_invite = Membership.objects.filter(
        Q(enterprise=OuterRef("enterprise")) | Q(role=Role.ADMIN), user=OuterRef("invited_by"), user__is_active=True
    )
    open_now = Invitation.objects.filter(state=Invitation.State.OPEN, expires_at__gt=clock.now())
    return open_now.filter(Exists(may_invite))


def invitations_for(user: User) -> list[Invitation]:
    """The invitations that the person may accept: valid, and to an address that they have confirmed."""
    found = valid_invitations().filter(email__in=confirmed_emails(user))
    return list(found.select_related("enterprise", "invited_by"))


def lock_invitation(invitation: Invitation, *, invited: User) -> Invitation:
    """The open invitation, locked. Raises NotVisible unless it was sent to an address that the person has confirmed."""
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("enterprise").filter(pk=invitation.pk)
    found = locked.first()
    if found is None or found.email not in confirmed_emails(invited):
        raise NotVisible(_("There is no such invitation."))
    if not valid_invitations().filter(pk=found.pk).exists():
        raise NotPossible(_("This invitation is not valid any more. Ask for a new one."), code="not_open")
    return found


@transaction.atomic
def decline_invitation(*, actor: User, invitation: Invitation) -> Invitation:
    """Say no. Raises NotVisible or NotPossible as `lock_invitation`."""
    return _end(lock_invitation(invitation, invited=actor), Invitation.State.DECLINED)


@transaction.atomic
def withdraw_invitation(*, actor: User, invitation: Invitation) -> Invitation:
    """Take an invitation back. Any member may. Raises NotAllowed, or NotPossible where it was answered."""
    _check_member(actor, invitation.enterprise, _("Only a member of the enterprise may withdraw its invitations."))
    locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if locked.state != Invitation.State.OPEN:
        raise NotPossible(_("This invitation was answered already."), code="not_open")
    return _end(locked, Invitation.State.WITHDRAWN)


def _end(invitation: Invitation, state: str) -> Invitation:
    invitation.state, invitation.answered_at = state, clock.now()
    invitation.save(update_fields=["state", "answered_at"])
    return invitation


def may_remove(actor: User, membership: Membership, own: Membership | None) -> bool:
    """Whether a member may end a membership: their own, and those of people who joined after them.

    So nobody who was invited can remove the founder. Administrators may remove anybody.
    """
    if people.of(actor).is_admin:
        return True
    return own is not None and membership.enterprise_id == own.enterprise_id and membership.pk >= own.pk


def remove_member(*, actor: User, membership: Membership) -> None:
    """End a membership of an enterprise; see `may_remove`. Not the last one: nobody could act for the enterprise.

    Raises NotVisible, NotAllowed or NotPossible.
    """
    with transaction.atomic():
        enterprise = Enterprise.objects.select_for_update().filter(memberships=membership).first()
        if enterprise is None:
            raise NotVisible(_("This person is not a member any more."))
        own = Membership.objects.filter(user=actor, enterprise=enterprise, role=Role.ENTERPRISE).first()
        if own is None and not people.of(actor).is_admin:
            raise NotAllowed(_("Only a member of the enterprise may remove people from it."))
        if not may_remove(actor, membership, own):
            raise NotAllowed(_("You may remove people who joined after you. Ask somebody who joined earlier."))
        if not Membership.objects.filter(enterprise=enterprise).exclude(pk=membership.pk).exists():
            raise NotPossible(_("You cannot remove the last member: nobody could act for the enterprise."))
        membership.delete()


def _check_member(actor: User, enterprise: Enterprise, sentence: str) -> None:
    person = people.of(actor)
    if enterprise.pk not in person.enterprise_ids and not person.is_admin:
        raise NotAllowed(sentence)


def _checked_address(email: str) -> str:
    address = clean(email).strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        sentence = _("This is not a valid e-mail address.")
        raise Invalid(sentence, fields={"email": [sentence]}) from None
    return address
