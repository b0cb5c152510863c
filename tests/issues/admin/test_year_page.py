"""The page of a calendar's year."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.users.models import UserProfile

from accounts.models import Role
from core import clock
from issues.models import Calendar, CalendarDay
from tests.factories.issues import make_user
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


def of_calendars(queries: CaptureQueriesContext) -> int:
    """The page's own queries: Wagtail's frame has others, and once a second it is asked whether a calendar changed."""
    asked = [query["sql"] for query in queries if "MAX(" not in query["sql"]]
    return sum(1 for sql in asked if re.search("issues_(calendar|recomputation)", sql))


def year(admin: Client, city: Calendar, number: int) -> str:
    with clock.at(at("2026-11-18 09:00")):
        return text_of(admin.get(reverse("calendar:year", args=(city.pk, number))))


def test_the_year_shows_twelve_months_and_both_differences(admin: Client, city: Calendar) -> None:
    page = year(admin, city, 2026)
    for words in ("January 21 working days, 168 hours", "December 23 working days", "249 working days, 1,992 hours"):
        assert words in page
    assert "Fri 2 Jan not a working day open 08:00–12:00, 13:30–17:30 Day off, swapped Thông báo" in page
    assert "Sat 10 Jan open 08:00–12:00, 13:30–17:30 not a working day Make-up working day for 2 January" in page
    assert "This year is an estimate." not in page


def test_each_day_tells_its_hours_note_and_source_without_a_mouse(admin: Client, city: Calendar) -> None:
    html = admin.get(reverse("calendar:year", args=(city.pk, 2026))).content.decode()
    assert html.count('popovertarget="d') == html.count("popover id=") == 365
    assert 'aria-label="Sat 10 Jan: Specially opened ≠"' in html
    detail = html.split('id="d0110"')[1].split("</div>")[0]
    assert "08:00–12:00, 13:30–17:30" in detail
    assert "Note: Make-up working day for 2 January" in detail
    assert "Source: Thông báo lịch nghỉ năm 2026" in detail


def test_a_year_to_come_is_an_estimate(admin: Client, city: Calendar) -> None:
    page = year(admin, city, 2027)
    assert "This year is an estimate." in page
    assert "No differences this year." in page


@pytest.mark.parametrize(("number", "status"), [(1999, 404), (2000, 200), (2100, 200), (2101, 404)])
def test_years_that_have_a_page(admin: Client, city: Calendar, number: int, status: int) -> None:
    assert admin.get(reverse("calendar:year", args=(city.pk, number))).status_code == status


def test_the_year_is_for_those_who_may_see_calendars(city: Calendar) -> None:
    client = Client()
    client.force_login(make_user(Role.COORDINATOR))
    for url in (reverse("calendar:year", args=(city.pk, 2026)), reverse("calendar:progress", args=(city.pk,))):
        assert client.get(url).status_code == 302
    assert Client().get(reverse("calendar:year", args=(city.pk, 2026))).status_code == 302


def test_the_year_is_linked_from_list_form_and_details(admin: Client, city: Calendar) -> None:
    with clock.at(at("2026-11-18 09:00")):
        link = reverse("calendar:year", args=(city.pk, 2026))
        for url in (
            reverse("calendar:index"),
            reverse("calendar:edit", args=(city.pk,)),
            reverse("calendar:inspect", args=(city.pk,)),
        ):
            assert link in admin.get(url).content.decode()


@pytest.mark.parametrize("days", [1, 3])
def test_a_year_takes_as_many_queries_whatever_was_corrected(admin: Client, city: Calendar, days: int) -> None:
    CalendarDay.objects.all().delete()
    for number in range(days):
        CalendarDay.objects.create(calendar=city, date=date(2026, 3, 2 + number), kind=CalendarDay.Kind.CLOSED)
    url = reverse("calendar:year", args=(city.pk, 2026))
    admin.get(url)
    with CaptureQueriesContext(connection) as queries:
        admin.get(url)
    assert of_calendars(queries) == 3  # the calendar, its agencies, its corrected days
