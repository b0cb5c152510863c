"""An event as one reader may know it: who acted, which agencies it names, and its times and durations in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Agency, Role
from core import wording
from issues.actor import SYSTEM_ROLE
from issues.models import TicketEvent

_AGENCY_FIELDS = ("agency", "lead_agency", "previous_agency", "from_agency", "assisted_by")
_ENTERPRISE = "enterprise"


@dataclass(frozen=True)
class Reading:
    """An event as one reader may know it. `data` holds only the fields that the reader may see."""

    event: TicketEvent
    data: Mapping[str, Any]
    names: Mapping[str, str]  # of agencies, by code
    enterprise: str = ""  # the filer's enterprise as the reader knows it
    hours: str = "24"

    @property
    def side(self) -> str:
        """Who speaks: "enterprise", "agency", or nothing for the system and the task force."""
        role = self.event.actor_role
        if role == Role.ENTERPRISE:
            return _ENTERPRISE
        return "agency" if self.event.actor_agency else ""

    @property
    def who(self) -> SafeString:
        """The enterprise, the agency, or the post of the task force that acted."""
        event = self.event
        if event.actor_role == Role.ENTERPRISE:
            return strong(self.enterprise or _("The enterprise"))
        if event.actor_agency:
            return strong(self.names.get(event.actor_agency, event.actor_agency))
        if event.actor_role == SYSTEM_ROLE:
            return strong(_("The system"))
        return strong(event.actor_name or str(Role(event.actor_role).label))

    def agency(self, name: str) -> SafeString:
        """The agency whose code is in a field."""
        code = str(self.data.get(name) or "")
        return strong(self.names.get(code, code))

    def due(self, name: str) -> str:
        """A due time as short as it is clear: "16:20", or with its day where that is another one."""
        value = self.data.get(name)
        at = parse_datetime(value) if value else None
        if at is None:
            return wording.blank()
        if timezone.localtime(at).date() == timezone.localtime(self.event.at).date():
            return wording.local_time(at, clock=self.hours) or ""
        return f"{wording.local_time(at, clock=self.hours)} {wording.local_date(at, style='day')}"

    def duration(self, name: str) -> str:
        return wording.duration(int(self.data.get(name) or 0)) or ""


@dataclass(frozen=True)
class Sentence:
    """`text` is safe HTML with names in bold; `quote` is what somebody wrote."""

    text: SafeString
    quote: str = ""
    pauses: bool = False


def strong(text: str) -> SafeString:
    return format_html("<b>{}</b>", text)


def agency_codes(event: TicketEvent) -> set[str]:
    """Codes of the agencies that a sentence names, so that the names of many events are read together."""
    codes = {str(event.data[name]) for name in _AGENCY_FIELDS if event.data.get(name)}
    codes.update(event.data.get("coordinating_agencies") or ())
    return (codes | {event.actor_agency, event.internal_to or ""}) - {""}


def agency_names(events: Iterable[TicketEvent]) -> dict[str, str]:
    """Names in the active language; one query."""
    codes = {code for event in events for code in agency_codes(event)}
    return {agency.code: agency.name for agency in Agency.objects.filter(code__in=codes)} if codes else {}
