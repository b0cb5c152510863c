"""Mails about saved searches and followed projects: in the person's language, as text and HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.project_choices import in_words
from core import wording
from investment.catalogue import ProjectHit, hits_for
from investment.models import LISTED, Project
from issues.mail.compose import address_of, automatic_headers, frame, mail_host
from search.models import AlertMail, SavedSearch
from search.saved.change_words import line_of
from search.saved.listing import list_path, query_of
from search.saved.stop_token import Kind, StopToken

MOST_LISTED = 20  # projects of one search; the rest is a link to the list
_SUBJECT_MAX = 150


@dataclass(frozen=True)
class Found:
    """One project in a mail."""

    title: str
    url: str
    facts: str


@dataclass
class Section:
    """One saved search in a mail, with what is new in it; `above` counts what an earlier search of the mail lists."""

    name: str
    words: str
    url: str
    stop_url: str
    count: int = 0
    above: int = 0
    projects: list[Found] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - self.above - len(self.projects)


def compose(mail: AlertMail) -> EmailMultiAlternatives | None:
    """The mail of a row with its person; None when nothing is left to say. Sends nothing."""
    with translation.override(mail.user.language):
        content = _changes(mail) if mail.kind == Kind.FOLLOW else _searches(mail)
        if content is None:
            return None
        template, stop, context = content
        context |= {
            **frame(mail.user),
            "stop_url": stop.url(),
            "account_url": f"{settings.TN_SITE_URL}{reverse('accounts:account')}#saved-searches",
        }
        message = EmailMultiAlternatives(
            subject=context["headline"][:_SUBJECT_MAX],
            body=render_to_string(f"search/mail/{template}.txt", context),
            to=[address_of(mail.user)],
            headers={
                "Message-ID": f"<alert.{mail.pk}@{mail_host()}>",
                **automatic_headers(mail.user),
                "List-Unsubscribe": f"<{stop.url()}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
        message.attach_alternative(render_to_string(f"search/mail/{template}.html", context), "text/html")
        return message


def _searches(mail: AlertMail) -> tuple[str, StopToken, dict[str, Any]] | None:
    items = list(mail.items.select_related("search"))
    listed = Project.objects.filter(status__in=LISTED, pk__in={item.object_id for item in items})
    hits = {hit.project.pk: hit for hit in hits_for(list(listed.select_related("ward")), mail.user.language)}
    sections: dict[int, Section] = {}
    listed_above: set[int] = set()
    for item in sorted(items, key=lambda item: (item.search_id, item.pk)):
        hit = hits.get(item.object_id)
        if hit is None:  # it left the list again
            continue
        section = sections.setdefault(item.search_id, _section(item.search))
        section.count += 1
        if item.object_id in listed_above:
            section.above += 1
        elif len(section.projects) < MOST_LISTED:
            section.projects.append(_found(hit))
            listed_above.add(item.object_id)
    if not sections:
        return None
    found = list(sections.values())
    stop = StopToken(mail.kind, items[0].search_id if mail.kind == Kind.SEARCH else mail.user_id)
    return "found", stop, {"sections": found, "headline": _headline(found, hits), "when": mail.kind}


def _section(search: SavedSearch) -> Section:
    return Section(
        name=search.name,
        words=", ".join(in_words(query_of(search))) or _("all projects"),
        url=settings.TN_SITE_URL + list_path(search),
        stop_url=StopToken(Kind.SEARCH, search.pk).url(),
    )


def _found(hit: ProjectHit) -> Found:
    project = hit.project
    facts = (
        project.code,
        project.place or project.province,
        wording.area(project.area_ha),
        wording.money(project.capital_vnd_billion, project.capital_usd_million) or _("capital not published"),
    )
    return Found(hit.title, settings.TN_SITE_URL + hit.url, " · ".join(fact for fact in facts if fact))


def _headline(sections: Sequence[Section], hits: dict[int, ProjectHit]) -> str:
    count = ngettext("{n} new project", "{n} new projects", len(hits)).format(n=len(hits))
    if len(sections) == 1:
        return _("{projects} for “{search}”").format(projects=count, search=" ".join(sections[0].name.split()))
    searches = ngettext("{n} saved search", "{n} saved searches", len(sections)).format(n=len(sections))
    return _("{projects} for {searches}").format(projects=count, searches=searches)


def _changes(mail: AlertMail) -> tuple[str, StopToken, dict[str, Any]] | None:
    if mail.follow is None:
        return None
    project = Project.objects.get(pk=mail.follow.project_id)
    [hit] = hits_for([project], mail.user.language)
    title = f"{project.code}, {' '.join(hit.title.split())}"
    context = {
        "headline": _("Update: {project}").format(project=title),
        "title": title,
        "url": settings.TN_SITE_URL + hit.url,
        "lines": [line_of(change) for change in mail.changes],
    }
    return "changed", StopToken(Kind.FOLLOW, mail.follow.pk), context
