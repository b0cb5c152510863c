"""The sign-ins of the demonstration, for the list on the sign-in page. Nothing here outside demo mode."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404

from accounts.models import Membership, Role, User
from accounts.models.user import DEMO_DOMAIN

DOMAIN = DEMO_DOMAIN
PASSWORD = "demo"  # noqa: S105 - known to everybody on purpose; load_demo refuses to set it outside demo mode

_ROLES = list(Role.values)


@dataclass(frozen=True)
class Persona:
    """One sign-in: the address and what it stands for."""

    email: str
    name: str
    role: str
    at_agency: bool
    order: int


def personas() -> list[Persona]:
    """Every demo account, those without an agency first. Raises Http404 outside demo mode. Two queries."""
    if not settings.TN_DEMO:
        raise Http404
    memberships = Membership.objects.select_related("agency", "enterprise").order_by("id")
    users = User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True)
    found = [_persona(user) for user in users.prefetch_related(Prefetch("memberships", queryset=memberships))]
    return sorted(found, key=lambda persona: (persona.at_agency, persona.order))


def _persona(user: User) -> Persona:
    first = next(iter(user.memberships.all()), None)
    return Persona(
        email=user.email,
        name=user.name or user.email,
        role=str(first) if first else "",
        at_agency=bool(first and first.agency_id),
        order=_ROLES.index(first.role) if first else -1,
    )
