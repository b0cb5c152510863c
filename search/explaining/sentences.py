"""An explanation in words, for people who write the site: what the page of the administration and the command show."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from search.engines.base import Kind
from search.explaining.explain import ExplainedHit, Explanation
from search.explaining.reasons import Bonus, Extra, PartMatch, Reason
from search.explaining.understood import Origin, Repair, Role, Sought, Understood, Way

KINDS = {
    Kind.PROJECT: gettext_lazy("Project"),
    Kind.PAGE: gettext_lazy("Page"),
    Kind.ANSWER: gettext_lazy("Answer"),
    Kind.PROCEDURE: gettext_lazy("Procedure"),
    Kind.AGENCY: gettext_lazy("Agency"),
    Kind.PLACE: gettext_lazy("Place"),
    Kind.SECTOR: gettext_lazy("Sector"),
}
FIELDS = {
    "title": pgettext_lazy("where words were found", "Title"),
    "names": pgettext_lazy("where words were found", "Short facts"),
    "summary": pgettext_lazy("where words were found", "Summary"),
    "body": pgettext_lazy("where words were found", "Text"),
}
_ROLES = {
    Role.REQUIRED: gettext_lazy("must be found"),
    Role.PLACE: gettext_lazy("a place: must be found, and is never left out"),
    Role.RANK: gettext_lazy("says little: only raises the rank"),
}
_ORIGINS = {
    Origin.TYPED: gettext_lazy("as typed"),
    Origin.REPAIRED: gettext_lazy("as it was read"),
    Origin.GROUP: gettext_lazy("words that mean the same"),
    Origin.JOINED: gettext_lazy("written together with the word beside it"),
    Origin.APART: gettext_lazy("its words, anywhere in the text"),
    Origin.ALIKE: gettext_lazy("sounds alike"),
    Origin.NEAR: gettext_lazy("spelled nearly so"),
}
_REPAIRS = {
    Repair.TELEX: gettext_lazy("typed in Telex without an input method"),
    Repair.VNI: gettext_lazy("typed in VNI without an input method"),
    Repair.JOINED: gettext_lazy("typed without spaces"),
    Repair.ALIKE: gettext_lazy("nothing is written so; it sounds alike"),
    Repair.NEAR: gettext_lazy("nothing is written so; it is spelled nearly so"),
}
_EXTRAS = {
    Bonus.TITLE: gettext_lazy("The title is exactly what was typed: it comes first."),
    Bonus.BEGINS: gettext_lazy("The title begins with “%(words)s”."),
    Bonus.PHRASE: gettext_lazy("All words stand side by side (%(field)s): “%(words)s”."),
    Bonus.PAIR: gettext_lazy("Side by side as typed (%(field)s): “%(words)s”."),
    Bonus.MARKS: gettext_lazy("Written with the marks that were typed: %(words)s."),
}


@dataclass(frozen=True)
class PartLine:
    """One part of the query in words."""

    typed: str
    role: str
    ways: tuple[tuple[str, str], ...]  # the words, and where they come from
    read: str = ""  # what it was read as, and why


@dataclass(frozen=True)
class FieldLine:
    """One text of a document in which a part was found; `piece` is safe HTML."""

    field: str
    weight: str
    piece: str
    way: str = ""  # the words by which it was found, where they are not those typed

    @property
    def plain(self) -> str:
        """The piece without markup, what was found in brackets."""
        return html.unescape(self.piece.replace("<mark>", "[").replace("</mark>", "]"))


@dataclass(frozen=True)
class HitLine:
    """One document in words: where each part stands, and what else moves it."""

    hit: ExplainedHit
    kind: str
    score: str
    parts: tuple[tuple[str, str, tuple[FieldLine, ...]], ...]  # what was typed, what a missing one means, where it is
    others: tuple[str, ...]


def parts(read: Understood) -> list[PartLine]:
    """The parts of the query, in the order typed."""
    return [_part(sought) for sought in read.parts]


def notes(read: Understood) -> list[str]:
    """What happened to the text as a whole."""
    return list(_notes(read))


def hit_line(hit: ExplainedHit) -> HitLine:
    """Why one document is there."""
    why = hit.reason
    return HitLine(
        hit=hit,
        kind=str(KINDS.get(hit.kind, hit.kind)),
        score=number_format(hit.score, 2),
        parts=tuple(_found(part) for part in why.parts) if why else (),
        others=tuple(_others(why)) if why else (_("It has left the site since; the index follows in a moment."),),
    )


def hit_lines(explanation: Explanation) -> list[HitLine]:
    """The first hits in their order."""
    return [hit_line(hit) for hit in explanation.hits]


def _part(sought: Sought) -> PartLine:
    read = ""
    if sought.repair:
        read = _("read as “%(words)s”: %(why)s") % {"words": sought.meant, "why": _REPAIRS[sought.repair]}
    return PartLine(sought.typed, str(_ROLES[sought.role]), tuple(_way(way) for way in sought.ways), read)


def _way(way: Way) -> tuple[str, str]:
    return way.text, str(_ORIGINS[way.origin])


def _notes(read: Understood) -> Iterator[str]:
    if read.is_cut:
        yield _("The text is long: only its beginning counts.")
    if read.ignored:
        yield _("Nothing has these words, so they were left out: %(words)s.") % {"words": ", ".join(read.ignored)}
    if read.silent:
        yield _("These words say nothing here, so they were left out: %(words)s.") % {"words": ", ".join(read.silent)}
    if not read.parts:
        yield _("Nothing is left to look for.")
    if read.loosened:
        yield ngettext(
            "Nothing has all the words: %(needed)d of these %(choice)d is enough.",
            "Nothing has all the words: %(needed)d of these %(choice)d are enough.",
            read.needed,
        ) % {"needed": read.needed, "choice": read.choice}


def _found(part: PartMatch) -> tuple[str, str, tuple[FieldLine, ...]]:
    typed = part.sought.typed
    lines = tuple(
        FieldLine(
            field=str(FIELDS[match.field]),
            weight=_number(match.weight),
            piece=match.piece,
            way="" if match.way.origin == Origin.TYPED else f"{match.way.text} ({_ORIGINS[match.way.origin]})",
        )
        for match in part.matches
    )
    missing = "" if lines else _("not here") if part.sought.role != Role.RANK else _("not here, and need not be")
    return typed, missing, lines


def _others(why: Reason) -> Iterator[str]:
    for extra in why.extras:
        yield f"{_extra(extra)} +{_number(extra.points)}"
    if why.complete < 1:
        yield _("Its facts are complete and current to %(percent)d %%.") % {"percent": round(why.complete * 100)}
    if why.aged:
        yield _("Its facts were not confirmed in time.")
    if why.factor != 1:
        yield _("For that the score is multiplied with %(factor)s.") % {"factor": number_format(why.factor, 2)}
    if why.own:
        yield _("It is the city's own: among equal scores it comes first.")


def _extra(extra: Extra) -> str:
    return str(_EXTRAS[extra.bonus]) % {"words": extra.words, "field": FIELDS.get(extra.field, "")}


def _number(value: float) -> str:
    return number_format(value, 0 if value == int(value) else 1)
