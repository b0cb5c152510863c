"""Calendars and agencies."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from accounts.models import Role
from core import clock
from issues.actions import recompute
from issues.clocks import calendars
from issues.models import Calendar, ClockKind
from tests.factories.issues import make_user
from tests.issues.admin.forms import calendar_data
from tests.issues.conftest import TaskForce, at


@pytest.fixture
def admin(db: None) -> Client:
    client = Client(headers={"accept-language": "en"})
    user = make_user(Role.ADMIN)
    client.force_login(user)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "en"
    profile.save()
    return client


@pytest.fixture
def city(db: None) -> Calendar:
    return Calendar.objects.get(is_default=True)


def text_of(answer: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())  # type: ignore[attr-defined]


def test_an_agency_goes_by_one_calendar(admin: Client, force: TaskForce) -> None:
    own = Calendar.objects.create(code="own", name_vi="Riêng", name_en="Own", weekly={"mon": [["08:00", "12:00"]]})
    own.agencies.add(force.justice)
    data = calendar_data(code="other", name_vi="Khác", is_default="", agencies=str(force.justice.pk))
    del data["is_default"]
    answer = admin.post(reverse("calendar:add"), data)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["agencies"]  # type: ignore[index]
    assert "“Own”" in text_of(answer)


def test_another_calendar_takes_over_for_every_agency_without_its_own(
    admin: Client, force: TaskForce, city: Calendar
) -> None:
    ticket = force.accepted(at("2026-11-18 16:00"))
    answer = admin.post(reverse("calendar:add"), calendar_data(code="summer", name_vi="Giờ mùa hè", thu="07:00-11:00"))
    assert answer.status_code == 302, answer.context["form"].errors
    city.refresh_from_db()
    assert (city.is_default, Calendar.objects.get(is_default=True).code) == (False, "summer")
    with clock.at(at("2026-11-18 17:00")):
        calendars.refresh()
        recompute.recompute_pending()
    assert ticket.clocks.get(kind=ClockKind.RESOLUTION).due_at == at("2026-11-19 11:00")
