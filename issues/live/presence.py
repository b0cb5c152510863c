"""Who else is looking at a ticket. A heartbeat per open tab keeps a row alive; without heartbeats it soon expires.

It is for those who work on the ticket alone: an enterprise learns nothing of it.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from accounts.models import User
from accounts.people import Person
from core import clock
from issues.access import TicketFacts, audience_of, is_filer_side
from issues.models import Presence, Ticket, Visibility

HEARTBEAT = timedelta(seconds=20)
OVER_AFTER = timedelta(seconds=45)  # two heartbeats may be lost
# In which tools one may be seen to write. All others read as "writing": what is written in them is not everybody's.
SHOWN_TOOLS = ("resolve", "request_info", "consultation_answer")
WRITING = "writing"


@dataclass(frozen=True)
class Present:
    """One person on one ticket, however many tabs they have."""

    user_id: int
    name: str
    doing: str


def is_for(person: Person, facts: TicketFacts) -> bool:
    """Whether the person may be seen on the ticket, and see who else is there."""
    is_own = is_filer_side(person, facts.enterprise_id, facts.filer_id)
    return audience_of(person, facts) == Visibility.INTERNAL and not is_own


def note_presence(*, ticket: Ticket, user: User, tab: str, doing: str) -> None:
    """A tab is open; one write. `doing`: the tool in which somebody writes, or nothing."""
    shown = doing if doing in SHOWN_TOOLS else WRITING if doing else ""
    Presence.objects.update_or_create(
        ticket=ticket, user=user, tab=tab[:16], defaults={"doing": shown, "seen_at": clock.now()}
    )


def end_presence(*, ticket: Ticket, user: User, tab: str) -> None:
    """The tab was left. Expired rows of other tabs are deleted too."""
    Presence.objects.filter(ticket=ticket, user=user, tab=tab[:16]).delete()
    Presence.objects.filter(seen_at__lt=clock.now() - OVER_AFTER).delete()


def present_on(codes: Collection[str]) -> dict[str, tuple[Present, ...]]:
    """Who is there now, by the tickets' codes, each person once, in the order of names; one query."""
    rows = Presence.objects.filter(ticket__code__in=codes, seen_at__gte=clock.now() - OVER_AFTER)
    found: dict[str, dict[int, Present]] = defaultdict(dict)
    # A person who writes in one tab and reads in another is writing: the empty value comes first and is overwritten.
    columns = ("ticket__code", "user_id", "user__name", "doing")
    for code, user_id, name, doing in rows.order_by("user__name", "user_id", "doing").values_list(*columns):
        found[str(code)][user_id] = Present(user_id, name, doing)
    return {code: tuple(people.values()) for code, people in found.items()}


def others(people: Collection[Present], user_id: int | None) -> list[dict[str, str]]:
    """Everybody but oneself, as it goes over the wire."""
    return [{"name": one.name, "doing": one.doing} for one in people if one.user_id != user_id]
