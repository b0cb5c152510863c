"""What filing now promises."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.html import strip_tags

from cms.promise import promise
from core import clock

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "due", "cutoff", "minutes"),
    [
        ("2026-11-18T15:20", "2026-11-18T17:30", "2026-11-18T15:30", 10),
        ("2026-11-18T15:30", "2026-11-18T17:30", "2026-11-18T15:30", 0),
        ("2026-11-18T15:31", "2026-11-19T17:30", None, 0),
        ("2026-11-18T22:00", "2026-11-19T17:30", None, 0),
        ("2026-11-18T06:00", "2026-11-18T17:30", "2026-11-18T15:30", 570),
        ("2026-11-21T10:00", "2026-11-23T17:30", None, 0),
    ],
)
def test_what_filing_now_promises(now: str, due: str, cutoff: str | None, minutes: int) -> None:
    found = promise(at(now))
    assert found.due_at == at(due)
    assert found.cutoff_at == (at(cutoff) if cutoff else None)
    assert found.minutes_to_cutoff == minutes


def test_the_bar_shows_today_then_the_day_of_the_limit(site, client) -> None:
    with clock.at(at("2026-11-18T15:20")):
        assert client.get("/vi/").content.decode().count('class="daybar-day"') == 1
    with clock.at(at("2026-11-18T16:00")):
        assert client.get("/vi/").content.decode().count('class="daybar-day"') == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "17:30"), ("en", "File before 15:30, answered before 17:30 today")],
)
def test_the_promise_stands_in_words(site, client, language: str, words: str) -> None:
    with clock.at(at("2026-11-18T15:20")):
        text = strip_tags(client.get(f"/{language}/").content.decode())
    assert words in " ".join(text.split())
