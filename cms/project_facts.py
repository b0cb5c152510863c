"""How the facts of a project are presented: the tag of its source, its freshness, rows of lists, pins of maps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.ward_map import Pin
from core import clock
from investment.catalogue import ProjectHit
from investment.freshness import Freshness, Standing, standing
from investment.models import Project, ProjectStatus

TAG_ICONS = {
    Project.RecordType.CALL_LIST: "megaphone",
    Project.RecordType.SELECTION: "people",
    Project.RecordType.PPP: "signpost-2",
    Project.RecordType.PLANNED: "map",
}
_STATUS_ICONS = {
    ProjectStatus.INVESTOR_SELECTED: "person-check",
    ProjectStatus.UNDER_WAY: "circle-half",
    ProjectStatus.COMPLETED: "check-circle-fill",
    ProjectStatus.WITHDRAWN: "x-circle",
    ProjectStatus.STALE: "clock-history",
    ProjectStatus.DRAFT: "pencil",
}
FRESH_ICONS = {
    Freshness.FRESH: "check-circle",
    Freshness.DUE: "clock",
    Freshness.OVERDUE: "clock-history",
    Freshness.EXPIRED: "clock-history",
    Freshness.NEVER: "circle",
}
YEAR_UNKNOWN = gettext_lazy("year not known")


@dataclass(frozen=True)
class Tag:
    """What a project's source was and its year; a project past the call says how far it is. Never a bare "open"."""

    icon: str
    label: str
    year: str


@dataclass(frozen=True)
class Source:
    """One source: its title as published and its address, empty unless it is an ordinary web address."""

    text: str
    url: str
    host: str


@dataclass(frozen=True)
class Row:
    """One project of a list with what is said about it.

    `number` counts on the page, as the map does, `position` from the start of the whole list. `unknown` are the facts
    that the source does not give. `title` and `reason` are safe HTML: where the title itself shows why the project was
    found, it is marked and there is no other reason.
    """

    number: int
    position: int
    hit: ProjectHit
    title: str
    reason: str
    tag: Tag
    freshness: Standing
    fresh_icon: str
    host: str
    unknown: list[str]


def tag(project: Project) -> Tag:
    """The tag of one project."""
    year = str(project.source_year) if project.source_year else str(YEAR_UNKNOWN)
    if project.status in _STATUS_ICONS:
        return Tag(_STATUS_ICONS[ProjectStatus(project.status)], str(project.get_status_display()), year)
    if not project.record_type:
        return Tag("file-earmark-text", _("Published source"), year)
    return Tag(TAG_ICONS[Project.RecordType(project.record_type)], str(project.get_record_type_display()), year)


def freshness(project: Project) -> Standing:
    """How fresh the facts are today."""
    return standing(project.confirmed_on, timezone.localtime(clock.now()).date())


def rows(hits: Sequence[ProjectHit], offset: int = 0) -> list[Row]:
    """Numbered rows of a list, in its order; `offset` rows stand on the pages before."""
    found = []
    for number, hit in enumerate(hits, start=1):
        fresh = freshness(hit.project)
        title = escape(hit.title)
        in_title = _unmarked(hit.highlight) == title
        host = next((source.host for source in sources(hit.project.source) if source.host), "")
        found.append(
            Row(
                number=number,
                position=offset + number,
                hit=hit,
                title=mark_safe(hit.highlight) if in_title else title,
                reason="" if in_title else mark_safe(hit.highlight),
                tag=tag(hit.project),
                freshness=fresh,
                fresh_icon=FRESH_ICONS[fresh.state],
                host=host,
                unknown=unknown(hit.project),
            )
        )
    return found


def _unmarked(html: str) -> str:
    return html.replace("<mark>", "").replace("</mark>", "")


def unknown(project: Project) -> list[str]:
    """What an investor asks first and the source does not give, for one quiet line."""
    facts = {
        _("area"): project.area_ha,
        _("capital"): project.capital_vnd_billion or project.capital_usd_million,
        _("form of investment"): project.investment_form,
        _("contact agency"): project.contact_agency_id or project.contact_as_published,
    }
    return [name for name, value in facts.items() if value in (None, "")]


def pins(hits: Iterable[ProjectHit]) -> list[Pin]:
    """The hits that have a place on the map, numbered as in the list."""
    return [
        Pin(str(number), hit.title, hit.url, hit.project.latitude, hit.project.longitude)
        for number, hit in enumerate(hits, start=1)
        if hit.project.latitude is not None and hit.project.longitude is not None
    ]


def sources(text: str) -> list[Source]:
    """Split "title — address | title — address". Only http and https become links."""
    found = []
    for part in filter(None, (piece.strip() for piece in text.split(" | "))):
        title, _dash, address = part.rpartition(" — ")
        try:
            split = urlsplit(address.strip())
        except ValueError:
            split = urlsplit("")
        if title and split.scheme in ("http", "https") and split.hostname:
            found.append(Source(title.strip(), address.strip(), split.hostname.removeprefix("www.")))
        else:
            found.append(Source(part, "", ""))
    return found
