"""The roster of the demonstration: turns, an absence without and one with a stand-in, and a swap that waits."""

from typing import Any

import pytest

from accounts.models import Agency, Membership, Role, User
from accounts.personas import DOMAIN
from issues.demo.roster import load_roster
from issues.models import Absence, Duty, DutySwap, RosterEntry
from tests.factories.issues import make_agency
from tests.issues.conftest import MORNING

pytestmark = pytest.mark.django_db
AGENCIES = ("SGDDT", "SDTTG", "SVHTT")


def person(local: str, role: Role, agency: Agency) -> None:
    user = User.objects.create_user(f"{local}-{agency.code.lower()}@{DOMAIN}", "demo", name=f"{local} {agency.code}")
    Membership.objects.create(user=user, role=role, agency=agency)


def rows() -> list[Any]:
    return [list(model.objects.order_by("pk").values_list()) for model in (Duty, Absence, DutySwap, RosterEntry)]


def test_there_is_something_of_everything_and_a_second_run_changes_nothing(settings: Any) -> None:
    settings.TN_DEMO = True  # elsewhere its people may do nothing
    for code in AGENCIES:
        agency = make_agency(code)
        person("officer", Role.OFFICER, agency)
        person("officer2", Role.OFFICER, agency)
        person("head", Role.HEAD, agency)
    load_roster(MORNING)
    assert set(Duty.objects.values_list("kind", flat=True)) == {"duty", "after"}
    assert sorted(bool(row.stand_in) for row in Absence.objects.all()) == [False, True]
    assert DutySwap.objects.get().is_open
    before = rows()
    load_roster(MORNING)
    assert rows() == before


def test_without_these_agencies_there_are_turns_alone() -> None:
    agency = make_agency("X")
    person("officer", Role.OFFICER, agency)
    load_roster(MORNING)
    assert Duty.objects.exists()
    assert not Absence.objects.exists()
