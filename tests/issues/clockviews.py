"""Clock views made by hand: the hours of Hà Nội, on Wednesday 18/11/2026 unless said otherwise."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from issues.clocks.clock_view import ClockView
from issues.sla import WorkingCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = [["08:00", "12:00"], ["13:30", "17:30"]]
WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY)
CALENDAR = WorkingCalendar.from_dict({"timezone": "Asia/Ho_Chi_Minh", "weekly": WEEK, "closed": [], "special": {}})


def at(text: str, day: int = 18) -> datetime:
    """A time of November 2026: "15:20"."""
    return datetime.fromisoformat(f"2026-11-{day:02d}T{text}").replace(tzinfo=ZONE)


def a_view(state: str = "running", **fields: Any) -> ClockView:
    """Received 08:00, due 17:30, now 15:20 on the same day."""
    defaults: dict[str, Any] = {
        "now": at("15:20"),
        "calendar": CALENDAR,
        "started_at": at("08:00"),
        "due_at": at("17:30"),
        "was_due_at": None,
        "stopped_at": None,
        "pauses": (),
        "left": timedelta(hours=2, minutes=10),
        "used": timedelta(hours=5, minutes=50),
    }
    return ClockView(state=state, **{**defaults, **fields})


def paused_and_resumed() -> ClockView:
    """The example of the mockups: received 08:20, stood still 09:00 to 10:30, due 09:30 the next day."""
    return a_view(
        started_at=at("08:20"),
        pauses=((at("09:00"), at("10:30")),),
        due_at=at("09:30", 19),
        was_due_at=at("17:30"),
        left=timedelta(hours=3, minutes=40),
        used=timedelta(hours=4),
    )
