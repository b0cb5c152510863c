"""Calendars and time limits in the administration: the year, the question before an edit, the progress, the limits."""

import re
from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.users.models import UserProfile

from accounts.models import Role
from core import clock
from issues.actions import recompute
from issues.clocks import calendars
from issues.models import Calendar, CalendarDay, ClockKind, Recomputation, TargetSetting, TicketClock
from issues.sentences.target_words import overridden_by, say_setting
from tests.factories.issues import make_agency, make_user
from tests.issues.admin.test_viewsets import calendar_data
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


def year(admin: Client, city: Calendar, number: int) -> str:
    with clock.at(at("2026-11-18 09:00")):
        return text_of(admin.get(reverse("calendar:year", args=(city.pk, number))))


# --- the year ---


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


# --- before and after an edit ---


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
        assert "Due times that move: 1 of 4 (1 later, 0 earlier)." in text_of(asked)
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
    assert "3 open clocks are being computed anew" in text_of(answer)
    assert "issues.tasks.recompute_calendars" in run_jobs.names  # type: ignore[attr-defined]


def test_an_agency_goes_by_one_calendar(admin: Client, force: TaskForce) -> None:
    own = Calendar.objects.create(code="own", name_vi="Riêng", name_en="Own", weekly={"mon": [["08:00", "12:00"]]})
    own.agencies.add(force.justice)
    data = calendar_data(code="other", name_vi="Khác", is_default="", agencies=str(force.justice.pk))
    del data["is_default"]
    answer = admin.post(reverse("calendar:add"), data)
    assert answer.status_code == 200
    assert "goes by “Own” already" in text_of(answer)


def test_the_progress_is_told_while_it_runs_and_afterwards(admin: Client, force: TaskForce, city: Calendar) -> None:
    url = reverse("calendar:progress", args=(city.pk,))
    city.save()
    assert "The edit waits for the job" in text_of(admin.get(url))
    run = Recomputation.objects.create(
        calendar=city, edited_at=city.changed_at, total=10_000, done=2_340, moved=127, failed=1
    )
    answer = admin.get(url)
    assert "2,340 of 10,000 open clocks looked at, 127 due times moved, 1 could not be computed" in text_of(answer)
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


# --- time limits ---


def limit(**changes: object) -> dict[str, object]:
    return {
        "clock": "resolution", "kind": "difficulty", "category": "tax", "target_type": "same_day", "hours": "2",
        "minutes": "0", "days": "", **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "target", "sentence"),
    [
        (
            {},
            {"type": "same_day", "minimum_minutes": 120},
            "Answer: Difficulty or obstacle, Tax: the same day, if at least 2 h of working time is left",
        ),
        (
            {"hours": ""},
            {"type": "same_day", "minimum_minutes": 0},
            "Answer: Difficulty or obstacle, Tax: the same day",
        ),
        (
            {"target_type": "working_time", "hours": "1", "minutes": "30", "kind": ""},
            {"type": "working_time", "minutes": 90},
            "Answer: every kind, Tax: 1 h 30 min of working time",
        ),
        (
            {"target_type": "working_days", "days": "3", "category": ""},
            {"type": "working_days", "days": 3},
            "Answer: Difficulty or obstacle, every category: 3 working days",
        ),
    ],
)
def test_a_limit_is_typed_in_fields_and_read_as_a_sentence(
    admin: Client, changes: dict[str, object], target: dict[str, object], sentence: str
) -> None:
    answer = admin.post(reverse("targetsetting:add"), limit(**changes))
    assert answer.status_code == 302, answer.context["form"].errors
    setting = TargetSetting.objects.latest("pk")
    assert setting.target == target
    assert sentence.rsplit(": ", 1)[0] in text_of(admin.get(reverse("targetsetting:index")))
    form = admin.get(reverse("targetsetting:edit", args=(setting.pk,))).context["form"]
    assert form["target_type"].value() == target["type"]
    from django.utils import translation

    with translation.override("en"):
        assert say_setting(setting) == sentence


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"target_type": "working_time", "hours": "", "minutes": ""}, "Give the hours or the minutes."),
        ({"target_type": "working_days"}, "Give the number of working days."),
        ({"target_type": "working_days", "days": "0"}, "greater than or equal to 1"),
        ({"minutes": "60"}, "less than or equal to 59"),
        ({"kind": "", "category": ""}, "There is a limit for this already: Answer: every kind, every category"),
        ({"clock": "consultation"}, "Select a valid choice"),
        ({"target_type": "whenever"}, "Select a valid choice"),
    ],
)
def test_a_limit_that_cannot_be_is_refused_with_a_sentence(
    admin: Client, changes: dict[str, object], words: str
) -> None:
    before = TargetSetting.objects.count()
    answer = admin.post(reverse("targetsetting:add"), limit(**changes))
    assert answer.status_code == 200
    assert words in text_of(answer).replace("&gt;", ">")
    assert TargetSetting.objects.count() == before


def test_the_last_resort_can_be_changed_and_not_lost(admin: Client) -> None:
    general = TargetSetting.objects.get(clock="response", kind="", category="")
    edit = reverse("targetsetting:edit", args=(general.pk,))
    refused = admin.post(edit, limit(clock="response"))
    assert "without it some tickets would have no due time" in text_of(refused)
    admin.post(reverse("targetsetting:delete", args=(general.pk,)))
    assert TargetSetting.objects.filter(pk=general.pk).exists()
    data = limit(clock="response", kind="", category="", target_type="working_time")
    assert admin.post(edit, data).status_code == 302
    general.refresh_from_db()
    assert general.target == {"type": "working_time", "minutes": 120}


def test_another_limit_can_be_deleted(admin: Client) -> None:
    setting = TargetSetting.objects.get(kind="complex")
    assert admin.post(reverse("targetsetting:delete", args=(setting.pk,))).status_code == 302
    assert not TargetSetting.objects.filter(pk=setting.pk).exists()


def test_only_new_clocks_follow_a_limit(admin: Client, force: TaskForce) -> None:
    before = force.file()
    general = TargetSetting.objects.get(clock="resolution", kind="", category="")
    edit = reverse("targetsetting:edit", args=(general.pk,))
    assert "A change applies only to clocks that start from now on." in text_of(admin.get(edit))
    data = limit(kind="", category="", target_type="working_days", days="2")
    assert admin.post(edit, data).status_code == 302
    caches["process"].clear()  # an edit is seen within seconds
    after = force.file()
    assert (before.due_at, after.due_at) == (at("2026-11-18 17:30"), at("2026-11-20 17:30"))


def test_the_more_specific_limit_wins() -> None:
    rows = [
        TargetSetting(clock="resolution", kind=kind, category=category)
        for kind, category in (("", ""), ("difficulty", ""), ("", "tax"), ("difficulty", "tax"), ("question", "tax"))
    ]
    general, kind, category, both, other = rows
    assert overridden_by(general, rows) == [both, other, kind, category]
    assert overridden_by(category, rows) == [both, other, kind]
    assert overridden_by(kind, rows) == [both]
    assert overridden_by(both, rows) == []


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
