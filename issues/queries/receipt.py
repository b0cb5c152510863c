"""A receipt for people who filed at a counter: what was promised, why, and how to follow it without an account."""

from dataclasses import dataclass
from datetime import datetime

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core import wording
from issues.models import Assistance, Ticket
from issues.sentences.explanations import explain_steps

_QR_CORRECTION = "m"  # a folded paper still reads


@dataclass(frozen=True)
class Receipt:
    """Its contents, in the active language; `why` are the steps of the promise when it was made."""

    ticket: Ticket
    received_at: datetime
    due_at: datetime
    why: list[str]
    follow_up_code: str
    url: str
    page: str
    hours: str = "24"

    @property
    def due(self) -> str:
        """The promised time with date and zone, as it reads on any later day too."""
        return self._moment(self.due_at)

    @property
    def received(self) -> str:
        return self._moment(self.received_at)

    def _moment(self, at: datetime) -> str:
        return wording.dated_moment(at, clock=self.hours) or ""

    @property
    def qr(self) -> SafeString:
        """The address as a QR code, an SVG without scripts or styles."""
        drawn = segno.make(self.url, error=_QR_CORRECTION, micro=False)
        svg = drawn.svg_inline(scale=1, border=2, omitsize=True, svgclass="qr", lineclass=None)
        return mark_safe(svg)

    @property
    def sms(self) -> str:
        """The same as a short text, to be sent by hand."""
        text = _("{code}: received {received}, answer by {due}. Follow it: {page}, follow-up code {key}.")
        return text.format(
            code=self.ticket.code, received=self.received, due=self.due, page=self.page, key=self.follow_up_code
        )


def receipt_of(found: Assistance, *, hours: str = "24") -> Receipt:
    """The receipt of an assistance with its ticket; one query for what was promised at the time."""
    ticket = found.ticket
    submitted = ticket.events.filter(type="ticket.submitted").values_list("data", flat=True).first() or {}
    due_at = datetime.fromisoformat(submitted["due_at"]) if submitted.get("due_at") else ticket.due_at
    return Receipt(
        ticket=ticket,
        received_at=ticket.received_at or found.created_at,
        due_at=due_at or found.created_at,
        why=explain_steps(submitted.get("explanation", []), hours=hours, dated=True),
        follow_up_code=found.shown_code,
        url=settings.TN_SITE_URL + reverse("issues:follow_key", args=[ticket.code, found.follow_up_code]),
        page=settings.TN_SITE_URL + reverse("issues:follow"),
        hours=hours,
    )
