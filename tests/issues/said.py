"""What another module says, asked of that module: tests of pages and mails do not repeat its sentences."""

import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import translation

from accounts.models import User
from core import clock
from issues.events.serialize import event_data
from issues.mail.scene import Scene, scene_of
from issues.mail.words import Words
from issues.models import Notification, Ticket, TicketEvent, Visibility
from issues.sentences.event_reading import Reading, agency_names
from issues.sentences.event_sentences import sentence_of
from issues.sentences.next_step import next_step


def by_mail(text: Callable[[Scene], Words], row: Notification) -> Words:
    """The words of a mail by the function that writes them, for its reader."""
    with translation.override(row.user.language):
        return text(scene_of(row))


def of_event(ticket: Ticket, kind: str, *, language: str = "en") -> str:
    """The sentence of the ticket's newest event of this type, as the enterprise reads it, without its elements."""
    event = TicketEvent.objects.filter(ticket=ticket, type=kind).latest("id")
    enterprise = ticket.enterprise.name if ticket.enterprise else ""
    with translation.override(language):
        data = event_data(event, audience=Visibility.PARTIES)
        said = sentence_of(Reading(event, data, agency_names([event]), enterprise=enterprise))
    return plain(str(said.text))


def of_next_step(ticket: Ticket, *, language: str = "en") -> str:
    """What the ticket waits for."""
    with translation.override(language):
        return next_step(Ticket.objects.get(pk=ticket.pk), now=clock.now())


def plain(markup: str) -> str:
    """Markup without times and bold type, as `text_of` gives a page."""
    return " ".join(re.sub(r"</?(time|b)\b[^>]*>", "", markup).split())


def to(user: User) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


def errors_of(response: Any) -> dict[str, list[str]]:
    """The errors of the form that a page shows again, by field."""
    return {name: list(map(str, errors)) for name, errors in response.context["form"].errors.items()}
