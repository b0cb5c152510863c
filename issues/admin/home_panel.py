"""On the home page of the administration: messages that were not delivered. Empty where all is well."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from issues.actions.outgoing import may_operate
from issues.actor import Actor
from issues.queries import outgoing


@dataclass(frozen=True)
class Notice:
    text: str
    url: str


class OutgoingPanel(Component):
    """For operators alone."""

    name = "outgoing"
    template_name = "issues/admin/home_panel.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"notices": notices() if may_operate(Actor.of(self.request.user)) else []}


def notices() -> list[Notice]:
    """One line for each kind of thing that waits for an operator."""
    contacts = outgoing.contacts_by_state().get("failed", 0)
    mails = outgoing.mails_by_state()["failed"] - contacts
    events = sum(outgoing.failures_by_consumer().values())
    messages = outgoing.messages_by_state()["failed"]
    off = outgoing.endpoints_switched_off()
    found = [
        (off, "webhooks:endpoints", ngettext("{n} webhook was switched off", "{n} webhooks were switched off", off)),
        (mails, "undelivered:mails", ngettext("{n} mail was not delivered", "{n} mails were not delivered", mails)),
        (
            contacts,
            "undelivered:contacts",
            ngettext(
                "{n} mail to a contact person was not delivered",
                "{n} mails to contact persons were not delivered",
                contacts,
            ),
        ),
        (events, "undelivered:events", ngettext("{n} event was skipped", "{n} events were skipped", events)),
        (
            messages,
            "webhooks:endpoints",
            ngettext("{n} webhook message was not delivered", "{n} webhook messages were not delivered", messages),
        ),
    ]
    return [Notice(text.format(n=n), reverse(view)) for n, view, text in found if n]
