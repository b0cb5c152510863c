"""Whether the event log is whole: every hash, the chain between them, every ticket's sequence without a gap.

The log is read in the order of its ids, a batch at a time; memory grows with the number of tickets, not of events.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from issues.events.record import FIRST_HASH, event_hash
from issues.models import Ticket, TicketEvent

BATCH = 2_000
_MOST_PASSES = 10  # over what is written while the log is read


@dataclass
class Verification:
    """What was read so far. `faults` are sentences, oldest event first; at most `most_faults` are kept."""

    most_faults: int = 20
    events: int = 0
    fault_count: int = 0
    faults: list[str] = field(default_factory=list)
    last_hash: str = FIRST_HASH
    last_id: int = 0
    last_seqs: dict[int, int] = field(default_factory=dict)  # by ticket
    last_ids: dict[int, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.fault_count

    def read(self, event: TicketEvent) -> None:
        """Look at the next event of the log."""
        self.events += 1
        if event.prev_hash != self.last_hash:
            self.fault(f"event {event.pk} does not follow the one before it: something was changed, removed or added")
        if event_hash(event) != event.hash:
            self.fault(f"event {event.pk} was changed: its hash does not fit")
        expected = self.last_seqs.get(event.ticket_id, 0) + 1
        if event.seq != expected:
            self.fault(f"event {event.pk} is number {event.seq} of its ticket, expected {expected}")
        self.last_hash, self.last_id = event.hash, event.pk
        self.last_seqs[event.ticket_id] = event.seq
        self.last_ids[event.ticket_id] = event.pk

    def fault(self, sentence: str) -> None:
        """Count it; keep the first ones."""
        self.fault_count += 1
        if len(self.faults) < self.most_faults:
            self.faults.append(sentence)


def verify(*, most_faults: int = 20) -> Verification:
    """Read the whole log and compare it with what the tickets say of it. Locks nothing."""
    found = Verification(most_faults=most_faults)
    for _attempt in range(_MOST_PASSES):
        before = found.events
        for event in _events_after(found.last_id):
            found.read(event)
        differing = _differing(found)
        written_meanwhile = any(last_id > found.last_id for _pk, _code, _seq, last_id in differing)
        if found.events == before or not written_meanwhile:
            break
    for pk, code, seq, last_id in differing:
        logged = f"event {found.last_ids.get(pk, 0)}, number {found.last_seqs.get(pk, 0)}"
        found.fault(f"ticket {code or pk} says that it ends with event {last_id}, number {seq}; the log says {logged}")
    return found


def _events_after(last: int) -> Iterator[TicketEvent]:
    """By id, a batch a query."""
    while batch := list(TicketEvent.objects.filter(id__gt=last).order_by("id")[:BATCH]):
        yield from batch
        last = batch[-1].pk


def _differing(found: Verification) -> list[tuple[int, str | None, int, int]]:
    rows = Ticket.objects.order_by("pk").values_list("pk", "code", "last_seq", "last_event_id")
    return [
        (pk, code, seq, last_id)
        for pk, code, seq, last_id in rows.iterator(chunk_size=BATCH)
        if (seq, last_id) != (found.last_seqs.get(pk, 0), found.last_ids.get(pk, 0))
    ]
