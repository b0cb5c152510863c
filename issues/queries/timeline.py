"""What happened to one ticket, as one reader may know it: entries by day, the newest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.people import Person
from core import wording
from issues.access import TicketFacts, audience_on, is_filer_side, may_read, readable, visible_events
from issues.clocks import clocks
from issues.events.serialize import event_data
from issues.models import OWN, Attachment, ClockKind, RoutingDecision, Ticket, TicketEvent, Visibility
from issues.queries.routing_words import sentences_of_many
from issues.sentences.event_reading import Reading, Sentence, agency_names
from issues.sentences.event_sentences import sentence_of

# Files that follow a text of the same person so soon belong to it.
_SAME_BREATH = timedelta(minutes=2)
_SPEAKING = ("ticket.info_provided", "message.posted", "message.from_party", "note.posted")
_TAKING_BACK = ("message.taken_back", "note.taken_back")
_ATTACHING = ("attachment.added", "attachment.added_internal")


@dataclass(frozen=True)
class Entry:
    """One line of the timeline."""

    event: TicketEvent
    text: SafeString
    who: SafeString
    quote: str = ""
    rest: str = ""  # of a mail: what is not the person's text
    is_rest_internal: bool = False
    side: str = ""  # enterprise, agency, or nothing
    by: str = ""  # the post of the person, where the reader may know it and the sentence does not say it
    pauses: bool = False
    note: str = ""  # known from later events only: how long a pause or the acceptance took
    why: tuple[str, ...] = ()
    why_title: str = ""
    files: tuple[Attachment, ...] = ()
    is_taken_back: bool = False  # its text is hidden
    kept_to: str = ""  # the name of the one agency that reads it

    @property
    def at(self) -> datetime:
        return self.event.at

    @property
    def is_internal(self) -> bool:
        return self.event.visibility == Visibility.INTERNAL

    @property
    def is_kept_inside(self) -> bool:
        """Only one agency reads it, beside coordinators and leaders."""
        return bool(self.kept_to)

    @property
    def is_taking_back(self) -> bool:
        return self.event.type in _TAKING_BACK

    @property
    def mentions(self) -> list[str]:
        """The names that are mentioned in the quotation."""
        return list(self.event.data.get("mentions") or ())

    @property
    def is_about_time(self) -> bool:
        return self.event.type == "clock.breached"


@dataclass(frozen=True)
class DayOfEntries:
    """The entries of one local day."""

    date: date
    label: str
    entries: list[Entry] = field(default_factory=list)


def timeline(ticket: Ticket, person: Person, *, now: datetime, hours: str = "24") -> list[DayOfEntries]:
    """All that the person may see, grouped by day. Up to five queries, however much happened.

    Prefetch `clocks`, `attachments` and `routing_decisions` of the ticket.
    """
    return by_day(entries(ticket, person, list(visible_events(person, ticket)), hours=hours), now)


def entries(ticket: Ticket, person: Person, events: Sequence[TicketEvent], *, hours: str = "24") -> list[Entry]:
    """The given events as lines, oldest first; files are put to the words that they came with."""
    facts = TicketFacts.of(ticket)
    audience = {event.pk: audience_on(person, facts, event) for event in events}
    names, why = agency_names(events), _reasons(ticket, events, audience)
    files = {str(file.public_id): file for file in ticket.attachments.all()}
    enterprise = _name_of_enterprise(ticket, person)
    taken_back = {event.data["message"] for event in events if event.type in _TAKING_BACK}
    found: list[Entry] = []
    for event in events:
        reading = Reading(event, event_data(event, audience=audience[event.pk]), names, enterprise, hours)
        if event.type in _ATTACHING and _joins(found, event, files):
            continue
        entry = _entry(reading, sentence_of(reading), internal=readable(Visibility.INTERNAL, audience[event.pk]))
        if event.data.get("message") in taken_back:
            entry = replace(entry, quote="", rest="", is_taken_back=True)
        if event.type in _ATTACHING:
            entry = replace(entry, files=_file(files, event))
        if event.type == "ticket.submitted":
            entry = replace(
                entry,
                quote=ticket.body,
                files=_filed_with(ticket, event, person, facts),
            )
        if event.type == "ticket.routed":
            title = _("Why {agency}?").format(agency=names.get(event.data["lead_agency"], ""))
            entry = replace(entry, why=why.get(event.pk, ()), why_title=title)
        found.append(entry)
    return _with_durations(ticket, found)


def by_day(lines: Iterable[Entry], now: datetime) -> list[DayOfEntries]:
    """Group lines by local day; the newest day and line come first."""
    days: list[DayOfEntries] = []
    for entry in sorted(lines, key=lambda entry: -entry.event.pk):
        day = timezone.localtime(entry.at).date()
        if not days or days[-1].date != day:
            days.append(DayOfEntries(day, _day_label(day, timezone.localtime(now).date())))
        days[-1].entries.append(entry)
    return days


def _entry(reading: Reading, sentence: Sentence, *, internal: bool) -> Entry:
    names_person = reading.event.type in ("note.posted", "ticket.accepted")
    by = reading.event.actor_name if internal and reading.side == "agency" and not names_person else ""
    kept_to = reading.event.internal_to or ""
    inside = str(reading.data.get("rest_for_agencies") or "")
    return Entry(
        reading.event,
        sentence.text,
        reading.who,
        sentence.quote,
        inside or str(reading.data.get("rest") or ""),
        bool(inside),
        reading.side,
        by,
        sentence.pauses,
        kept_to=reading.names.get(kept_to, kept_to),
    )


def _joins(found: list[Entry], event: TicketEvent, files: dict[str, Attachment]) -> bool:
    """Put a file to the last words of the same person, or to the files before it; False when it stands alone."""
    if not found:
        return False
    last = found[-1]
    same = (last.event.actor_id, last.event.visibility, last.event.internal_to) == (
        event.actor_id,
        event.visibility,
        event.internal_to,
    )
    if not same or event.at - last.at > _SAME_BREATH or last.event.type not in (*_SPEAKING, *_ATTACHING):
        return False
    together = (*last.files, *_file(files, event))
    text = last.text
    if last.event.type in _ATTACHING:
        text = format_html(_("{who} attached {count} files"), who=last.who, count=len(together))
    found[-1] = replace(last, files=together, text=text)
    return True


def _file(files: dict[str, Attachment], event: TicketEvent) -> tuple[Attachment, ...]:
    known = files.get(str(event.data.get("attachment")))
    return (known,) if known else ()


def _filed_with(ticket: Ticket, submitted: TicketEvent, person: Person, facts: TicketFacts) -> tuple[Attachment, ...]:
    """Files that were there when the proposal was handed in or split off: they have no event of their own."""
    there = (file for file in ticket.attachments.all() if file.created_at <= submitted.at)
    return tuple(file for file in there if may_read(person, facts, file))


def _reasons(ticket: Ticket, events: Iterable[TicketEvent], audience: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    """Why it was routed, by event; the agency itself also reads which officer its own order chose."""
    decisions = {row.pk: row for row in ticket.routing_decisions.all()}
    routed = [event for event in events if event.type == "ticket.routed"]
    traces: dict[Any, Any] = {
        event.pk: [*_trace(decisions.get(event.data.get("decision"))), *_assignment(event, audience[event.pk])]
        for event in routed
    }
    return {pk: tuple(said) for pk, said in sentences_of_many(traces).items()} if traces else {}


def _trace(decision: RoutingDecision | None) -> list[dict[str, Any]]:
    return list(decision.trace) if decision is not None else []


def _assignment(event: TicketEvent, audience: str) -> list[dict[str, Any]]:
    return list(event.data.get("assignment") or ()) if readable(OWN, audience) else []


def _with_durations(ticket: Ticket, found: list[Entry]) -> list[Entry]:
    """Add what is known from later events and clocks: how long a pause lasted, how soon it was accepted."""
    lines = []
    for index, entry in enumerate(found):
        note = ""
        if entry.event.type == "ticket.info_requested":
            note = _pause_note(found[index + 1 :])
        elif entry.event.type == "ticket.accepted":
            note = _acceptance_note(ticket, entry)
        lines.append(replace(entry, note=note) if note else entry)
    return lines


def _pause_note(later: Iterable[Entry]) -> str:
    answer = next((entry for entry in later if entry.event.type == "ticket.info_provided"), None)
    if answer is None:
        return ""
    lasted = wording.duration(int(answer.event.data.get("paused_minutes") or 0))
    return _("It was paused for {time}").format(time=lasted)


def _acceptance_note(ticket: Ticket, entry: Entry) -> str:
    for row in ticket.clocks.all():
        if row.kind == ClockKind.ACCEPTANCE and row.stopped_at == entry.at and row.met is not None:
            return _("After {time}").format(time=wording.duration(clocks.used_at(row, entry.at)))
    return ""


def _name_of_enterprise(ticket: Ticket, person: Person) -> str:
    if is_filer_side(person, ticket.enterprise_id, ticket.filer_id):
        return pgettext("who acted", "Your enterprise")
    return ticket.enterprise.name if ticket.enterprise else ""


def _day_label(day: date, today: date) -> str:
    text = wording.local_date(day, style="day" if day.year == today.year else "short") or ""
    words = wording.wording()
    near = {0: words.today, -1: words.yesterday}.get((day - today).days)
    named = f"{near}, {text}" if near else text
    return named[:1].upper() + named[1:]
