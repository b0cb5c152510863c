"""A small task force: three agencies with their people, two enterprises, the default routing rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import Agency, Role, User
from core import clock
from issues.actions import filing, resolving
from issues.actor import Actor
from issues.models import Ticket
from tests.factories.issues import make_agency, make_enterprise, make_user

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
    construction = make_agency("SXD", name_vi="Sở Xây dựng", name_en="Department of Construction")
    finance = make_agency("STC", name_vi="Sở Tài chính", name_en="Department of Finance")
    justice = make_agency("STP", name_vi="Sở Tư pháp", name_en="Department of Justice")
    officers = [make_user(Role.OFFICER, agency=construction) for _ in range(2)]
    return TaskForce(
        construction=construction,
        finance=finance,
        justice=justice,
        officer=officers[0],
        colleague=officers[1],
        head=make_user(Role.HEAD, agency=construction),
        finance_officer=make_user(Role.OFFICER, agency=finance),
        justice_officer=make_user(Role.OFFICER, agency=justice),
        coordinator=make_user(Role.COORDINATOR),
        leader=make_user(Role.LEADER),
        filer=make_user(Role.ENTERPRISE, enterprise=make_enterprise()),
        other_filer=make_user(Role.ENTERPRISE, enterprise=make_enterprise()),
    )


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
