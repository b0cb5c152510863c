"""Tickets and people for tests, made directly: what actions do is tested through the actions."""

import itertools
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import groups
from accounts.groups import GROUPS_OF_ROLE
from accounts.models import Agency, Enterprise, Membership, Role, User
from core import clock
from issues.actor import SYSTEM, Actor
from issues.events.event_data import EventData
from issues.events.record import record_event
from issues.events.types import TicketSubmitted
from issues.models import Ticket, TicketEvent, TicketStatus

_numbers = itertools.count(1)


def make_agency(code: str = "", **fields: Any) -> Agency:
    code = code or f"A{next(_numbers)}"
    defaults = {"name_vi": f"Cơ quan {code}", "level": Agency.Level.DEPARTMENT}
    return Agency.objects.get_or_create(code=code, defaults={**defaults, **fields})[0]


def make_enterprise(**fields: Any) -> Enterprise:
    """An enterprise whose tax code is formally valid (stdnum.vn.mst)."""
    number = next(_numbers)
    return Enterprise.objects.create(tax_code=_tax_code(number), name=f"Doanh nghiệp {number}", **fields)


def make_enterprises(count: int) -> list[Enterprise]:
    """Several enterprises, written together."""
    numbers = itertools.islice(_numbers, count)
    return Enterprise.objects.bulk_create(
        Enterprise(tax_code=_tax_code(number), name=f"Doanh nghiệp {number}") for number in numbers
    )


def make_user(role: Role | None = None, *, agency: Agency | None = None, enterprise: Enterprise | None = None) -> User:
    user = User.objects.create_user(f"person{next(_numbers)}@example.com", "password", name="Cán bộ")
    if role is not None:
        Membership.objects.create(user=user, role=role, agency=agency, enterprise=enterprise)
    return user


def make_people(**memberships: Membership) -> dict[str, User]:
    """As `make_user` for each unsaved membership, written together; by the names that are given."""
    password = make_password("password")
    users = User.objects.bulk_create(
        User(email=f"person{next(_numbers)}@example.com", password=password, name="Cán bộ") for _ in memberships
    )
    for user, membership in zip(users, memberships.values(), strict=True):
        membership.user = user
    Membership.objects.bulk_create(memberships.values())
    groups.apply_to(user for user, one in zip(users, memberships.values(), strict=True) if one.role in GROUPS_OF_ROLE)
    return dict(zip(memberships, users, strict=True))


def make_ticket(*, filer: User | None = None, agency: Agency | None = None, **fields: Any) -> Ticket:
    """A submitted ticket without any event."""
    number = next(_numbers)
    defaults = {"title": f"Kiến nghị {number}", "body": "Nội dung", "code": f"KN-TEST-{number}"}
    ticket = Ticket(
        filer=filer or make_user(), lead_agency=agency, **{**defaults, "status": TicketStatus.SUBMITTED, **fields}
    )
    ticket.save()
    return ticket


def make_event(ticket: Ticket, data: EventData | None = None, *, actor: Actor = SYSTEM) -> TicketEvent:
    """Record an event the way actions do; `ticket.submitted`, which everybody may see, unless said otherwise."""
    with transaction.atomic():
        return record_event(ticket=ticket, data=data or submitted(), actor=actor, at=clock.now())


def submitted() -> TicketSubmitted:
    return TicketSubmitted(kind="difficulty", category="land", channel="web", due_at=clock.now())


def _tax_code(number: int) -> str:
    """Ten digits with the right check digit."""
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    while True:
        digits = f"01{number:07d}"
        check = 10 - sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11
        if 0 <= check <= 9:
            return f"{digits}{check}"
        number += 1_000_000
