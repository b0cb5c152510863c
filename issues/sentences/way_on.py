"""What a person can do where a ticket takes no more messages: said wherever one is refused."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock, wording
from issues import policies
from issues.models import Ticket, TicketStatus


def way_on(ticket: Ticket, *, hours: str = "24") -> str:
    """Sentences with addresses, in the active language, for the enterprise of a ticket that is over."""
    page = settings.TN_SITE_URL + reverse("issues:ticket", args=[ticket.code])
    new = settings.TN_SITE_URL + reverse("issues:ticket_new")
    if ticket.status == TicketStatus.WITHDRAWN:
        text = _("The proposal {code} was withdrawn. If you still need an answer, file it again: {new}")
    elif ticket.status == TicketStatus.MERGED:
        text = _(
            "The proposal {code} was joined with another one, which is over; its answer is there: {page} "
            "If you still need an answer, file a new one: {new}"
        )
    elif ticket.status == TicketStatus.DECLINED:
        text = _("The proposal {code} is outside the competence of the city. Who is responsible is said there: {page}")
    else:
        until = policies.reopen_until(ticket)
        if until is not None and clock.now() <= until:
            text = _("The proposal {code} is closed. You can reopen it until {until}: {page}")
            moment = wording.dated_moment(until, clock=hours)
            return text.format(code=ticket.code, until=moment, page=f"{page}?tab=reopen#reopen")
        text = _("The proposal {code} is closed and cannot be reopened any more. File a new one: {new}")
    return text.format(code=ticket.code, page=page, new=new)
