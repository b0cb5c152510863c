"""The links of the masthead and the footer. Paths are relative to the language, as design §7 fixes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

Label = str | Promise


@dataclass(frozen=True)
class Entry:
    """One link. `path` is relative to /{lang}/ unless it begins with a slash."""

    label: Label
    path: str

    @property
    def url(self) -> str:
        return self.path if self.path.startswith("/") else f"/{get_language() or 'vi'}/{self.path}"


@dataclass(frozen=True)
class Column:
    """A column of the footer."""

    title: Label
    entries: Sequence[Entry]


PUBLIC = (
    Entry(_("Projects"), "projects/"),
    Entry(_("Proposals"), "tickets/"),
    Entry(_("Transparency"), "transparency/"),
)
OFFICER = (
    Entry(_("Board"), "board/"),
    Entry(_("My work"), "inbox/"),
    Entry(_("Roster"), "roster/"),
    Entry(_("Counter"), "assisted/"),
    Entry(pgettext_lazy("navigation", "Sessions"), "sessions/"),
    Entry(_("Projects"), "projects/"),
    Entry(_("Indices"), "transparency/"),
)
FOOTER = (
    Column(
        "Trong Ngày",
        (
            Entry(_("Follow a proposal by its code"), "follow/"),
            Entry(_("Listening sessions"), "sessions/"),
            Entry(_("Indices and how they are computed"), "transparency/"),
            Entry(_("Public screen"), "wall/"),
        ),
    ),
    Column(
        _("Open data"),
        (
            Entry(_("Projects (CSV)"), "/api/v1/projects.csv"),
            Entry(_("Projects (XLSX)"), "/api/v1/projects.xlsx"),
            Entry(_("Projects (GeoJSON)"), "/api/v1/projects.geojson"),
            Entry(_("Programming interface"), "/api/v1/docs"),
        ),
    ),
)

_more_main: list[Callable[[], Sequence[Entry]]] = []
_more_footer: list[Callable[[], Sequence[Column]]] = []


def register(
    *, main: Callable[[], Sequence[Entry]] | None = None, footer: Callable[[], Sequence[Column]] | None = None
) -> None:
    """Add links that are content: `main` after the public ones, `footer` as columns of its own.

    Called from an AppConfig; the functions are asked once per page and should be cached.
    """
    if main:
        _more_main.append(main)
    if footer:
        _more_footer.append(footer)


def main_entries(side: str) -> list[Entry]:
    """The links of the masthead for one side of the counter: "public" or "officer"."""
    if side == "officer":
        return list(OFFICER)
    return [*PUBLIC, *(entry for more in _more_main for entry in more())]


def footer_columns() -> list[Column]:
    """The columns of the footer; an added column with the title of one of ours goes on below it."""
    added = [column for more in _more_footer for column in more()]
    ours = [
        Column(own.title, [*own.entries, *(e for c in added if c.title == own.title for e in c.entries)])
        for own in FOOTER
    ]
    titles = {own.title for own in FOOTER}
    return [*ours[:1], *(column for column in added if column.title not in titles), *ours[1:]]
