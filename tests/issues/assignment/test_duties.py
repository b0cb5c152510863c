"""Who is on duty."""

from accounts.models import Role
from core import clock
from issues.assignment import decisions
from issues.models import Duty
from tests.factories.issues import make_agency, make_user
from tests.issues.conftest import TaskForce, at


def test_out_of_hours_it_goes_to_the_duty_of_the_next_working_day(force: TaskForce) -> None:
    friday_evening, monday = at("2026-11-20 19:00"), at("2026-11-23 08:00").date()
    Duty.objects.create(agency=force.construction, officer=force.officer, date=friday_evening.date())
    Duty.objects.create(agency=force.construction, officer=force.colleague, date=monday)
    assert force.file(at("2026-11-20 10:00")).assignee == force.officer
    assert force.file(friday_evening).assignee == force.colleague
    assert force.file(at("2026-11-22 10:00")).assignee == force.colleague


def test_the_out_of_hours_duty_comes_first(force: TaskForce) -> None:
    evening = at("2026-11-20 19:00")
    Duty.objects.create(
        agency=force.construction, officer=force.officer, date=evening.date(), kind=Duty.Kind.OUT_OF_HOURS
    )
    Duty.objects.create(agency=force.construction, officer=force.colleague, date=at("2026-11-23 08:00").date())
    assert force.file(evening).assignee == force.officer


def test_without_duty_the_least_loaded_takes_it(force: TaskForce) -> None:
    first, second = force.file(), force.file()
    assert {first.assignee, second.assignee} == {force.officer, force.colleague}


def test_an_agency_without_officers_leaves_it_to_its_head(force: TaskForce) -> None:
    alone = make_agency("SYT")
    head = make_user(Role.HEAD, agency=alone)
    with clock.at(at("2026-11-18 09:00")):
        assert decisions.choose_officer(alone, clock.now()).officer == head
