"""An enterprise and the people who act for it."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import Enterprise, Membership, Role, User
from accounts.tax_code import TaxCodeInvalid, clean_tax_code
from core.errors import Invalid, NotAllowed, NotPossible
from core.text import clean


class AlreadyRegistered(NotPossible):
    """The tax code belongs to an enterprise that has people already (409)."""

    code = "enterprise_registered"


def check_may_register(tax_code: str) -> str:
    """The clean tax code, if nobody acts for it yet.

    Raises TaxCodeInvalid, or AlreadyRegistered with a sentence that says who to ask: only its own people know
    who else belongs to an enterprise.
    """
    code = clean_tax_code(tax_code)
    if Membership.objects.filter(enterprise__tax_code=code).exists():
        raise AlreadyRegistered(
            _(
                "This enterprise is registered already. Sign up without it, then ask a colleague who uses its account "
                "to add you: “Your account”, “Members”."
            )
        )
    return code


@transaction.atomic
def register_enterprise(*, actor: User, tax_code: str, name: str) -> Membership:
    """Make the enterprise of a tax code and the actor its first member.

    Raises Invalid (naming the field), or AlreadyRegistered.
    """
    name = clean(name).strip()
    fields: dict[str, list[str]] = {}
    try:
        code = check_may_register(tax_code)
    except TaxCodeInvalid as error:
        fields["tax_code"] = [error.message]
    if not name:
        fields["name"] = [_("Write the name of the enterprise as it is registered.")]
    if fields:
        raise Invalid(_("Some fields need correcting."), fields=fields)
    enterprise, _created = Enterprise.objects.get_or_create(tax_code=code, defaults={"name": name})
    # Two first members at the same moment: the row is locked, so the second one sees the first.
    Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    check_may_register(code)
    return Membership.objects.create(user=actor, role=Role.ENTERPRISE, enterprise=enterprise)


def add_member(*, actor: User, enterprise: Enterprise, email: str) -> Membership:
    """Let a colleague act for the enterprise. Only its members and administrators may.

    Raises NotAllowed, or Invalid where nobody uses that address or the person belongs to it already.
    """
    person = people.of(actor)
    if enterprise.pk not in person.enterprise_ids and not person.is_admin:
        raise NotAllowed(_("Only a member of the enterprise may add people to it."))
    colleague = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if colleague is None:
        raise Invalid(
            _("There is no account with this address. Ask your colleague to sign up first."),
            fields={"email": [_("There is no account with this address. Ask your colleague to sign up first.")]},
        )
    try:
        with transaction.atomic():
            return Membership.objects.create(user=colleague, role=Role.ENTERPRISE, enterprise=enterprise)
    except IntegrityError as error:
        sentence = _("This person is a member already.")
        raise Invalid(sentence, fields={"email": [sentence]}) from error


def remove_member(*, actor: User, membership: Membership) -> None:
    """End a membership of an enterprise. Members may end each other's and their own, but not the last one.

    Raises NotAllowed or NotPossible.
    """
    person = people.of(actor)
    if membership.enterprise_id not in person.enterprise_ids and not person.is_admin:
        raise NotAllowed(_("Only a member of the enterprise may remove people from it."))
    with transaction.atomic():
        enterprise = Enterprise.objects.select_for_update().get(memberships=membership)
        if not Membership.objects.filter(enterprise=enterprise).exclude(pk=membership.pk).exists():
            raise NotPossible(_("You cannot remove the last member: nobody could act for the enterprise."))
        membership.delete()
