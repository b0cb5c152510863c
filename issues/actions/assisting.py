"""Filing for an enterprise that comes to the counter, calls, or speaks in a meeting: who it is, and who helped."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Agency, Enterprise, User
from accounts.people import Person
from accounts.tax_code import TaxCodeInvalid, clean_tax_code
from core import clock
from core.errors import NotAllowed, NotSignedIn
from issues import rules
from issues.actions.fields import ADDRESS_MAX, Fields
from issues.actor import Actor
from issues.models import Assistance, Channel, Ticket

CHANNELS = (Channel.COUNTER, Channel.PHONE, Channel.MEETING)
NAME_MAX, CONTACT_MAX, PHONE_MAX = 200, 120, 30
_GROUP = "on_behalf_of"


@dataclass(frozen=True)
class Behalf:
    """The enterprise that is helped, checked; it may not exist yet."""

    tax_code: str
    name: str
    contact: str
    phone: str
    email: str
    language: str
    channel: str
    known_id: int | None = None

    def enterprise(self) -> Enterprise:
        """The enterprise of the tax code. A known one keeps its name; an unknown one is made."""
        return Enterprise.objects.get_or_create(tax_code=self.tax_code, defaults={"name": self.name})[0]


def check_may_assist(actor: Actor) -> None:
    """Raise NotSignedIn or NotAllowed unless the actor may file for others."""
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in first."))
    if not rules.works_at_a_counter(actor.user):
        raise NotAllowed(_("Only an officer or a coordinator may file for an enterprise."))


def check_not_own(fields: Fields, behalf: Behalf, helper: Person) -> None:
    """Nobody helps an enterprise that they belong to: they file for it like every member."""
    if behalf.known_id in helper.enterprise_ids:
        fields.add(f"{_GROUP}.tax_code", _("You are a member of this enterprise: file the proposal as its member."))


def read_behalf(fields: Fields, given: Any, *, channel: Any) -> Behalf:
    """Check the details of the enterprise; wrong fields are added to `fields` as `on_behalf_of.<name>`.

    The result is valid only when `fields` has no errors.
    """
    wanted = fields.choice("channel", channel or Channel.COUNTER, [str(c) for c in CHANNELS])
    if not isinstance(given, Mapping):
        fields.add(_GROUP, _("This must describe the enterprise: tax_code, name, contact, phone, email, language."))
        given = {}
    tax_code = _tax_code(fields, given.get("tax_code"))
    known_id = Enterprise.objects.filter(tax_code=tax_code).values_list("pk", flat=True).first() if tax_code else None
    name = fields.text(f"{_GROUP}.name", given.get("name"), required=False, longest=NAME_MAX)
    if tax_code and known_id is None and not name:
        fields.add(f"{_GROUP}.name", _("This tax code is not registered yet: enter the name of the enterprise."))
    contact, phone, email = _contact(fields, given, needed=wanted != Channel.MEETING)
    language = fields.choice(f"{_GROUP}.language", given.get("language"), User.Language.values, required=False)
    return Behalf(tax_code, name, contact, phone, email, language or _own_language(), wanted, known_id)


def keep_assistance(*, ticket: Ticket, actor: Actor, behalf: Behalf) -> Assistance:
    """Record who helped which enterprise, with the code of the receipt. Belongs to the transaction of filing."""
    return Assistance.objects.create(
        ticket=ticket,
        officer=actor.user,
        agency=assisting_agency(actor),
        contact=behalf.contact,
        phone=behalf.phone,
        email=behalf.email,
        language=behalf.language,
        created_at=ticket.received_at or clock.now(),
    )


def assisting_agency(actor: Actor) -> Agency | None:
    """The agency at whose counter the officer sits; none for a coordinator."""
    return Agency.objects.filter(pk__in=actor.person.officer_agency_ids).order_by("pk").first()


def _tax_code(fields: Fields, given: Any) -> str:
    text = fields.text(f"{_GROUP}.tax_code", given, longest=40)
    if not text:
        return ""
    try:
        return clean_tax_code(text)
    except TaxCodeInvalid as error:
        fields.add(f"{_GROUP}.tax_code", error.message)
        return ""


def _contact(fields: Fields, given: Mapping[str, Any], *, needed: bool) -> tuple[str, str, str]:
    """Whom the agency can contact with questions, and how. In a meeting there is no time to ask for it."""
    contact = fields.text(f"{_GROUP}.contact", given.get("contact"), required=needed, longest=CONTACT_MAX)
    phone = fields.text(f"{_GROUP}.phone", given.get("phone"), required=False, longest=PHONE_MAX)
    email = fields.text(f"{_GROUP}.email", given.get("email"), required=False, longest=ADDRESS_MAX)
    if needed and not (phone or email):
        fields.add(f"{_GROUP}.phone", _("Enter a phone number or an e-mail address: the agency may have questions."))
    if email:
        try:
            validate_email(email)
        except ValidationError:
            fields.add(f"{_GROUP}.email", _("This is not a valid e-mail address."))
    return contact, phone, email


def _own_language() -> str:
    language = (get_language() or User.Language.VI)[:2]
    return language if language in User.Language.values else User.Language.VI
