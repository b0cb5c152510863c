"""What a ticket waits for now, in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from core import wording
from issues import policies
from issues.models import Consultation, Ticket, TicketStatus


def next_step(ticket: Ticket, *, now: datetime, hours: str = "24") -> str:
    """What the ticket waits for; empty when it is over. Prefetch consultations with agency and clock for lists."""
    agency = ticket.lead_agency.name if ticket.lead_agency else ""
    match ticket.status:
        case TicketStatus.SUBMITTED:
            return _("a coordinator to choose the agency")
        case TicketStatus.ROUTED:
            return _("{agency} to accept it").format(agency=agency)
        case TicketStatus.AWAITING_ENTERPRISE:
            return _("the enterprise to answer the question")
        case TicketStatus.IN_PROGRESS:
            return _opinions(ticket, now, hours) or _("the answer of {agency}").format(agency=agency)
        case TicketStatus.RESOLVED if policies.is_disputed(ticket):
            return _("the enterprise to reopen or confirm: it wrote back about the answer")
        case TicketStatus.RESOLVED:
            until = wording.local_moment(policies.close_unconfirmed_at(ticket), now=now, clock=hours)
            return _("the enterprise to confirm, until {moment}").format(moment=until)
    return ""


def _opinions(ticket: Ticket, now: datetime, hours: str) -> str:
    waiting = [found for found in ticket.consultations.all() if found.is_open]
    if not waiting:
        return ""
    return ", ".join(_opinion(found, now, hours) for found in waiting)


def _opinion(asked: Consultation, now: datetime, hours: str) -> str:
    """One agency with its own due time: the clocks of several run side by side."""
    moment = wording.local_moment(asked.clock.due_at, now=now, clock=hours, brief=True)
    return _("the opinion of {agency}, due {moment}").format(agency=asked.agency.name, moment=moment)
