"""One working day of the task force, played through the ordinary actions: a lively day for a demonstration."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import clock
from issues.clocks import calendars
from issues.events.drain import drain
from issues.models import ConsumerCursor, Ticket, TicketEvent
from issues.notifications.mail import MAIL, MAILED_WITHIN
from issues.simulation.cast import Cast
from issues.simulation.habits import LIVELY
from issues.simulation.play import Play, open_tickets
from issues.simulation.world import World

_IN_HOURS, _BEFORE_NOON = 0.75, 0.4  # shares of the filings
_EARLY, _LATE = time(6), time(22, 30)


class MailIsBehind(Exception):
    """Events wait for the mail consumer: skipping the day's events would skip those too."""


@dataclass(frozen=True)
class Summary:
    """What happened on the day."""

    day: date
    seed: int
    filed: int
    joined_in: int  # tickets of earlier days that people worked on
    moves: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    events: dict[str, int] = field(default_factory=dict)  # events by type
    left: dict[str, int] = field(default_factory=dict)  # the day's tickets by state at its end

    def as_dict(self) -> dict[str, Any]:
        return {
            "date": self.day.isoformat(), "seed": self.seed, "filed": self.filed, "joined_in": self.joined_in,
            "moves": self.moves, "refused": self.refused, "events": self.events, "left": self.left,
        }  # fmt: skip


def simulate_day(*, day: date, tickets: int, seed: int) -> Summary:
    """Play a day, as far as it is past, in one transaction; nobody gets mail about it, only notices in the application.

    Raises NobodyPlays where a role is not filled, MailIsBehind where the mail consumer is.
    """
    drain(MAIL)
    with transaction.atomic():
        cursor = _mail_cursor()
        summary = _play(day, tickets, World(cast=Cast.read(), seed=seed), seed)
        _notify_without_mail(cursor)
    return summary


def _play(day: date, tickets: int, world: World, seed: int) -> Summary:
    start = timezone.make_aware(datetime.combine(day, time()))
    until = min(clock.now(), start + timedelta(days=1))
    before = TicketEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0
    play = Play(world, LIVELY, now=start, until=until, lag=1)
    for at in sorted(_filing_time(world, start) for _ in range(tickets)):
        play.file_at(at)
    others = _nothing_later(open_tickets(), start)
    for ticket in others:
        play.follow(ticket)
    play.enter(until, play.close_silent)
    play.run()
    events = TicketEvent.objects.filter(id__gt=before)
    new = Ticket.objects.filter(pk__in=events.filter(type="ticket.submitted").values("ticket_id"))
    return Summary(
        day=day,
        seed=seed,
        filed=world.done["file"],
        joined_in=len(others),
        moves=dict(world.done.most_common()),
        refused=dict(world.refused.most_common()),
        events=dict(Counter(events.values_list("type", flat=True)).most_common()),
        left=dict(Counter(new.values_list("status", flat=True)).most_common()),
    )


def _filing_time(world: World, start: datetime) -> datetime:
    """Mostly in working hours, the rest early and late: a proposal can be filed at any hour."""
    periods = calendars.default_calendar().periods(timezone.localdate(start))
    if periods and world.chance.random() < _IN_HOURS:
        opening, closing = periods[0] if world.chance.random() < _BEFORE_NOON else periods[-1]
        first, last = opening, closing
    else:
        first = start + timedelta(hours=_EARLY.hour)
        last = start + timedelta(hours=_LATE.hour, minutes=_LATE.minute)
    return first + timedelta(minutes=world.chance.randrange(int((last - first).total_seconds() // 60)))


def _nothing_later(tickets: list[Ticket], start: datetime) -> list[Ticket]:
    """Without those to which something has happened since: a log does not go back."""
    later = set(TicketEvent.objects.filter(at__gt=start).values_list("ticket_id", flat=True))
    return [ticket for ticket in tickets if ticket.pk not in later]


def _mail_cursor() -> ConsumerCursor:
    cursor = ConsumerCursor.objects.select_for_update().get(name=MAIL.name)
    if TicketEvent.objects.filter(id__gt=cursor.last_event_id).exists():
        raise MailIsBehind("events wait for the mail consumer")
    return cursor


def _notify_without_mail(cursor: ConsumerCursor) -> None:
    """As the consumer does with what is long past: a notice in the application and no mail."""
    for event in TicketEvent.objects.filter(id__gt=cursor.last_event_id).order_by("id"):
        with clock.at(event.at + 2 * MAILED_WITHIN):
            MAIL.handle([event])
        cursor.last_event_id = event.pk
    cursor.save()
