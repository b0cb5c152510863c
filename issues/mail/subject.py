"""What a notification is about: an event of a ticket, or a change of a roster. Its words, its place, its thread."""

from dataclasses import dataclass

from django.urls import reverse

from core import wording
from issues.mail import roster_texts
from issues.mail.scene import Background, Scene, scene_of
from issues.mail.texts import words_for
from issues.mail.words import Words
from issues.models import Notification, RosterEntry
from issues.notifications.recipients import Group


@dataclass(frozen=True)
class Subject:
    """A notification as its reader finds it, in the active language."""

    words: Words
    code: str  # of the ticket, or of the agency whose roster it is
    title: str
    path: str
    thread: str  # mails about the same thing carry the same
    at: str  # when it happened, in words


def subject_of(row: Notification, background: Background | None = None) -> Subject:
    """Read a notification with its user, and its event and ticket or its entry and agency."""
    if row.entry is not None:
        return _of_roster(row, row.entry)
    scene = scene_of(row, background)
    return Subject(
        words=words_for(scene),
        code=scene.code,
        title=scene.title,
        path=path_of(scene),
        thread=scene.code.lower(),
        at=scene.say(scene.event.at),
    )


def _of_roster(row: Notification, entry: RosterEntry) -> Subject:
    agency = entry.agency
    return Subject(
        words=roster_texts.words_of(entry),
        code=agency.code,
        title=agency.name,
        path=roster_texts.path_of(entry),
        thread=f"roster-{agency.code.lower()}",
        at=wording.dated_moment(entry.at, clock=row.user.time_format) or "",
    )


def path_of(scene: Scene) -> str:
    """Its address. People who joined cannot open the ticket: they see their own, or the published answer."""
    if scene.group != Group.PARTY:
        return reverse("issues:ticket", args=[scene.ticket.code])
    if scene.own_ticket is not None:
        return reverse("issues:ticket", args=[scene.own_ticket.code])
    if scene.ticket.is_published:
        return reverse("issues:answer", args=[scene.ticket.code])
    return reverse("issues:transparency")
