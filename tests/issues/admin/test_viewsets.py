"""Settings of the task force in the administration: forms that read people's hours and rules."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from issues.admin.periods import read_periods, write_periods
from issues.assignment import trained_vote
from issues.clocks import calendars
from issues.models import Calendar, RoutingRule
from tests.factories.issues import make_agency, make_user
from tests.issues.conftest import TaskForce, at

VIEWSETS = ("routingrule", "categoryterm", "duty", "absence", "calendar", "targetsetting")


@pytest.fixture
def admin_client(db: None) -> Client:
    client = Client()
    client.force_login(make_user(Role.ADMIN))
    return client


@pytest.mark.parametrize("model", VIEWSETS)
@pytest.mark.parametrize("view", ["index", "add"])
def test_pages_open_for_administrators(admin_client: Client, force: TaskForce, model: str, view: str) -> None:
    assert admin_client.get(reverse(f"{model}:{view}")).status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ENTERPRISE])
def test_others_stay_outside(role: Role, db: None) -> None:
    client = Client()
    agency = make_agency("X") if role == Role.OFFICER else None
    from tests.factories.issues import make_enterprise

    client.force_login(make_user(role, agency=agency, enterprise=make_enterprise() if agency is None else None))
    assert client.get(reverse("routingrule:index")).status_code == 302


def test_coordinators_edit_rules_and_not_calendars(db: None) -> None:
    client = Client()
    client.force_login(make_user(Role.COORDINATOR))
    assert client.get(reverse("routingrule:index")).status_code == 200
    assert client.get(reverse("calendar:index")).status_code == 302


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("08:00–12:00, 13:30-17:30", [["08:00", "12:00"], ["13:30", "17:30"]]),
        ("8h00 - 12h00", [["08:00", "12:00"]]),
        ("", []),
    ],
)
def test_hours_as_people_write_them(text: str, periods: list[list[str]]) -> None:
    assert read_periods(text) == periods
    assert read_periods(write_periods(periods)) == periods


def calendar_data(**changes: str) -> dict[str, str]:
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "08:00–12:00, 13:30–17:30")
    return {
        "code": "city",
        "name_vi": "Giờ hành chính",
        "name_en": "",
        "timezone": "Asia/Ho_Chi_Minh",
        "holidays_country": "VN",
        "is_default": "on",
        "sat": "",
        "sun": "",
        **week,
        "days-TOTAL_FORMS": "0",
        "days-INITIAL_FORMS": "0",
        "days-MIN_NUM_FORMS": "0",
        "days-MAX_NUM_FORMS": "1000",
        **changes,
    }


def test_editing_the_week_and_a_day_changes_the_clock(admin_client: Client) -> None:
    city = Calendar.objects.get(is_default=True)
    city.days.all().delete()
    added = {
        "days-TOTAL_FORMS": "1",
        "days-0-date": "2026-11-21",
        "days-0-kind": "special",
        "days-0-periods": "08:00-10:00",
        "days-0-ORDER": "1",
    }
    answer = admin_client.post(reverse("calendar:edit", args=[city.pk]), calendar_data(fri="08:00-11:00", **added))
    assert answer.status_code == 302, answer.context["form"].errors
    calendar = calendars.default_calendar()
    assert calendar.last_closing(at("2026-11-20 09:00").date()) == at("2026-11-20 11:00")
    assert calendar.last_closing(at("2026-11-21 09:00").date()) == at("2026-11-21 10:00")


@pytest.mark.parametrize(
    "changes",
    [
        {"mon": "from nine to five"},
        {"mon": "12:00-08:00"},
        {"mon": "08:00-12:00, 11:00-13:00"},
        {"timezone": "Asia/Atlantis"},
        dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ""),
    ],
)
def test_hours_that_cannot_be_are_refused_and_kept_on_the_page(admin_client: Client, changes: dict[str, str]) -> None:
    city = Calendar.objects.get(is_default=True)
    answer = admin_client.post(reverse("calendar:edit", args=[city.pk]), calendar_data(**changes))
    assert answer.status_code == 200
    assert answer.context["form"].errors
    for value in changes.values():
        assert value.encode() in answer.content
    city.refresh_from_db()
    assert city.weekly["mon"] == [["08:00", "12:00"], ["13:30", "17:30"]]


def rule_data(**changes: object) -> dict[str, object]:
    return {
        "number": "900",
        "priority": "5",
        "name_vi": "Quy tắc thử",
        "name_en": "",
        "active": "on",
        "valid_from": "",
        "valid_to": "",
        "categories": ["construction"],
        "words_any": "cầu trục\nmái nhà xưởng",
        "words_all": "",
        "has_project": "unknown",
        "lead_choice": "STC",
        "coordinating_choice": ["STP"],
        **changes,
    }


def test_a_rule_made_here_routes_the_next_ticket(admin_client: Client, force: TaskForce) -> None:
    answer = admin_client.post(reverse("routingrule:add"), rule_data())
    assert answer.status_code == 302, answer.context["form"].errors
    rule = RoutingRule.objects.get(number=900)
    assert rule.conditions == {"category": ["construction"], "words_any": ["cầu trục", "mái nhà xưởng"]}
    trained_vote.forget_model()
    ticket = force.file(title="Hỏi về mai nha xuong")
    assert (ticket.lead_agency, ticket.routing_decisions.get().rule) == (force.finance, rule)


def test_a_changed_rule_is_a_new_version(admin_client: Client, force: TaskForce) -> None:
    admin_client.post(reverse("routingrule:add"), rule_data())
    rule = RoutingRule.objects.get(number=900)
    url = reverse("routingrule:edit", args=[rule.pk])
    admin_client.post(url, rule_data(name_en="Only the name"))
    rule.refresh_from_db()
    assert rule.version == 1
    admin_client.post(url, rule_data(lead_choice="STP", coordinating_choice=[]))
    rule.refresh_from_db()
    assert (rule.version, rule.lead) == (2, "STP")


@pytest.mark.parametrize(
    "changes",
    [
        {"lead_choice": "", "coordinating_choice": []},
        {"words_any": "!!!"},
        {"valid_from": "2026-12-01", "valid_to": "2026-11-01"},
        {"lead_choice": "NOWHERE"},
    ],
)
def test_a_rule_that_cannot_work_is_refused(admin_client: Client, force: TaskForce, changes: dict[str, object]) -> None:
    answer = admin_client.post(reverse("routingrule:add"), rule_data(**changes))
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not RoutingRule.objects.filter(number=900).exists()
