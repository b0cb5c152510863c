"""Several notifications of one person as one mail: a section for each ticket, in it the events in their order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from issues.mail.compose import address_of, automatic_headers, frame, mail_host, ratings_of, reopening_of, stop_headers
from issues.mail.rating_tokens import RatingLink
from issues.mail.scene import Background, background_of
from issues.mail.stop_token import DIGEST
from issues.mail.subject import Subject, subject_of
from issues.mail.words import Words
from issues.models import About, Notification

_QUOTE_MAX = 200  # characters: a digest only lists what there is to read


@dataclass(frozen=True)
class Item:
    """One event in a section."""

    words: Words
    at: str
    quote: str
    waits: bool
    ratings: list[RatingLink]
    reopening: str


@dataclass
class Section:
    """One ticket as the reader knows it."""

    code: str
    title: str
    url: str
    items: list[Item] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        return any(item.waits for item in self.items)


def compose_digest(rows: Sequence[Notification], background: Background | None = None) -> EmailMultiAlternatives:
    """The mail of these rows (one person's, with event and ticket). Sends nothing."""
    user = rows[0].user
    with translation.override(user.language):
        sections = _sections(rows, background or background_of(rows))
        context = {"sections": sections, "headline": _headline(rows, sections), **frame(user)}
        message = EmailMultiAlternatives(
            subject=context["headline"],
            body=render_to_string("mail/digest.txt", context),
            to=[address_of(user)],
            headers={
                "Message-ID": f"<digest.{rows[0].bundle}.{user.pk}@{mail_host()}>",
                **automatic_headers(user),
                **stop_headers(user, DIGEST if _is_digest(rows) else ""),
            },
        )
        message.attach_alternative(render_to_string("mail/digest.html", context), "text/html")
    return message


def _sections(rows: Sequence[Notification], background: Background) -> list[Section]:
    """What waits for the reader comes first; apart from that, tickets as they first appear."""
    sections: dict[str, Section] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        subject = subject_of(row, background)
        section = sections.get(subject.code)
        if section is None:
            url = settings.TN_SITE_URL + subject.path
            section = sections[subject.code] = Section(subject.code, subject.title, url)
        section.items.append(_item(row, subject))
    return sorted(sections.values(), key=lambda section: not section.waits)


def _item(row: Notification, subject: Subject) -> Item:
    words = subject.words
    quote = " ".join(words.quote.split())
    if len(quote) > _QUOTE_MAX:
        quote = quote[:_QUOTE_MAX].rsplit(" ", 1)[0] + " …"
    return Item(
        words=words,
        at=subject.at,
        quote=quote,
        waits=row.about == About.WAITS,
        ratings=ratings_of(row),
        reopening=reopening_of(row),
    )


def _is_digest(rows: Sequence[Notification]) -> bool:
    """Whether it came as a digest, and not because quiet hours or a burst put it together."""
    return all(row.mode == Notification.Mode.DIGEST for row in rows)


def _headline(rows: Sequence[Notification], sections: Sequence[Section]) -> str:
    items = ngettext("{n} notification", "{n} notifications", len(rows)).format(n=len(rows))
    tickets = ngettext("on {n} proposal", "on {n} proposals", len(sections)).format(n=len(sections))
    return _("[Trong Ngày] {items} {tickets}").format(items=items, tickets=tickets)
