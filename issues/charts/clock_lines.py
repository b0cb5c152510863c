"""The clocks beside the answer clock, each as one line: what it is, how it stands, and its view for the thin bar."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from issues.clocks.clock_view import ClockView, view_of
from issues.models import ClockKind, Ticket, TicketClock
from issues.sentences.clock_words import ClockWords


@dataclass(frozen=True)
class ClockLine:
    """One further clock of a ticket."""

    kind: str
    label: str
    view: ClockView


def clock_lines(ticket: Ticket, now: datetime, *, is_enterprise: bool) -> list[ClockLine]:
    """The further clocks of the current cycle in the order in which they started.

    An enterprise sees those that it waits for: the first response and the opinions. How soon an agency accepts is
    between the agencies. Prefetch clocks, consultations with their agency, and routing decisions.
    """
    agencies = {row.pk: row.agency.name for row in ticket.consultations.all()}
    rows = [
        row
        for row in ticket.clocks.all()
        if row.cycle == ticket.cycle
        and row.kind != ClockKind.RESOLUTION
        and not (is_enterprise and row.kind == ClockKind.ACCEPTANCE)
    ]
    rows.sort(key=lambda row: (row.started_at, row.pk))
    several = sum(row.kind == ClockKind.ACCEPTANCE for row in rows) > 1
    return [ClockLine(row.kind, _label(ticket, row, agencies, name_agency=several), view_of(row, now)) for row in rows]


def _label(ticket: Ticket, row: TicketClock, agencies: dict[int, str], *, name_agency: bool) -> str:
    if row.consultation_id is not None:
        return _("Opinion of {agency}").format(agency=agencies.get(row.consultation_id, ""))
    if row.kind == ClockKind.ACCEPTANCE and name_agency:
        routed = [found for found in ticket.routing_decisions.all() if found.at == row.started_at]
        if routed and routed[-1].lead_agency:
            return _("Acceptance by {agency}").format(agency=routed[-1].lead_agency.name)
    return str(row.get_kind_display())


@dataclass(frozen=True)
class LineWords:
    """How the clock of a line stands, in words. `hours` is the person's time format."""

    line: ClockLine
    hours: str = "24"

    @property
    def state(self) -> str:
        """“42 min left, due 09:40”, “given after 42 min”, “given after 1 h 20 min, 20 min late”."""
        view, words = self.line.view, ClockWords(self.line.view, self.hours)
        match view.state:
            case "done" if view.met is None:
                return _("not needed any more")
            case "done":
                return self._outcome(words)
            case "late":
                text = _("{time} overdue, was due {moment}")
                return text.format(time=words.duration(view.overdue), moment=words.moment(view.due_at))
            case "paused":
                return words.brief
        return _("{time} left, due {moment}").format(time=words.duration(view.left), moment=words.moment(view.due_at))

    @property
    def icon(self) -> str:
        """Beside the words; none for what is over without having kept its time."""
        view = self.line.view
        return "" if view.state == "done" and not view.met else ClockWords(view, self.hours).icon

    def _outcome(self, words: ClockWords) -> str:
        view = self.line.view
        accepted = self.line.kind == ClockKind.ACCEPTANCE
        template = _("accepted after {time}") if accepted else _("given after {time}")
        text = template.format(time=words.duration(view.used))
        if view.met:
            return text
        return _("{what}, {time} late").format(what=text, time=words.duration(view.overdue))
