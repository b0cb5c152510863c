"""The form of a calendar."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from accounts.models import Role
from issues.clocks import calendars
from issues.models import Calendar, CalendarDay
from tests.factories.issues import make_user
from tests.issues.admin.forms import calendar_data
from tests.issues.conftest import at


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


@pytest.fixture
def admin_client(db: None) -> Client:
    client = Client()
    client.force_login(make_user(Role.ADMIN))
    return client


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


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"holidays_country": "QQ"}, "There are no public holidays for this code."),
        ({"is_default": ""}, "One calendar must hold for every agency without its own"),
        (
            {
                "days-TOTAL_FORMS": "2",
                **{f"days-{n}-{name}": value for n in (0, 1) for name, value in (
                    ("date", "2026-11-19"), ("kind", "closed"), ("periods", ""), ("ORDER", str(n + 1)),
                )},
            },
            "Please correct the duplicate data for calendar and date",
        ),
        *(
            ({"days-TOTAL_FORMS": "1", "days-0-date": day, "days-0-kind": "closed", "days-0-ORDER": "1"},
             "The year must be between 2000 and 2100.")
            for day in ("0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31")
        ),
    ],
)  # fmt: skip
def test_what_would_break_every_clock_is_refused(
    admin: Client, city: Calendar, changes: dict[str, str], words: str
) -> None:
    data = {name: value for name, value in calendar_data(**changes).items() if name != "is_default" or value}
    answer = admin.post(reverse("calendar:edit", args=(city.pk,)), data)
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert not CalendarDay.objects.filter(date=date(2026, 11, 19)).exists()
    calendars.refresh()
    assert calendars.default_calendar().is_working_day(date(2026, 11, 19))
