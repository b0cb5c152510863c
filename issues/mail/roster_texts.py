"""Mails about the roster: the sentence of its log, what to do, and where."""

from django.urls import reverse
from django.utils.translation import gettext as _

from issues.mail.words import Words
from issues.models import RosterEntry
from issues.sentences.roster_words import sentence_of

K = RosterEntry.Kind
_LISTED = 50  # tickets in one mail


def words_of(entry: RosterEntry) -> Words:
    """The words of a notification about the roster, in the active language."""
    lines: tuple[str, ...] = ()
    if entry.kind == K.SWAP_ASKED:
        lines = (_("Please accept or decline on the page of the roster."),)
    elif entry.kind == K.HANDED_OVER:
        codes = entry.data["codes"]
        lines = (", ".join(codes[:_LISTED]) + (" …" if len(codes) > _LISTED else ""),)
    return Words(
        headline=sentence_of(entry),
        lines=lines,
        quote=str(entry.data.get("note") or entry.data.get("reason") or ""),
        action=_("Open my work") if entry.kind == K.HANDED_OVER else _("Open the roster"),
    )


def path_of(entry: RosterEntry) -> str:
    """Where it is seen: the roster of the agency in the week it is about, or one's own work."""
    if entry.kind == K.HANDED_OVER:
        return reverse("issues:inbox")
    day = entry.data.get("day") or entry.data.get("first") or entry.data.get("week") or ""
    return f"{reverse('issues:roster_agency', args=[entry.agency.code])}?week={day}"
