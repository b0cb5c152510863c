"""A small task force: three agencies with their people, two enterprises, the default routing rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import Agency, Membership, Role, User
from core import clock
from issues.actions import filing, resolving
from issues.actor import Actor
from issues.models import Ticket
from tests.factories.issues import make_agency, make_enterprises, make_people

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
# A Wednesday without holidays around it.
MORNING = datetime(2026, 11, 18, 9, 0, tzinfo=HANOI)


def at(text: str) -> datetime:
    """A local moment: "2026-11-18 15:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@dataclass
class TaskForce:
    """The people of the tests and short words for the usual steps."""

    construction: Agency
    finance: Agency
    justice: Agency
    officer: User
    colleague: User
    head: User
    finance_officer: User
    justice_officer: User
    coordinator: User
    leader: User
    filer: User
    other_filer: User

    def file(self, moment: datetime = MORNING, **fields: Any) -> Ticket:
        """File a construction question at a moment; rules route it to the department of construction."""
        values = {
            "title": "Hỏi về giấy phép xây dựng",
            "body": "Công trình khởi công năm 2012.",
            "category": "construction",
        }
        with clock.at(moment):
            return filing.file_ticket(actor=Actor.of(self.filer), **{**values, **fields})

    def accepted(self, moment: datetime = MORNING, **fields: Any) -> Ticket:
        """Filed and accepted by the officer in the same minute."""
        ticket = self.file(moment, **fields)
        with clock.at(moment):
            return resolving.accept(ticket=ticket, actor=Actor.of(self.officer))


@pytest.fixture
def force(db: None) -> TaskForce:
    return make_task_force()


def make_task_force() -> TaskForce:
    """Half of all tests begin with it, so people and memberships are written together."""
    construction = make_agency("SXD", name_vi="Sở Xây dựng", name_en="Department of Construction")
    finance = make_agency("STC", name_vi="Sở Tài chính", name_en="Department of Finance")
    justice = make_agency("STP", name_vi="Sở Tư pháp", name_en="Department of Justice")
    enterprises = make_enterprises(2)
    people = make_people(
        officer=Membership(role=Role.OFFICER, agency=construction),
        colleague=Membership(role=Role.OFFICER, agency=construction),
        head=Membership(role=Role.HEAD, agency=construction),
        finance_officer=Membership(role=Role.OFFICER, agency=finance),
        justice_officer=Membership(role=Role.OFFICER, agency=justice),
        coordinator=Membership(role=Role.COORDINATOR),
        leader=Membership(role=Role.LEADER),
        filer=Membership(role=Role.ENTERPRISE, enterprise=enterprises[0]),
        other_filer=Membership(role=Role.ENTERPRISE, enterprise=enterprises[1]),
    )
    return TaskForce(construction=construction, finance=finance, justice=justice, **people)


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def half_past_nine() -> Iterator[None]:
    """It is 09:30."""
    with clock.at(at("2026-11-18 09:30")):
        yield
