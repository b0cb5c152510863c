"""Calendars in the administration: the question before an edit, the progress."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from accounts.models import Role
from core import clock
from issues.actions import recompute
from issues.clocks import calendars
from issues.models import Calendar, CalendarDay, ClockKind, Recomputation, TicketClock
from issues.queries.recomputation import progress_of
from tests.factories.issues import make_agency, make_user
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


def of_calendars(queries: CaptureQueriesContext) -> int:
    """The page's own queries: Wagtail's frame has others, and once a second it is asked whether a calendar changed."""
    asked = [query["sql"] for query in queries if "MAX(" not in query["sql"]]
    return sum(1 for sql in asked if re.search("issues_(calendar|recomputation)", sql))


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_takes_as_many_queries_at_one_and_three_calendars(admin: Client, city: Calendar, more: int) -> None:
    for number in range(more):
        own = Calendar.objects.create(code=f"own{number}", name_vi=f"Lịch {number}", weekly=city.weekly)
        own.agencies.add(make_agency())
        Recomputation.objects.create(calendar=own, edited_at=own.changed_at)
    admin.get(reverse("calendar:index"))
    with CaptureQueriesContext(connection) as queries:
        admin.get(reverse("calendar:index"))
    assert of_calendars(queries) == 4  # how many, the rows, their agencies, their recomputations


def closing(day: str) -> dict[str, str]:
    return {
        "days-TOTAL_FORMS": "1", "days-0-date": day, "days-0-kind": "closed", "days-0-periods": "", "days-0-ORDER": "1",
    }  # fmt: skip


def test_an_edit_that_moves_due_times_is_asked_about_once(admin: Client, force: TaskForce, city: Calendar) -> None:
    CalendarDay.objects.all().delete()
    force.accepted(at("2026-11-18 16:00"))
    force.accepted()
    url = reverse("calendar:edit", args=(city.pk,))
    with clock.at(at("2026-11-18 16:30")):
        asked = admin.post(url, calendar_data(**closing("2026-11-19")))
        assert asked.status_code == 200
        effect = asked.context["effect"]
        assert (effect.moved, effect.clocks, effect.later) == (1, 4, 1)
        assert effect.sentence in text_of(asked)
        assert not CalendarDay.objects.exists()
        confirmed = re.search(r'name="confirmed" value="(\w+)"', asked.content.decode())
        assert confirmed
        other = admin.post(url, calendar_data(**closing("2026-11-20"), confirmed=confirmed[1]))
        assert other.status_code == 302  # moves nothing, so there is nothing to ask
        CalendarDay.objects.all().delete()
        done = admin.post(url, calendar_data(**closing("2026-11-19"), confirmed=confirmed[1]))
    assert done.status_code == 302
    assert CalendarDay.objects.get().date == date(2026, 11, 19)


def test_an_edit_that_would_break_promises_says_that_they_are_kept(
    admin: Client, force: TaskForce, city: Calendar
) -> None:
    CalendarDay.objects.all().delete()
    force.accepted()
    with clock.at(at("2026-11-18 16:00")):
        asked = admin.post(reverse("calendar:edit", args=(city.pk,)), calendar_data(wed="08:00-15:00"))
    assert asked.status_code == 302  # nothing would move: the promise of 17:30 stays
    with clock.at(at("2026-11-18 14:00")):
        calendars.refresh()
        asked = admin.post(reverse("calendar:edit", args=(city.pk,)), calendar_data(wed="08:00-14:30"))
    assert "1 earlier" in text_of(asked)


def test_saving_kicks_the_job_and_says_how_much_it_has_to_do(
    admin: Client, force: TaskForce, city: Calendar, run_jobs: object, django_capture_on_commit_callbacks: object
) -> None:
    force.file()
    with django_capture_on_commit_callbacks(execute=True), clock.at(at("2026-11-18 09:10")):  # type: ignore[operator]
        answer = admin.post(reverse("calendar:edit", args=(city.pk,)), calendar_data(), follow=True)
    assert "3 open clocks are being recalculated" in text_of(answer)
    assert "issues.tasks.recompute_calendars" in run_jobs.names  # type: ignore[attr-defined]


def test_the_progress_is_told_while_it_runs_and_afterwards(admin: Client, force: TaskForce, city: Calendar) -> None:
    url = reverse("calendar:progress", args=(city.pk,))
    city.save()
    with translation.override("en"):
        assert progress_of(city).sentence in text_of(admin.get(url))
    run = Recomputation.objects.create(
        calendar=city, edited_at=city.changed_at, total=10_000, done=2_340, moved=127, failed=1
    )
    answer = admin.get(url)
    with translation.override("en"):
        assert progress_of(city).sentence in text_of(answer)
    assert "2,340" in text_of(answer)
    assert 'data-running="true"' in answer.content.decode()
    run.finished_at, run.done = clock.now(), 10_000
    run.save()
    answer = admin.get(url)
    assert 'data-running="false"' in answer.content.decode()
    assert "10,000 of 10,000" in text_of(answer)
    assert "Last calculated" in text_of(answer)


def test_everything_can_be_computed_once_more(admin: Client, force: TaskForce, city: Calendar) -> None:
    ticket = force.file()
    with clock.at(at("2026-11-18 09:10")):
        recompute.recompute_pending()
        TicketClock.objects.filter(ticket=ticket, kind=ClockKind.RESOLUTION).update(due_at=at("2026-11-25 17:30"))
        assert recompute.recompute_pending() == 0
        answer = admin.post(reverse("calendar:progress", args=(city.pk,)))
        assert answer.status_code == 302
        assert recompute.recompute_pending() == 1
    assert ticket.clocks.get(kind=ClockKind.RESOLUTION).due_at == at("2026-11-18 17:30")
