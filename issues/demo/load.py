"""Files the 47 published proposals through the ordinary actions over the last working days."""

import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.demo import data_dir
from accounts.models import Agency, User
from accounts.personas import DOMAIN
from core.text import fold
from issues.actions.scanning import draw_thumbnails
from issues.clocks import calendars
from issues.demo import cases
from issues.demo.folder import Proposal
from issues.demo.meetings import at_the_counter, meeting_cases, on_the_phone
from issues.demo.play import Case, Stage
from issues.models import ConsumerCursor, Ticket, TicketEvent
from issues.sla import SameDay, deadline

FILERS = ("enterprise", "enterprise", "enterprise2", "enterprise3", "enterprise4", "enterprise5", "enterprise6")
NOTIFIED_AFTER_LOADING = 60  # the last events for which mails and notices are still written

Play = Callable[[Proposal], Case]

# The cases of today, by how many working minutes ago they began. The rest of the proposals plays on earlier days.
_TODAY: tuple[tuple[float, Play], ...] = (
    (6, cases.waiting),
    (14, cases.waiting),
    (21, cases.in_progress),
    (38, cases.in_progress),
    (47, cases.in_progress),
    (62, cases.awaiting),
    (75, cases.consulted),
    (88, cases.asked_and_answered),
    (96, cases.returned),
    (105, cases.returned_twice),
    (120, partial(cases.answered, pace=55)),
    (132, partial(cases.answered, pace=80)),
    (150, partial(cases.answered, pace=40, score=None)),
    (171, cases.consulted),
    (185, cases.awaiting),
)
# Earlier: working days ago, working minutes after the opening.
_EARLIER: tuple[tuple[int, float, Play], ...] = (
    (1, 20, cases.extended),
    (1, 75, cases.overdue),
    (1, 110, cases.awaiting),
    (1, 150, partial(cases.answered, pace=130, score=None)),
    (1, 210, partial(cases.answered, pace=90)),
    (1, 300, partial(cases.answered, pace=60)),
    (2, 35, cases.reopened),
    (2, 90, partial(cases.answered, pace=150)),
    (2, 140, partial(cases.answered, pace=75, score=4)),
    (2, 260, cases.complex_case),
    (3, 45, cases.declined),
    (3, 100, partial(cases.answered, pace=115)),
    (3, 180, partial(cases.answered, pace=95, score=None)),
    (3, 330, partial(cases.answered, pace=140, score=4)),
    (4, 60, partial(cases.answered, pace=420, score=2)),
    (4, 120, partial(cases.answered, pace=85)),
    (4, 200, cases.withdrawn),
    (5, 30, partial(cases.answered, pace=160)),
    (5, 95, partial(cases.answered, pace=70, kind="solved")),
    (5, 240, partial(cases.answered, pace=105)),
    (6, 50, cases.reopened),
    (6, 130, partial(cases.answered, pace=90, kind="solved")),
    (6, 310, partial(cases.answered, pace=125, score=None)),
    (7, 40, partial(cases.answered, pace=60)),
    (7, 115, partial(cases.answered, pace=180, score=4)),
    (7, 190, partial(cases.answered, pace=145, kind="referred")),
    (8, 70, partial(cases.answered, pace=80)),
    (8, 160, partial(cases.answered, pace=100)),
    (9, 55, partial(cases.answered, pace=110, score=3)),
    (9, 225, partial(cases.answered, pace=65)),
    (10, 85, partial(cases.answered, pace=135)),
    (11, 150, partial(cases.answered, pace=95, score=None)),
)


@transaction.atomic
def load_proposals(now: datetime) -> int:
    """File and play the proposals until `now` (aware). Returns how many; nothing when any ticket exists."""
    if Ticket.objects.exists():
        return 0
    proposals = _proposals()
    # Today first: what is open now is what people look at, and it should be varied.
    slots = [(_minutes_ago(now, minutes), play) for minutes, play in _TODAY]
    slots += [(_on_day(now, days, minutes), play) for days, minutes, play in _EARLIER]
    stage = Stage(now)
    for (at, play), proposal in zip(sorted(slots, key=lambda slot: slot[0], reverse=True), proposals, strict=True):
        stage.enter(at, play(proposal))
    for at, case in meeting_cases(now):
        stage.enter(at, case)
    stage.enter(_minutes_ago(now, 30), at_the_counter())
    stage.enter(_minutes_ago(now, 17), on_the_phone())
    stage.play()
    draw_thumbnails()
    _skip_old_mail()
    return len(proposals)


def _proposals() -> list[Proposal]:
    rows = json.loads((data_dir() / "proposals.json").read_text(encoding="utf-8"))
    chance = random.Random(47)  # noqa: S311  (always the same demonstration)
    chance.shuffle(rows)
    filers = {name: User.objects.get(email=f"{name}@{DOMAIN}") for name in dict.fromkeys(FILERS)}
    wards = _wards_by_name()
    return [
        Proposal(
            title=row["title_vi"],
            body=row["summary_vi"],
            category=row["category"],
            outcome=row["outcome"],
            filer=filers[FILERS[number % len(FILERS)]],
            name_category=number % 3 == 0,
            ward=next((code for name, code in wards.items() if name in fold(row["summary_vi"])), ""),
        )
        for number, row in enumerate(rows)
    ]


def _wards_by_name() -> dict[str, str]:
    return {fold(ward.name_vi): ward.code for ward in Agency.objects.filter(level=Agency.Level.WARD)}


def _minutes_ago(now: datetime, minutes: float) -> datetime:
    """When it was, that many working minutes ago; moved back where its promise would be over by now."""
    calendar = calendars.default_calendar()
    at = _back(now, timedelta(minutes=minutes))
    while (due := deadline(calendar=calendar, target=SameDay(), start=at).due_at) is not None and due <= now:
        later = calendar.next_opening(due)
        if later >= now:
            break
        at = later
    return min(at, now)


def _back(now: datetime, working: timedelta) -> datetime:
    """The instant from which `working` time leads to now."""
    calendar = calendars.default_calendar()
    day = timezone.localdate(now)
    left = working
    while True:
        for opening, closing in reversed(calendar.periods(day)):
            end = min(closing, now)
            if end <= opening:
                continue
            if end - opening >= left:
                return end - left
            left -= end - opening
        day -= timedelta(days=1)


def _on_day(now: datetime, working_days_ago: int, minutes: float) -> datetime:
    """An instant of an earlier working day, that many working minutes after its opening."""
    calendar = calendars.default_calendar()
    day = timezone.localdate(now)
    for _ in range(working_days_ago):
        day -= timedelta(days=1)
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
    return calendar.add(calendar.periods(day)[0][0], timedelta(minutes=minutes))


def _skip_old_mail() -> None:
    """Nobody wants the mails of two weeks together: consumers of mail begin near the end of the log."""
    newest = TicketEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0
    ConsumerCursor.objects.update_or_create(
        name="mail", defaults={"last_event_id": max(0, newest - NOTIFIED_AFTER_LOADING)}
    )
